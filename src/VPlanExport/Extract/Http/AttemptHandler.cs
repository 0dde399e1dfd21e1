using System.Globalization;
using System.Net;

namespace VPlanExport.Extract.Http;

/// <summary>
/// One request on the wire: it waits while vPlan's own limit is used up, is counted before it is sent, and must be
/// answered in time. A fault that may pass becomes a <see cref="TransientException"/>.
/// </summary>
internal sealed class AttemptHandler(
    VPlanSettings settings,
    Uri address,
    string? proxy,
    RequestBudget budget,
    TimeProvider time,
    HttpMessageHandler inner,
    RequestWatch? watch = null
) : DelegatingHandler(inner)
{
    /// <summary>The URL's path, for messages.</summary>
    public static readonly HttpRequestOptionsKey<string> Path = new("path");

    /// <summary>Called for each request sent.</summary>
    public static readonly HttpRequestOptionsKey<Action?> Attempted = new("attempted");

    /// <summary>What is asked for; null for what belongs to no entity.</summary>
    public static readonly HttpRequestOptionsKey<string?> Entity = new("entity");

    private long _pausedUntil;

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        await PauseAsync(request.Options.TryGetValue(Path, out var path) ? path : "", cancellationToken);
        await budget.TakeAsync(cancellationToken);
        if (request.Options.TryGetValue(Attempted, out var attempted))
            attempted?.Invoke();
        var (at, began, status) = (time.GetUtcNow(), time.GetTimestamp(), (int?)null);
        try
        {
            var response = await AnswerAsync(request, cancellationToken);
            status = (int)response.StatusCode;
            Heed(response);
            return response;
        }
        finally
        {
            request.Options.TryGetValue(Entity, out var entity);
            watch?.Sent(new SentRequest(entity, status, at, time.GetElapsedTime(began)));
        }
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(settings.AttemptTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await base.SendAsync(request, either.Token);
        }
        catch (HttpRequestException e)
        {
            throw ConnectionFault.Of(e, address, proxy);
        }
        catch (OperationCanceledException e)
            when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TransientException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"no answer within {settings.AttemptTimeout.TotalSeconds:N0} s"
                ),
                inner: e
            );
        }
    }

    /// <summary>Pauses all requests when the window is used up, or so nearly that the requests in flight would use it
    /// up.</summary>
    private void Heed(HttpResponseMessage response)
    {
        var now = time.GetUtcNow();
        var limit = RateLimit.Of(response.Headers, now);
        var wait =
            response.StatusCode == HttpStatusCode.TooManyRequests ? limit.Wait
            : limit.Remaining < settings.Concurrency ? limit.Reset
            : null;
        if (wait is { } pause)
            Interlocked.Exchange(
                ref _pausedUntil,
                Math.Max(Interlocked.Read(ref _pausedUntil), (now + pause).UtcTicks)
            );
    }

    private async Task PauseAsync(string path, CancellationToken cancellationToken)
    {
        var wait = TimeSpan.FromTicks(Interlocked.Read(ref _pausedUntil) - time.GetUtcNow().UtcTicks);
        if (wait <= TimeSpan.Zero)
            return;
        if (wait > settings.LongestWait)
            throw new BudgetReachedException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"vPlan's own limit is used up before {path}: its window resets in {wait.TotalMinutes:N0} "
                        + $"minutes, at most {settings.LongestWait.TotalMinutes:N0} are waited for. Run again then: "
                        + $"the run resumes where it stopped."
                )
            );
        watch?.Paused(wait);
        await Task.Delay(wait, time, cancellationToken);
    }
}

/// <summary>Sees the requests.</summary>
/// <param name="Sent">Called after each request, answered or not.</param>
/// <param name="Paused">Called before each wait that vPlan's own limit asks for.</param>
internal sealed record RequestWatch(Action<SentRequest> Sent, Action<TimeSpan> Paused);

/// <summary>A request that was sent, as it is measured.</summary>
/// <param name="Entity">What it asked for; null for what belongs to no entity.</param>
/// <param name="Status">Null when no answer came.</param>
/// <param name="Took">Until the answer began.</param>
internal sealed record SentRequest(string? Entity, int? Status, DateTimeOffset At, TimeSpan Took);
