using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using VPlanExport.Extract.Http;
using static VPlanExport.Extract.OAuth.RefreshSteps;

namespace VPlanExport.Extract.OAuth;

/// <summary>How a question to the token address ended.</summary>
internal abstract record TokenOutcome
{
    /// <param name="Date">vPlan's clock, UTC; null when it did not say.</param>
    public sealed record Granted(TokenGrant Grant, DateTime? Date) : TokenOutcome;

    /// <summary>It answered no.</summary>
    /// <param name="Error">The code of RFC 6749, 5.2; null for another answer.</param>
    /// <param name="Said">For messages.</param>
    public sealed record Refused(HttpStatusCode Status, string? Error, string Said) : TokenOutcome;

    /// <summary>Nothing of the question has left this machine, or vPlan did not look at it.</summary>
    public sealed record NotSent(string Why) : TokenOutcome;

    /// <summary>It was sent, and there is no answer that can be read: vPlan may have done it.</summary>
    public sealed record Lost(string Why) : TokenOutcome;
}

/// <summary>
/// The token address (A:`token-exchange-3589291e0`): a form, sent once. Each question has a connection of its own,
/// since a connection that is used again may send what it carries twice. Nothing cancels a question: its answer may be
/// the only copy.
/// </summary>
/// <param name="handler">Answers instead of the network.</param>
internal sealed class TokenEndpoint(
    OAuthSettings settings,
    TimeProvider clock,
    Secrets secrets,
    HttpMessageHandler? handler = null
)
{
    private const int LongestAnswer = 1 << 20;

    private readonly Uri _address = new(settings.TokenUrl);

    public Task<TokenOutcome> RefreshAsync(string refreshToken) =>
        AskAsync(new() { ["grant_type"] = "refresh_token", ["refresh_token"] = refreshToken });

    /// <param name="verifier">Of the proof key; null without one.</param>
    public Task<TokenOutcome> ExchangeAsync(string code, string? verifier)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "authorization_code", ["code"] = code };
        if (verifier is not null)
            form["code_verifier"] = verifier;
        return AskAsync(form);
    }

    private async Task<TokenOutcome> AskAsync(Dictionary<string, string> form)
    {
        (form["client_id"], form["client_secret"]) = (settings.ClientId, settings.ClientSecret);
        form["redirect_uri"] = settings.RedirectUri;
        var isSent = handler is not null;
        var proxy = ConnectionFault.ProxyTo(_address);
        using var http = new HttpClient(
            handler ?? NewHandler(proxy, () => isSent = true),
            disposeHandler: handler is null
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        using var timeout = new CancellationTokenSource(settings.AnswerTimeout, clock);
        try
        {
            return await AskAsync(http, form, timeout.Token);
        }
        catch (HttpRequestException e)
        {
            return isSent && !NeverConnected(e) ? new TokenOutcome.Lost(Line(e)) : NotSent(e, proxy);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            var why =
                e is OperationCanceledException
                    ? FormattableString.Invariant($"no answer within {settings.AnswerTimeout.TotalSeconds:N0} s")
                    : Line(e);
            return isSent ? new TokenOutcome.Lost(why) : new TokenOutcome.NotSent(why);
        }
    }

    private async Task<TokenOutcome> AskAsync(
        HttpClient http,
        Dictionary<string, string> form,
        CancellationToken timeout
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _address)
        {
            Content = new FormUrlEncodedContent(form),
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("vplan-export", null));
        var askedAt = clock.GetUtcNow().UtcDateTime;
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout);
        Passed(Step.HeadersReceived);
        var body = await BodyAsync(response, timeout);
        Passed(Step.AnswerReceived);
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
            return new TokenOutcome.NotSent("vPlan answered 429: too many requests");
        if (response.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout)
            return new TokenOutcome.Lost(What(response.StatusCode, body).Said);
        if (!response.IsSuccessStatusCode)
            return What(response.StatusCode, body);
        var date = response.Headers.Date?.UtcDateTime;
        return TokenGrant.Parse(body, date, askedAt) is { } grant
            ? new TokenOutcome.Granted(Hidden(grant), date)
            : new TokenOutcome.Lost(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"vPlan answered {(int)response.StatusCode} without tokens that can be read"
                )
            );
    }

    private static async Task<byte[]> BodyAsync(HttpResponseMessage response, CancellationToken timeout)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(timeout);
        using var body = new MemoryStream();
        var buffer = new byte[4096];
        while (body.Length < LongestAnswer && await stream.ReadAsync(buffer, timeout) is var read and > 0)
            body.Write(buffer, 0, read);
        return body.ToArray();
    }

    /// <summary>From here on nobody is shown them.</summary>
    private TokenGrant Hidden(TokenGrant grant)
    {
        secrets.Add(grant.AccessToken, grant.RefreshToken ?? grant.AccessToken);
        return grant;
    }

    private TokenOutcome.Refused What(HttpStatusCode status, byte[] body)
    {
        var (error, description) = ErrorIn(body);
        var said = secrets.Mask(
            string.Join(": ", new[] { error, description }.Where(part => !string.IsNullOrEmpty(part)))
        );
        var answer = string.Create(
            CultureInfo.InvariantCulture,
            $"vPlan answered {(int)status}{(said == "" ? "" : $": {said.ReplaceLineEndings(" ")}")}"
        );
        return new TokenOutcome.Refused(status, error, answer);
    }

    /// <summary>As OAuth writes it (RFC 6749, 5.2), else as vPlan's API does.</summary>
    private static (string? Error, string? Description) ErrorIn(byte[] body)
    {
        try
        {
            using var json = WholeJson.ParseFirst(body);
            if (VPlanError.Property(json.RootElement, "error") is { ValueKind: JsonValueKind.String } error)
                return (
                    error.GetString(),
                    VPlanError.Property(json.RootElement, "error_description")
                        is { ValueKind: JsonValueKind.String } more
                        ? more.GetString()
                        : null
                );
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, null);
        }
        return (null, VPlanError.Parse(body).Text);
    }

    private TokenOutcome.NotSent NotSent(HttpRequestException e, string? proxy) =>
        new(ConnectionFault.Of(e, _address, proxy, "VPlan:OAuth:TokenUrl").Message);

    private static bool NeverConnected(HttpRequestException e) =>
        e.HttpRequestError
            is HttpRequestError.NameResolutionError
                or HttpRequestError.ConnectionError
                or HttpRequestError.SecureConnectionError
                or HttpRequestError.ProxyTunnelError;

    /// <param name="sending">Called when the connection stands and nothing has been sent.</param>
    private static SocketsHttpHandler NewHandler(string? proxy, Action sending) =>
        new()
        {
            UseProxy = proxy is not null,
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
            PlaintextStreamFilter = (connection, _) =>
            {
                sending();
                return ValueTask.FromResult(connection.PlaintextStream);
            },
        };

    private static string Line(Exception e) => e.Message.ReplaceLineEndings(" ").TrimEnd('.');
}
