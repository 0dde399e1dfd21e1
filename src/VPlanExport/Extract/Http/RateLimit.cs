using System.Globalization;
using System.Net.Http.Headers;

namespace VPlanExport.Extract.Http;

/// <summary>What an answer says about waiting (A:`rate-limits-344709m0`); <c>Retry-After</c> is not documented but
/// honoured (gaps P3).</summary>
/// <param name="RetryAfter">Wait asked for by <c>Retry-After</c>, in seconds or as a date.</param>
/// <param name="Reset">Time until the window resets.</param>
/// <param name="Remaining">Requests left in the window.</param>
internal readonly record struct RateLimit(TimeSpan? RetryAfter, TimeSpan? Reset, long? Remaining)
{
    /// <summary>From here on a number is a moment in Unix seconds (gaps P2), and from 100 times as much in
    /// milliseconds.</summary>
    private const decimal FirstMoment = 1_000_000_000;

    private static readonly TimeSpan LongestBelieved = TimeSpan.FromDays(31);

    /// <summary>The wait vPlan asks for, if it does.</summary>
    public TimeSpan? Wait => RetryAfter ?? Reset;

    public static RateLimit Of(HttpResponseHeaders headers, DateTimeOffset now) =>
        new(
            WaitOf(headers, "Retry-After", now),
            WaitOf(headers, "RateLimit-Reset", now),
            Texts(headers, "RateLimit-Remaining").Select(Number).FirstOrDefault(n => n is not null)
                is >= long.MinValue
                    and <= long.MaxValue
                    and var left
                ? (long)left
                : null
        );

    private static TimeSpan? WaitOf(HttpResponseHeaders headers, string name, DateTimeOffset now) =>
        Texts(headers, name).Select(text => WaitOf(text, now)).FirstOrDefault(wait => wait is not null);

    /// <summary>Seconds or a moment; null for what cannot be a wait: what has passed, or is more than a month
    /// away.</summary>
    private static TimeSpan? WaitOf(string text, DateTimeOffset now)
    {
        var wait =
            Number(text) is { } number ? FromNumber(number, now)
            : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                ? at - now
            : null;
        return wait > TimeSpan.Zero && wait <= LongestBelieved ? wait : null;
    }

    private static TimeSpan? FromNumber(decimal number, DateTimeOffset now) =>
        number switch
        {
            < 0 or >= FirstMoment * 100_000 => null,
            >= FirstMoment * 100 => DateTimeOffset.UnixEpoch.AddMilliseconds((double)number) - now,
            >= FirstMoment => DateTimeOffset.UnixEpoch.AddSeconds((double)number) - now,
            _ => TimeSpan.FromSeconds((double)number),
        };

    private static IEnumerable<string> Texts(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values : [];

    /// <summary>The first of several in one header.</summary>
    private static decimal? Number(string text) =>
        decimal.TryParse(text.Split(',', ';')[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
