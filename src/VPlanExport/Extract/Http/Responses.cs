using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;

namespace VPlanExport.Extract.Http;

/// <summary>A good answer whose body is still to be read.</summary>
/// <param name="Date">The <c>Date</c> header, UTC; null without one that can be read.</param>
/// <param name="ReceivedAt">This machine's clock, UTC.</param>
/// <param name="Body">Opens the body, once; every byte read is also written to the stream given.</param>
internal sealed record ApiResponse(DateTime? Date, DateTime ReceivedAt, Func<Stream, Stream> Body)
{
    /// <summary>The earlier of the two: a header that runs ahead would hide what changes until then.</summary>
    public DateTime SentAt => Date < ReceivedAt ? Date.Value : ReceivedAt;
}

/// <summary>Tells a good answer from every kind of bad one, by status and content type; bad ones become the exception
/// that says what to do. A key or token that vPlan repeats is masked in both.</summary>
internal sealed class ResponseReader(
    VPlanSettings settings,
    IVPlanCredentials credentials,
    TimeProvider time,
    Action<string> warn
)
{
    private const int LongestErrorBody = 64 * 1024;
    private readonly Secrets _secrets = credentials.Secrets;
    private readonly ClockSkew _skew = new(settings, warn);
    private readonly ConcurrentDictionary<string, bool> _deprecated = new(StringComparer.Ordinal);

    public async Task<ApiResponse> AcceptAsync(
        HttpResponseMessage response,
        string path,
        CancellationToken cancellationToken
    )
    {
        if (response.Headers.TryGetValues("Deprecated", out var notes) && _deprecated.TryAdd(path, true))
            warn($"vPlan calls {path} deprecated: {_secrets.Mask(string.Join(' ', notes))}");
        var headers = response.Content.Headers;
        var type = headers.ContentType?.MediaType is { } media ? _secrets.Mask(media) : null;
        var json = new JsonBody(
            new RedactingStream(await response.Content.ReadAsStreamAsync(cancellationToken), _secrets),
            path,
            type,
            isJudged: response.IsSuccessStatusCode
        );
        Stream Checked(Stream copy) => new GuardedBodyStream(json, copy, settings, time, path);
        if (!response.IsSuccessStatusCode)
            throw await FaultAsync(response, path, Checked(Stream.Null), cancellationToken);
        if (
            headers.ContentEncoding.FirstOrDefault(coding =>
                !coding.Equals("identity", StringComparison.OrdinalIgnoreCase)
            ) is
            { } coding
        )
            throw new UnreadableException($"it is encoded as '{_secrets.Mask(coding)}', which was not asked for");
        var reply = new ApiResponse(response.Headers.Date?.UtcDateTime, time.GetUtcNow().UtcDateTime, Checked);
        _skew.Note(path, reply);
        return reply;
    }

    private async Task<Exception> FaultAsync(
        HttpResponseMessage response,
        string path,
        Stream body,
        CancellationToken cancellationToken
    )
    {
        var error = VPlanError.Parse(await StartAsync(body, cancellationToken));
        var status = response.StatusCode;
        var said = _secrets.Mask(error.Text);
        var what = string.Create(
            CultureInfo.InvariantCulture,
            $"vPlan answered {(int)status} to {path}{(said.Length > 0 ? $": {said}" : "")}"
        );
        return status switch
        {
            HttpStatusCode.Unauthorized => new ConfigurationException($"{what}. {credentials.Advice}"),
            _ when error.IsTooLarge => new PageTooLargeException(what),
            _ when RetryPolicy.IsTransient(status) => RetryPolicy.Of(
                status,
                RateLimit.Of(response.Headers, time.GetUtcNow()),
                said
            ),
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => new RejectedRequestException(what),
            HttpStatusCode.Forbidden or HttpStatusCode.NotFound => new NotAvailableException(status, what),
            >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest => new SourceUnavailableException(
                $"{what}, a redirect to {_secrets.Mask(Host(response))}, which is not followed. Check "
                    + $"VPlan:BaseUrl ({settings.BaseUrl})."
            ),
            HttpStatusCode.ProxyAuthenticationRequired => new ConfigurationException(
                $"{what}. That is a proxy's answer: it wants a user and a password in HTTPS_PROXY, or the host in "
                    + "NO_PROXY."
            ),
            _ => new SourceUnavailableException(
                $"{what}. Check VPlan:BaseUrl ({settings.BaseUrl}) and the proxy in between; if both are right, "
                    + "report it to vPlan."
            ),
        };
    }

    private static async Task<ReadOnlyMemory<byte>> StartAsync(Stream body, CancellationToken cancellationToken)
    {
        var bytes = new byte[LongestErrorBody];
        try
        {
            return bytes.AsMemory(
                0,
                await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken)
            );
        }
        catch (TransientException)
        {
            return ReadOnlyMemory<byte>.Empty;
        }
    }

    private static string Host(HttpResponseMessage response) =>
        response.Headers.Location is { IsAbsoluteUri: true } location ? location.Host : "another path";
}

