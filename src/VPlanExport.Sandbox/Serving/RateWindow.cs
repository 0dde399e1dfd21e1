using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace VPlanExport.Sandbox;

/// <summary>Counts requests per window of the clock and writes the three `RateLimit-*` headers
/// (A:`rate-limits-344709m0`).</summary>
internal sealed class RateWindow(SandboxOptions options)
{
    private readonly Lock gate = new();
    private DateTimeOffset start = options.Clock.GetUtcNow();
    private int used;

    /// <summary>Counts one request; false when the window was used up before it.</summary>
    public bool Take(IHeaderDictionary headers)
    {
        lock (gate)
        {
            var now = options.Clock.GetUtcNow();
            if (now - start >= options.RateWindow)
                (start, used) = (now, 0);
            var allowed = ++used <= options.RateLimit;
            WriteHeaders(headers, now, start + options.RateWindow);
            return allowed;
        }
    }

    private void WriteHeaders(IHeaderDictionary headers, DateTimeOffset now, DateTimeOffset reset)
    {
        var seconds = (long)Math.Ceiling((reset - now).TotalSeconds);
        headers["RateLimit-Limit"] = Text(options.RateLimit);
        headers["RateLimit-Remaining"] = Text(Math.Max(0, options.RateLimit - used));
        headers["RateLimit-Reset"] = Text(options.RateLimitResetAsEpoch ? reset.ToUnixTimeSeconds() : seconds);
        if (options.SendRetryAfter && used > options.RateLimit)
            headers.RetryAfter = Text(seconds);
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
