using VPlanExport.Configuration;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Configuration;

/// <summary>Settings of OAuth: what is missing is named with where it comes from, and no secret stands where it is shown.</summary>
[Trait("Tier", "unit")]
public sealed class OAuthSettingsTests : IDisposable
{
    private const string Key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private readonly CliHost _place = new();

    public OAuthSettingsTests()
    {
        File.WriteAllText(_place.PathOf("secret.txt"), "client-s3cret");
        File.WriteAllText(_place.PathOf("token-key.txt"), Key + "\n");
    }

    public void Dispose() => _place.Dispose();

    private Dictionary<string, string> Whole =>
        new()
        {
            ["VPlan:Auth"] = "oauth",
            ["VPlan:OAuth:ClientId"] = "app",
            ["VPlan:OAuth:ClientSecretFile"] = _place.PathOf("secret.txt"),
            ["VPlan:OAuth:RedirectUri"] = "https://example.com/vplan",
            ["VPlan:OAuth:TokenKeyFile"] = _place.PathOf("token-key.txt"),
        };

    [Fact]
    public void They_are_read_and_both_addresses_have_a_default()
    {
        var settings = Read(Whole).VPlan;

        settings.UsesOAuth.Should().BeTrue();
        settings.OAuth.Require();
        settings.OAuth.TokenKey.Should().Equal(Convert.FromBase64String(Key));
        settings
            .OAuth.Should()
            .BeEquivalentTo(
                new
                {
                    ClientId = "app",
                    ClientSecret = "client-s3cret",
                    AuthorizeUrl = "https://developer.mostwanted.io/api/v1/oauth/authorize",
                    TokenUrl = "https://api.vplan.com/v1/oauth/token",
                    UsesPkce = false,
                }
            );
        $"{settings.OAuth}".Should().NotContainAny("client-s3cret", Key);
    }

    [Fact]
    public void A_key_signs_in_unless_it_is_set() => Read([]).VPlan.UsesOAuth.Should().BeFalse();

    [Theory]
    [InlineData("VPlan:OAuth:ClientId", "developer.vplan.com")]
    [InlineData(
        "VPlan:OAuth:ClientSecretFile",
        "VPlan:OAuth:ClientSecret is not set",
        "developer.vplan.com",
        "VPlan__OAuth__ClientSecret"
    )]
    [InlineData("VPlan:OAuth:RedirectUri", "developer.vplan.com")]
    [InlineData("VPlan:OAuth:TokenKeyFile", "VPlan:OAuth:TokenKey is not set", "openssl rand -base64 32")]
    public async Task What_is_missing_is_named_with_where_to_get_it(string missing, params string[] named)
    {
        var given = Whole.Where(s => s.Key != missing).SelectMany(s => new[] { "--set", $"{s.Key}={s.Value}" });

        foreach (var command in new[] { "connect", "run" })
            (await _place.InvokeAsync([.. given, command]))
                .ShouldBe(ExitCode.Configuration)
                .Naming([missing.Replace("File", "", StringComparison.Ordinal), .. named]);
    }

    [Theory]
    [InlineData("VPlan:Auth", "basic", "key or oauth")]
    [InlineData("VPlan:OAuth:TokenUrl", "http://token.example.com/token", "plain http only to this machine")]
    [InlineData("VPlan:OAuth:AuthorizeUrl", "http://token.example.com/authorize", "plain http only to this machine")]
    [InlineData("VPlan:OAuth:TokenUrl", "nowhere", "a URL such as https://api.vplan.com/v1/oauth/token")]
    [InlineData("VPlan:OAuth:RedirectUri", "nowhere", "a URL such as https://")]
    [InlineData("VPlan:OAuth:Pkce", "maybe", "off or on")]
    [InlineData("VPlan:OAuth:ClientSecret", "client-s3cret", "VPlan__OAuth__ClientSecret")]
    [InlineData("VPlan:OAuth:TokenKey", Key, "VPlan__OAuth__TokenKey")]
    [InlineData("VPlan:OAuth:ClientIdd", "app", "There is no setting")]
    public void What_is_wrong_is_refused(string key, string value, string named)
    {
        var given = Whole;
        given[key] = value;

        FluentActions
            .Invoking(() => Read(given))
            .Should()
            .Throw<ConfigurationException>()
            .WithMessage($"*{key}*")
            .Which.Message.Should()
            .Contain(named)
            .And.NotContainAny("client-s3cret", Key);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1/token")]
    [InlineData("http://localhost:1/token")]
    public void Plain_http_goes_to_this_machine(string url)
    {
        var given = Whole;
        given["VPlan:OAuth:TokenUrl"] = url;

        Read(given).VPlan.OAuth.TokenUrl.Should().Be(url);
    }

    [Theory]
    [InlineData("c2hvcnQ=")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd")]
    [InlineData("not base64 at all, but long enough")]
    public void A_token_key_is_base64_of_32_bytes(string key)
    {
        File.WriteAllText(_place.PathOf("token-key.txt"), key);

        FluentActions
            .Invoking(() => Read(Whole))
            .Should()
            .Throw<ConfigurationException>()
            .WithMessage("*VPlan:OAuth:TokenKey*32 bytes*openssl rand -base64 32*")
            .Which.Message.Should()
            .NotContain(key);
    }

    [Fact]
    public void Their_secrets_are_known_to_be_secrets()
    {
        var secrets = SettingsReader.SecretsIn(_place.Folder, Whole.Select(s => $"{s.Key}={s.Value}"));

        secrets.Should().Contain(["client-s3cret", Key]);
    }

    private Settings Read(Dictionary<string, string> given) =>
        SettingsReader.Read(_place.Folder, [.. given.Select(s => $"{s.Key}={s.Value}")]);
}
