using System.Collections.Concurrent;
using System.Globalization;
using System.Net;

namespace VPlanExport.Extractors;

/// <summary>A good answer whose body is still to be read.</summary>
/// <param name="Date">The <c>Date</c> header, UTC; null without one that can be read.</param>
/// <param name="ReceivedAt">This machine's clock, UTC.</param>
/// <param name="Body">Opens the body, once; every byte read is also written to the stream given.</param>
internal sealed record Reply(DateTime? Date, DateTime ReceivedAt, Func<Stream, Stream> Body)
{
    /// <summary>The earlier of the two: a header that runs ahead would hide what changes until then.</summary>
    public DateTime SentAt => Date < ReceivedAt ? Date.Value : ReceivedAt;
}

/// <summary>Tells a good answer from every kind of bad one, by status and content type; bad ones become the exception that says what to do. A key that vPlan repeats is masked in both.</summary>
internal sealed class Replies(VPlanSettings settings, TimeProvider time, Action<string> warn)
{
    private const int LongestErrorBody = 64 * 1024;
    private readonly Secrets _secrets = new([settings.ApiKey, settings.ApiKeyNext]);
    private readonly ClockSkew _skew = new(settings, warn);
    private readonly ConcurrentDictionary<string, bool> _deprecated = new(StringComparer.Ordinal);

    public async Task<Reply> AcceptAsync(HttpResponseMessage response, string path, CancellationToken cancellationToken)
    {
        if (response.Headers.TryGetValues("Deprecated", out var notes) && _deprecated.TryAdd(path, true))
            warn($"vPlan calls {path} deprecated: {_secrets.Mask(string.Join(' ', notes))}");
        var headers = response.Content.Headers;
        var type = headers.ContentType?.MediaType is { } media ? _secrets.Mask(media) : null;
        var json = new JsonBody(new KeylessStream(await response.Content.ReadAsStreamAsync(cancellationToken), _secrets), path, type, isJudged: response.IsSuccessStatusCode);
        Stream Checked(Stream copy) => new BodyStream(json, copy, settings, time, path);
        if (!response.IsSuccessStatusCode)
            throw await FaultAsync(response, path, Checked(Stream.Null), cancellationToken);
        if (headers.ContentEncoding.FirstOrDefault(coding => !coding.Equals("identity", StringComparison.OrdinalIgnoreCase)) is { } coding)
            throw new UnreadableException($"it is encoded as '{_secrets.Mask(coding)}', which was not asked for");
        var reply = new Reply(response.Headers.Date?.UtcDateTime, time.GetUtcNow().UtcDateTime, Checked);
        _skew.Note(path, reply);
        return reply;
    }

    private async Task<Exception> FaultAsync(HttpResponseMessage response, string path, Stream body, CancellationToken cancellationToken)
    {
        var error = VPlanError.Parse(await StartAsync(body, cancellationToken));
        var status = response.StatusCode;
        var said = _secrets.Mask(error.Text);
        var what = string.Create(CultureInfo.InvariantCulture, $"vPlan answered {(int)status} to {path}{(said.Length > 0 ? $": {said}" : "")}");
        return status switch
        {
            HttpStatusCode.Unauthorized => new ConfigurationException($"{what}. The key or the environment is wrong, or the key was revoked: check VPlan:ApiKey and VPlan:ApiEnv (in vPlan: Settings > API Keys)."),
            _ when error.IsTooLarge => new PageTooLargeException(what),
            _ when TransientFaults.IsTransient(status) => TransientFaults.Of(status, RateLimit.Of(response.Headers, time.GetUtcNow()), said),
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => new BadQuestionException(what),
            HttpStatusCode.Forbidden or HttpStatusCode.NotFound => new NotAvailableException(status, what),
            >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest => new SourceUnavailableException($"{what}, a redirect to {_secrets.Mask(Host(response))}, which is not followed. Check VPlan:BaseUrl ({settings.BaseUrl})."),
            HttpStatusCode.ProxyAuthenticationRequired => new ConfigurationException($"{what}. That is a proxy's answer: it wants a user and a password in HTTPS_PROXY, or the host in NO_PROXY."),
            _ => new SourceUnavailableException($"{what}. Check VPlan:BaseUrl ({settings.BaseUrl}) and the proxy in between; if both are right, report it to vPlan."),
        };
    }

    private static async Task<ReadOnlyMemory<byte>> StartAsync(Stream body, CancellationToken cancellationToken)
    {
        var bytes = new byte[LongestErrorBody];
        try
        {
            return bytes.AsMemory(0, await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken));
        }
        catch (TransientException)
        {
            return ReadOnlyMemory<byte>.Empty;
        }
    }

    private static string Host(HttpResponseMessage response) => response.Headers.Location is { IsAbsoluteUri: true } location ? location.Host : "another path";
}
