using System.Globalization;
using System.Net;
using Polly;
using Polly.Retry;

namespace VPlanExport.Extract.Http;

/// <summary>A fault that may pass by itself: the question is asked again.</summary>
/// <param name="wait">The wait vPlan asks for; null for back-off.</param>
internal sealed class TransientException(
    string fault,
    TimeSpan? wait = null,
    bool isRateLimit = false,
    Exception? inner = null
) : Exception(fault, inner)
{
    public TimeSpan? Wait { get; } = wait;

    public bool IsRateLimit { get; } = isRateLimit;
}

/// <summary>A fault of a body that is the same in each attempt: the question is not asked again.</summary>
internal sealed class UnreadableException(string fault, Exception? inner = null) : Exception(fault, inner);

/// <summary>
/// The one rule on what passes by itself and how long to wait for it: <c>Retry-After</c>, else <c>RateLimit-Reset</c>,
/// else 0.5 s doubling to 30 s with jitter. A wait beyond the longest ends the run instead, to be resumed.
/// </summary>
/// <param name="random">Uniform in [0, 1).</param>
internal sealed class RetryPolicy(TimeProvider time, Func<double> random, TimeSpan longestWait)
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(30);

    /// <summary>
    /// 429, 408, 5xx, and the redirect to vPlan's "not available" notice (303, A:`service-unavailable-344716m0`). Not
    /// 400, 401, 403, 404: those stay.
    /// </summary>
    public static bool IsTransient(HttpStatusCode status) =>
        status
            is HttpStatusCode.TooManyRequests
                or HttpStatusCode.RequestTimeout
                or HttpStatusCode.SeeOther
                or >= HttpStatusCode.InternalServerError;

    /// <summary>The fault of a status that <see cref="IsTransient"/>.</summary>
    public static TransientException Of(HttpStatusCode status, RateLimit limit, string said)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{(int)status} {status} {said}").TrimEnd();
        var isRateLimit = status == HttpStatusCode.TooManyRequests;
        return new TransientException(text, isRateLimit ? limit.Wait : limit.RetryAfter, isRateLimit);
    }

    /// <summary>Runs <paramref name="attempt"/> until it succeeds, fails for good, or has failed
    /// <paramref name="attempts"/> times.</summary>
    /// <param name="what">The URL's path, for messages.</param>
    public async Task<T> RunAsync<T>(
        string what,
        int attempts,
        Func<CancellationToken, Task<T>> attempt,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await Pipeline(what, attempts).ExecuteAsync(async token => await attempt(token), cancellationToken);
        }
        catch (UnreadableException e)
        {
            throw new UnreadableAnswerException(
                $"vPlan's answer to {what} cannot be read: {e.Message}. Asking again gives the same. Report it to "
                    + "vPlan, or check the proxy in between, then run again: the run resumes where it stopped.",
                e
            );
        }
        catch (TransientException e)
        {
            throw new SourceUnavailableException(
                $"vPlan did not answer {what} after {attempts} {(attempts == 1 ? "attempt" : "attempts")}; the "
                    + $"last fault: {e.Message}. Try again later: the run resumes where it stopped.",
                e
            );
        }
    }

    private ResiliencePipeline Pipeline(string what, int attempts)
    {
        if (attempts <= 1)
            return ResiliencePipeline.Empty;
        return new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(
                new RetryStrategyOptions
                {
                    ShouldHandle = new PredicateBuilder().Handle<TransientException>(),
                    MaxRetryAttempts = attempts - 1,
                    DelayGenerator = retry =>
                        ValueTask.FromResult<TimeSpan?>(
                            Wait(what, retry.AttemptNumber, (TransientException)retry.Outcome.Exception!)
                        ),
                }
            )
            .Build();
    }

    private TimeSpan Wait(string what, int retry, TransientException fault)
    {
        if (fault.Wait is not { } wait)
            return BackOff(retry);
        if (wait <= longestWait)
            return wait;
        throw TooLong(what, wait, fault);
    }

    private TimeSpan BackOff(int retry)
    {
        var full = Math.Min(LongestBackOff.TotalSeconds, FirstWait.TotalSeconds * Math.Pow(2, retry));
        return TimeSpan.FromSeconds(full * (0.5 + (random() / 2)));
    }

    private ExportException TooLong(string what, TimeSpan wait, TransientException fault)
    {
        var message = string.Create(
            CultureInfo.InvariantCulture,
            $"vPlan asks to wait {wait.TotalMinutes:N0} minutes before {what} ({fault.Message}); at most "
                + $"{longestWait.TotalMinutes:N0} are waited for. Run again then: the run resumes where it stopped."
        );
        return fault.IsRateLimit ? new BudgetReachedException(message) : new SourceUnavailableException(message, fault);
    }
}
