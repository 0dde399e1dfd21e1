using System.Net;
using System.Text;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using VPlanExport.Extract.OAuth;
using VPlanExport.Storage;

namespace VPlanExport.Tests.Storage;

/// <summary>Tokens in a Key Vault, by its REST API: https://learn.microsoft.com/rest/api/keyvault/secrets.</summary>
[Trait("Tier", "unit")]
public sealed class VaultSecretTests : IDisposable
{
    private readonly Vault _vault = new();
    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private VaultSecret Secret =>
        new(
            new SecretClient(
                new Uri("https://customer.vault.azure.net"),
                new Identity(),
                new SecretClientOptions { Transport = new HttpClientTransport(_vault), Retry = { MaxRetries = 0 } }
            ),
            VaultSecret.Name("acme")
        );

    public void Dispose()
    {
        _vault.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_secret_is_replaced_only_in_the_version_that_was_read()
    {
        (await Secret.ReadAsync(Token)).Should().BeNull();
        (await Secret.ReplaceAsync("none", "one"u8.ToArray(), Token)).Should().BeNull("there is no such version");
        var first = await Secret.ReplaceAsync(null, "one"u8.ToArray(), Token);
        (await Secret.ReplaceAsync(null, "two"u8.ToArray(), Token)).Should().BeNull("there is one");
        var second = await Secret.ReplaceAsync(first, "two"u8.ToArray(), Token);
        (await Secret.ReplaceAsync(first, "three"u8.ToArray(), Token)).Should().BeNull("another has replaced it");

        var kept = (await Secret.ReadAsync(Token))!;
        (Encoding.ASCII.GetString(kept.Content), kept.Version).Should().Be(("two", second!));
        _vault.Versions.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_secret_that_was_deleted_can_be_kept_again()
    {
        await Secret.ReplaceAsync(null, "one"u8.ToArray(), Token);
        await Secret.DeleteAsync(Token);
        await Secret.DeleteAsync(Token);
        (await Secret.ReadAsync(Token)).Should().BeNull();

        (await Secret.ReplaceAsync(null, "two"u8.ToArray(), Token)).Should().NotBeNull();

        Encoding.ASCII.GetString((await Secret.ReadAsync(Token))!.Content).Should().Be("two");
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "Key Vault Secrets Officer")]
    [InlineData(HttpStatusCode.ServiceUnavailable, "VPlan:OAuth:Vault")]
    public async Task A_vault_that_refuses_is_told_with_what_to_do(HttpStatusCode status, string named)
    {
        _vault.Refuses = status;

        await FluentActions
            .Awaiting(() => Secret.ReadAsync(Token))
            .Should()
            .ThrowAsync<SinkException>()
            .WithMessage($"*customer.vault.azure.net*{named}*");
    }

    [Theory]
    [InlineData("acme", "^vplan-export-acme$")]
    [InlineData("a%20b", "^vplan-export-a-20b-[0-9a-f]{12}$")]
    public void Its_name_is_one_that_a_vault_takes(string environment, string name) =>
        VaultSecret.Name(environment).Should().MatchRegex(name);

    [Fact]
    public async Task Tokens_are_sealed_there_and_each_refresh_is_a_version()
    {
        var spare = new SecretFile(new FolderStore(_folder.Path), "spare");
        var store = new TokenStore(Secret, spare, "acme", new Seal(new byte[Seal.KeyBytes]), new Secrets([]));
        var record = new TokenRecord
        {
            Connection = "c",
            Generation = 1,
            RefreshToken = "refresh-token-1",
            AccessToken = "access-token-1",
            ObtainedAt = DateTime.UnixEpoch,
            Life = TimeSpan.FromHours(1),
            ConnectedAt = DateTime.UnixEpoch,
        };

        var kept = await store.OverwriteAsync(record, Token);
        await store.WriteAsync(kept.Version, record with { Generation = 2 }, record, Token);

        (await store.ReadAsync(Token))!.Current.Generation.Should().Be(2);
        _vault.Versions.Should().HaveCount(2).And.OnlyContain(text => !text.Contains("token-1"));
    }

    private sealed class Identity : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            new("identity", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(
            TokenRequestContext requestContext,
            CancellationToken cancellationToken
        ) => new(GetToken(requestContext, cancellationToken));
    }

    /// <summary>A vault with one secret; one that is deleted keeps its name until it is recovered.</summary>
    private sealed class Vault : HttpMessageHandler
    {
        private bool _isDeleted;

        public List<string> Versions { get; } = [];

        public HttpStatusCode? Refuses { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var path = request.RequestUri!.AbsolutePath;
            return (
                request.Method.Method,
                path.Split('/')[1],
                path.EndsWith("/recover", StringComparison.Ordinal)
            ) switch
            {
                _ when Refuses is { } status => Error(status, "Refused"),
                ("PUT", "secrets", _) when _isDeleted => Error(
                    HttpStatusCode.Conflict,
                    "ObjectIsDeletedButRecoverable"
                ),
                ("PUT", "secrets", _) => Set(await request.Content!.ReadAsStringAsync(cancellationToken)),
                ("GET", "secrets", _) or ("DELETE", "secrets", _) when _isDeleted || Versions.Count == 0 => Error(
                    HttpStatusCode.NotFound,
                    "SecretNotFound"
                ),
                ("GET", "secrets", _) => Bundle(),
                ("DELETE", "secrets", _) => Deleted(true),
                ("GET", "deletedsecrets", _) when !_isDeleted => Error(HttpStatusCode.NotFound, "SecretNotFound"),
                ("GET", "deletedsecrets", _) => Bundle(),
                ("POST", "deletedsecrets", true) => Deleted(false),
                _ => Error(HttpStatusCode.BadRequest, "BadParameter"),
            };
        }

        private HttpResponseMessage Set(string body)
        {
            using var json = JsonDocument.Parse(body);
            Versions.Add(json.RootElement.GetProperty("value").GetString()!);
            return Bundle();
        }

        private HttpResponseMessage Deleted(bool isDeleted)
        {
            _isDeleted = isDeleted;
            return Bundle();
        }

        private HttpResponseMessage Bundle() =>
            Json(
                HttpStatusCode.OK,
                new
                {
                    value = Versions[^1],
                    id = $"https://customer.vault.azure.net/secrets/{VaultSecret.Name("acme")}/{Versions.Count:x32}",
                    recoveryId = $"https://customer.vault.azure.net/deletedsecrets/{VaultSecret.Name("acme")}",
                    attributes = new { enabled = true, recoveryLevel = "Recoverable" },
                }
            );

        private static HttpResponseMessage Error(HttpStatusCode status, string code) =>
            Json(status, new { error = new { code, message = "no" } });

        private static HttpResponseMessage Json<T>(HttpStatusCode status, T body) =>
            new(status)
            {
                Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
            };
    }
}
