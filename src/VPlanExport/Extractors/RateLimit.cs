using System.Globalization;
using System.Net.Http.Headers;

namespace VPlanExport.Extractors;

/// <summary>What an answer says about waiting (A:`rate-limits-344709m0`); <c>Retry-After</c> is not documented but honoured (gaps P3).</summary>
/// <param name="RetryAfter">Wait asked for by <c>Retry-After</c>, in seconds or as a date.</param>
/// <param name="Reset">Time until the window resets.</param>
/// <param name="Remaining">Requests left in the window.</param>
internal readonly record struct RateLimit(TimeSpan? RetryAfter, TimeSpan? Reset, long? Remaining)
{
    private const long LongestDelta = 86_400;

    /// <summary>The wait vPlan asks for, if it does.</summary>
    public TimeSpan? Wait => RetryAfter ?? Reset;

    public static RateLimit Of(HttpResponseHeaders headers, DateTimeOffset now) => new(
        AtLeastZero(headers.RetryAfter?.Delta ?? headers.RetryAfter?.Date - now),
        Number(headers, "RateLimit-Reset") is { } reset ? AtLeastZero(FromReset(reset, now)) : null,
        Number(headers, "RateLimit-Remaining"));

    /// <summary>Seconds to wait; more than a day's worth is taken for a moment in Unix seconds (gaps P2).</summary>
    private static TimeSpan FromReset(long reset, DateTimeOffset now) => reset > LongestDelta
        ? DateTimeOffset.FromUnixTimeSeconds(Math.Min(reset, DateTimeOffset.MaxValue.ToUnixTimeSeconds())) - now
        : TimeSpan.FromSeconds(Math.Max(reset, 0));

    private static TimeSpan? AtLeastZero(TimeSpan? wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait;

    private static long? Number(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) && long.TryParse(values.First().Split(',', ';')[0], NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
