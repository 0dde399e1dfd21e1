using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace VPlanExport.Sandbox;

/// <summary>One request from headers to bytes: numbered, edited around, counted, faulted or answered, logged,
/// sent.</summary>
internal sealed class Handler(SandboxOptions options, SandboxWorld world, SandboxAuthorization authorization)
{
    private const string Root = "/v1";
    private static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];
    private readonly Api api = new(world);
    private readonly RateWindow rate = new(options);
    private readonly OAuthHandler oauth = new(options, authorization);

    public RequestLog Log { get; } = new();

    public FaultSchedule Faults { get; set; } = options.Faults;

    public EditSchedule Edits { get; set; } = options.Edits;

    public async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path == FaultAnswer.NoticePath)
        {
            await SendAsync(context, FaultAnswer.NoticePage, FaultAnswer.NoticePage.Body.Length);
            return;
        }
        if (context.Request.Path.StartsWithSegments(OAuthHandler.Root))
        {
            await oauth.AnswerAsync(context);
            return;
        }
        var request = Log.Number(context.Request.Method, PathOf(context), context.Request.QueryString.Value ?? "");
        Edits.Apply(world, request);
        if (options.Latency > TimeSpan.Zero)
            await Task.Delay(options.Latency, context.RequestAborted);
        var allowed = rate.Take(context.Response.Headers);
        await AnswerAsync(context, request, Faults.For(request), allowed);
    }

    private async Task AnswerAsync(HttpContext context, RequestInfo request, Fault? fault, bool allowed)
    {
        var reference = Reference(request);
        var reply = fault is null ? null : FaultAnswer.Of(fault, reference, options.Clock);
        if (fault?.Kind == FaultKind.Slow)
            await Task.Delay(fault.Delay, context.RequestAborted);
        using var answer = reply ?? Real(context, request, reference, allowed);
        Date(context, request);
        Log.Answered(request, fault?.Kind == FaultKind.Reset ? 0 : answer.Status, fault?.Kind);
        await (
            fault?.Kind switch
            {
                FaultKind.Reset => FaultAnswer.Reset(context),
                FaultKind.Truncated => TruncateAsync(context, answer, fault.Chunked),
                FaultKind.Trickle => TrickleAsync(context, answer, fault.Delay),
                FaultKind.Huge => HugeAsync(context, answer, fault.Megabytes),
                FaultKind.HalfJson => SendAsync(context, answer, answer.Body.Length / 2),
                _ => SendAsync(context, answer, answer.Body.Length),
            }
        );
    }

    private ApiResponse Real(HttpContext context, RequestInfo request, string reference, bool allowed)
    {
        try
        {
            Check(context, allowed);
            return api.Get(request.Path, context.Request.Query);
        }
        catch (ApiException error)
        {
            return ApiResponse.Error(error.Status, error.Code, error.Message, error.Description, reference);
        }
    }

    private void Check(HttpContext context, bool allowed)
    {
        if (!IsKnown(context.Request.Headers))
            throw new ApiException(
                401,
                10002,
                "Unauthorized",
                "X-Api-Key and X-Api-Env, or the access token, must be those of an environment"
            );
        if (!allowed)
            throw new ApiException(429, 10029, "Too Many Requests", "The request limit is used up");
        if (!HttpMethods.IsGet(context.Request.Method))
            throw new ApiException(405, 10007, "Method Not Allowed", "The sandbox is read only");
        if (!context.Request.Path.StartsWithSegments(Root))
            throw ApiException.NotFound(context.Request.Path);
    }

    /// <summary>An access token belongs to its environment, so `X-Api-Env` may be left out beside it (gap
    /// P19).</summary>
    private bool IsKnown(IHeaderDictionary headers)
    {
        var isEnvironment = headers["X-Api-Env"] == options.ApiEnv;
        return headers.Authorization.ToString() is { Length: > 0 } bearer
            ? bearer.StartsWith("Bearer ", StringComparison.Ordinal)
                && authorization.Accepts(bearer["Bearer ".Length..])
                && (isEnvironment || headers["X-Api-Env"].Count == 0)
                && headers["X-Api-Key"].Count == 0
            : isEnvironment && IsKey(headers["X-Api-Key"].ToString());
    }

    private bool IsKey(string key) => key == options.ApiKey || options.OtherApiKeys.Contains(key);

    private async Task TruncateAsync(HttpContext context, ApiResponse reply, bool chunked)
    {
        Prepare(context, reply);
        await FaultAnswer.SendTruncatedAsync(context, reply, chunked);
    }

    private async Task TrickleAsync(HttpContext context, ApiResponse reply, TimeSpan each)
    {
        Prepare(context, reply);
        await FaultAnswer.SendTrickleAsync(context, each, options.Clock);
    }

    private async Task HugeAsync(HttpContext context, ApiResponse reply, int megabytes)
    {
        Prepare(context, reply);
        await FaultAnswer.SendHugeAsync(context, megabytes);
    }

    private async Task SendAsync(HttpContext context, ApiResponse reply, int length)
    {
        Prepare(context, reply);
        var mark = options.ByteOrderMark ? Mark : [];
        context.Response.ContentLength = mark.Length + length;
        await context.Response.Body.WriteAsync(mark, context.RequestAborted);
        await context.Response.Body.WriteAsync(reply.Body[..length], context.RequestAborted);
    }

    /// <summary>The server sends a date of its own where there is no header at all.</summary>
    private void Date(HttpContext context, RequestInfo request) =>
        context.Response.Headers.Date = options.DateSkew(request) is { } skew
            ? Shifted(options.Clock.GetUtcNow(), skew).ToString("R", CultureInfo.InvariantCulture)
            : "";

    private static DateTimeOffset Shifted(DateTimeOffset at, TimeSpan by) =>
        new(
            Math.Clamp(at.UtcTicks + by.Ticks, DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks),
            TimeSpan.Zero
        );

    private static void Prepare(HttpContext context, ApiResponse reply)
    {
        context.Response.StatusCode = reply.Status;
        context.Response.ContentType = reply.ContentType;
        foreach (var (name, value) in reply.Headers)
            context.Response.Headers[name] = value;
    }

    private static string PathOf(HttpContext context) =>
        context.Request.Path.StartsWithSegments(Root, out var rest)
            ? rest.Value ?? ""
            : context.Request.Path.Value ?? "";

    private static string Reference(RequestInfo request) => new IdSource((ulong)request.Ordinal).Next();
}
