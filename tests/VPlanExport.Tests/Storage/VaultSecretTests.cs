using System.Text;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using Microsoft.AspNetCore.Http;
using VPlanExport.Extract.OAuth;
using VPlanExport.Storage;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Storage;

/// <summary>Tokens in a Key Vault, by its REST API: https://learn.microsoft.com/rest/api/keyvault/secrets.</summary>
[Trait("Tier", "unit")]
public sealed class VaultSecretTests : IAsyncLifetime
{
    private readonly Vault _vault = new();
    private readonly TempFolder _folder = new();
    private SmallServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private VaultSecret Secret =>
        new(
            new SecretClient(
                new Uri("https://customer.vault.azure.net"),
                new Identity(),
                new SecretClientOptions
                {
                    Transport = new HttpClientTransport(_server.Instead()),
                    Retry = { MaxRetries = 0 },
                }
            ),
            VaultSecret.Name("acme")
        );

    public async ValueTask InitializeAsync() => _server = await SmallServer.StartAsync(_vault.AnswerAsync);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
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
    [InlineData(403, "Key Vault Secrets Officer")]
    [InlineData(503, "VPlan:OAuth:Vault")]
    public async Task A_vault_that_refuses_is_told_with_what_to_do(int status, string named)
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
    private sealed class Vault
    {
        private const string Challenge =
            "Bearer authorization=\"https://login.microsoftonline.com/tenant\", resource=\"https://vault.azure.net\"";

        private bool _isDeleted;

        public List<string> Versions { get; } = [];

        public int? Refuses { get; set; }

        public async Task AnswerAsync(HttpContext context)
        {
            var (status, body) = await AnswerAsync(context.Request);
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            if (status == 401)
                context.Response.Headers.WWWAuthenticate = Challenge;
            await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body));
        }

        private async Task<(int Status, object Body)> AnswerAsync(HttpRequest request)
        {
            var path = request.Path.Value!;
            return (request.Method, path.Split('/')[1], path.EndsWith("/recover", StringComparison.Ordinal)) switch
            {
                _ when request.Headers.Authorization != "Bearer identity" => Error(401, "Unauthorized"),
                _ when Refuses is { } status => Error(status, "Refused"),
                ("PUT", "secrets", _) when _isDeleted => Error(409, "ObjectIsDeletedButRecoverable"),
                ("PUT", "secrets", _) => await SetAsync(request),
                ("GET", "secrets", _) or ("DELETE", "secrets", _) when _isDeleted || Versions.Count == 0 => Error(
                    404,
                    "SecretNotFound"
                ),
                ("GET", "secrets", _) => (200, Bundle()),
                ("DELETE", "secrets", _) => Deleted(true),
                ("GET", "deletedsecrets", _) when !_isDeleted => Error(404, "SecretNotFound"),
                ("GET", "deletedsecrets", _) => (200, Bundle()),
                ("POST", "deletedsecrets", true) => Deleted(false),
                _ => Error(400, "BadParameter"),
            };
        }

        private async Task<(int Status, object Body)> SetAsync(HttpRequest request)
        {
            using var json = await JsonDocument.ParseAsync(request.Body);
            Versions.Add(json.RootElement.GetProperty("value").GetString()!);
            return (200, Bundle());
        }

        private (int Status, object Body) Deleted(bool isDeleted)
        {
            _isDeleted = isDeleted;
            return (200, Bundle());
        }

        private object Bundle() =>
            new
            {
                value = Versions[^1],
                id = $"https://customer.vault.azure.net/secrets/{VaultSecret.Name("acme")}/{Versions.Count:x32}",
                recoveryId = $"https://customer.vault.azure.net/deletedsecrets/{VaultSecret.Name("acme")}",
                attributes = new { enabled = true, recoveryLevel = "Recoverable" },
            };

        private static (int Status, object Body) Error(int status, string code) =>
            (status, new { error = new { code, message = "no" } });
    }
}
