using System.Net;
using System.Text;
using System.Text.Json;
using System.Web;
using VPlanExport.Extract.Http;
using VPlanExport.Extract.OAuth;
using VPlanExport.Storage;
using VPlanExport.Tests.Storage;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Extract.OAuth;

/// <summary>A work folder with a connection, and a token address whose answers are written down beforehand.</summary>
internal sealed class OAuthPlace : IDisposable
{
    public const string Secret = "client-s3cret-that-nobody-sees";

    private readonly TempFolder _folder = new();
    private int _granted;

    public OAuthPlace()
    {
        Settings = new VPlanSettings
        {
            BaseUrl = "https://vplan.test/v1",
            ApiEnv = "acme",
            UsesOAuth = true,
            OAuth = new OAuthSettings
            {
                ClientId = "app",
                ClientSecret = Secret,
                RedirectUri = "https://example.com/vplan",
                AuthorizeUrl = "https://vplan.test/authorize",
                TokenUrl = "https://vplan.test/token",
                TokenKey = new byte[Seal.KeyBytes],
                SpareFile = Path.Combine(_folder.Path, "spare", "acme.tokens"),
            },
            AttemptTimeout = Timeout.InfiniteTimeSpan,
            StallTimeout = Timeout.InfiniteTimeSpan,
        };
        Work = new FolderStore(WorkFolder);
    }

    public VPlanSettings Settings { get; set; }

    public string WorkFolder => Path.Combine(_folder.Path, "work");

    public string TokenFile => Path.Combine(WorkFolder, "auth", "acme.tokens");

    public IStore Work { get; set; }

    public ImmediateTime Time { get; } = new() { Limits = [new OAuthSettings().AnswerTimeout] };

    public Secrets Hidden { get; } = new([]);

    public List<string> Warnings { get; } = [];

    /// <summary>The forms that were sent, in order.</summary>
    public List<Dictionary<string, string>> Asked { get; } = [];

    /// <summary>Answers in turn; the last one stays.</summary>
    public List<Func<HttpResponseMessage>> Answers { get; set; } = [];

    /// <summary>What the store held of the newest pair whenever a question came.</summary>
    public List<TokenRecord?> KeptWhenAsked { get; } = [];

    public IEnumerable<string> SentTokens => Asked.Select(form => form["refresh_token"]);

    /// <summary>A process of its own.</summary>
    public OAuthClient NewClient() => new(Settings, Work, Time, Hidden, Warnings.Add, new Script(this));

    public AccessTokens Open(CancellationToken stop) => NewClient().Open(stop);

    /// <summary>Keeps a first pair, whose access token lives an hour from now on.</summary>
    public async Task ConnectAsync()
    {
        var record = new TokenRecord
        {
            Connection = "c1",
            Generation = 1,
            RefreshToken = "refresh-token-1",
            AccessToken = "access-token-1",
            ObtainedAt = Time.GetUtcNow().UtcDateTime,
            Life = TimeSpan.FromHours(1),
            ConnectedAt = Time.GetUtcNow().UtcDateTime,
        };
        _granted = 1;
        await NewClient().Store.OverwriteAsync(record, CancellationToken.None);
    }

    /// <summary>Keeps a pair that must be refreshed.</summary>
    public async Task ConnectLongAgoAsync()
    {
        await ConnectAsync();
        Time.Advance(TimeSpan.FromHours(2));
    }

    public async Task<KeptTokens> KeptAsync() => (await NewClient().Store.ReadAsync(CancellationToken.None))!;

    public Func<HttpResponseMessage> Grant(double seconds = 3600) =>
        () =>
        {
            _granted++;
            return Json(
                200,
                new
                {
                    access_token = $"access-token-{_granted}",
                    refresh_token = $"refresh-token-{_granted}",
                    token_type = "access_token",
                    expires_in = seconds,
                }
            );
        };

    public static Func<HttpResponseMessage> Error(int status, string error, string description = "as it is") =>
        () => Json(status, new { error, error_description = description });

    public static Func<HttpResponseMessage> Lost =>
        () => throw new HttpRequestException(HttpRequestError.ResponseEnded, "the connection was cut");

    public static Func<HttpResponseMessage> Away =>
        () => throw new HttpRequestException(HttpRequestError.ConnectionError, "connection refused");

    public static HttpResponseMessage Json<T>(int status, T body) =>
        new((HttpStatusCode)status)
        {
            Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"),
        };

    public void Dispose() => _folder.Dispose();

    private sealed class Script(OAuthPlace place) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            var form = HttpUtility.ParseQueryString(await request.Content!.ReadAsStringAsync(cancellationToken));
            place.KeptWhenAsked.Add((await place.NewClient().Store.ReadAsync(cancellationToken))?.Current);
            place.Asked.Add(form.AllKeys.ToDictionary(key => key!, key => form[key]!));
            await Task.Yield();
            return place.Answers[Math.Min(place.Asked.Count, place.Answers.Count) - 1]();
        }
    }
}
