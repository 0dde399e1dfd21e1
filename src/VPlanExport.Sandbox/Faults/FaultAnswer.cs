using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace VPlanExport.Sandbox;

/// <summary>Turns a fault into an answer, or breaks the real one.</summary>
internal static class FaultAnswer
{
    public const string NoticePath = "/unavailable.html";
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(10);
    private static readonly byte[] Notice = Encoding.UTF8.GetBytes(
        "<!DOCTYPE html><html><head><title>vPlan</title></head><body><h1>vPlan is tijdelijk niet "
            + "beschikbaar</h1></body></html>"
    );

    /// <summary>The maintenance page, itself a 200 (A:`service-unavailable-344716m0`).</summary>
    public static ApiResponse NoticePage { get; } = new(200, Notice) { ContentType = "text/html; charset=utf-8" };

    /// <summary>The answer of a fault that needs no real one; null for those that break or delay the real
    /// one.</summary>
    public static ApiResponse? Of(Fault fault, string reference, TimeProvider clock) =>
        fault.Kind switch
        {
            FaultKind.Status429 => Error(429, 10029, "Too Many Requests", fault, reference) with
            {
                Headers = LimitHeaders(fault, clock),
            },
            FaultKind.Status503 => Error(503, 10003, "Service Unavailable", fault, reference) with
            {
                Headers = RetryAfter(fault),
            },
            FaultKind.Status303 => new ApiResponse(303, default)
            {
                ContentType = "text/html",
                Headers = new Dictionary<string, string> { ["Location"] = NoticePath },
            },
            FaultKind.Status500 => Error(500, 10000, "Internal Server Error", fault, reference),
            FaultKind.Status401 => Error(401, 10002, "Unauthorized", fault, reference),
            FaultKind.Status403 => Error(403, 10013, "Forbidden", fault, reference),
            FaultKind.Status404 => Error(404, 10004, "Not Found", fault, reference),
            FaultKind.Error10005 => Error(500, 10005, "Memory Exhausted", fault, reference),
            FaultKind.Html200 => NoticePage,
            FaultKind.Other => new ApiResponse(200, fault.Body) { ContentType = fault.ContentType },
            FaultKind.Reset
            or FaultKind.Truncated
            or FaultKind.HalfJson
            or FaultKind.Slow
            or FaultKind.Trickle
            or FaultKind.Huge => null,
        };

    /// <summary>Cuts the connection before a byte is sent.</summary>
    public static Task Reset(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    /// <summary>Sends half of the body where all was promised, then cuts the connection.</summary>
    public static async Task SendTruncatedAsync(HttpContext context, ApiResponse reply, bool chunked)
    {
        if (!chunked)
            context.Response.ContentLength = reply.Body.Length;
        await context.Response.Body.WriteAsync(reply.Body[..(reply.Body.Length / 2)]);
        await context.Response.Body.FlushAsync();
        context.Abort();
    }

    /// <summary>Never gets to the answer. Takes a moment of real time, too, for a clock that does not wait.</summary>
    public static async Task SendTrickleAsync(HttpContext context, TimeSpan each, TimeProvider clock)
    {
        while (true)
        {
            await context.Response.Body.WriteAsync(" "u8.ToArray(), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(each, clock, context.RequestAborted);
            await Task.Delay(Moment, context.RequestAborted);
        }
    }

    /// <summary>Sends a row with a text that goes on and on.</summary>
    public static async Task SendHugeAsync(HttpContext context, int megabytes)
    {
        var megabyte = new byte[1 << 20].AsMemory();
        megabyte.Span.Fill((byte)'x');
        await context.Response.Body.WriteAsync("{\"count\":1,\"data\":[{\"id\":\""u8.ToArray(), context.RequestAborted);
        for (var sent = 0; sent < megabytes; sent++)
            await context.Response.Body.WriteAsync(megabyte, context.RequestAborted);
        await context.Response.Body.WriteAsync("\"}]}"u8.ToArray(), context.RequestAborted);
    }

    private static ApiResponse Error(int status, int code, string message, Fault fault, string reference) =>
        ApiResponse.Error(status, code, message, fault.Description, reference);

    private static Dictionary<string, string> LimitHeaders(Fault fault, TimeProvider clock)
    {
        var reset = fault.ResetSeconds + (fault.ResetAsEpoch ? clock.GetUtcNow().ToUnixTimeSeconds() : 0);
        return new(RetryAfter(fault))
        {
            ["RateLimit-Remaining"] = "0",
            ["RateLimit-Reset"] = reset.ToString(CultureInfo.InvariantCulture),
        };
    }

    private static Dictionary<string, string> RetryAfter(Fault fault) =>
        fault.RetryAfterSeconds is { } seconds
            ? new() { ["Retry-After"] = seconds.ToString(CultureInfo.InvariantCulture) }
            : [];
}