/// <summary>
/// vPlan's error body: <c>{"reference": …, "errors": [{"code", "message", "description"}]}</c> (J). Codes come as
/// text or as numbers (gaps P5).
/// </summary>
internal sealed record VPlanError(string? Reference, string? Code, string? Message, string? Description)
{
    public static readonly VPlanError None = new(null, null, null, null);

    /// <summary>Error 10005, "Memory Exhausted" (A:`memory-exhausted-344714m0`); its HTTP status is not
    /// documented.</summary>
    public bool IsTooLarge => Code == "10005";

    /// <summary>For messages: what vPlan said, with the reference its support asks for.</summary>
    public string Text
    {
        get
        {
            var said = string.Join(
                ": ",
                new[] { Code, Message, Description }
                    .Where(part => !string.IsNullOrEmpty(part))
                    .Distinct(StringComparer.Ordinal)
            );
            return Reference is null ? said : $"{said} (reference {Reference})";
        }
    }

    /// <summary><see cref="None"/> when the body is no error of vPlan's.</summary>
    public static VPlanError Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = WholeJson.ParseFirst(body.Span);
            var first = Property(json.RootElement, "errors") is { } errors
                ? FirstOf(errors) ?? json.RootElement
                : json.RootElement;
            return new VPlanError(
                Scalar(json.RootElement, "reference"),
                Scalar(first, "code"),
                Scalar(first, "message"),
                Scalar(first, "description")
            );
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return None;
        }
    }

    /// <summary>The first error of a list, which PHP may number.</summary>
    private static JsonElement? FirstOf(JsonElement errors) =>
        errors.ValueKind switch
        {
            JsonValueKind.Array => errors.EnumerateArray().Select(e => (JsonElement?)e).FirstOrDefault(),
            JsonValueKind.Object => errors
                .EnumerateObject()
                .Select(p => (JsonElement?)p.Value)
                .FirstOrDefault(e => e?.ValueKind == JsonValueKind.Object),
            _ => null,
        };

    private static string? Scalar(JsonElement element, string name) =>
        Property(element, name) is { } value && value.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? value.ToString()
            : null;

    /// <summary>A property by name, without case (gaps P6).</summary>
    public static JsonElement? Property(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var property in element.EnumerateObject())
        {
            if (string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase))
                return property.Value;
        }
        return null;
    }
}

/// <summary>vPlan refuses the question itself: its filter, sort or relation (400, 422). Asking again does not
/// help.</summary>
internal sealed class RejectedRequestException(string message) : ExportException(ExitCode.Contract, message);

/// <summary>vPlan has nothing at this path for this key: 403 (not allowed, or the feature is off) or 404.</summary>
internal sealed class NotAvailableException(HttpStatusCode status, string message)
    : ExportException(ExitCode.SourceUnavailable, message)
{
    public HttpStatusCode Status { get; } = status;
}

/// <summary>The answer is too large for vPlan (error 10005, A:`memory-exhausted-344714m0`): ask for fewer
/// rows.</summary>
internal sealed class PageTooLargeException(string message) : ExportException(ExitCode.SourceUnavailable, message);

/// <summary>vPlan answers, in a form that is no answer and stays so: neither another attempt nor a smaller page
/// helps.</summary>
internal sealed class UnreadableAnswerException(string message, Exception inner)
    : ExportException(ExitCode.Contract, message, inner);
