using VPlanExport.Storage;
using static VPlanExport.Extract.OAuth.RefreshSteps;

namespace VPlanExport.Extract.OAuth;

/// <summary>
/// One refresh, by the one process that holds the lease. The answer holds the only copy of the next refresh token, so
/// the store is written twice: before the question, that it is about to be sent, and after the answer, before anything
/// is done with it. Between the two nothing is cancelled.
/// </summary>
/// <param name="lease">Takes the lease of the tokens.</param>
internal sealed class TokenRefresh(
    TokenStore store,
    TokenEndpoint endpoint,
    Func<CancellationToken, Task<Lease>> lease,
    TimeProvider clock,
    Action<string> warn
)
{
    private const int Connects = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <param name="isUsable">Whether tokens that another process has stored meanwhile will do.</param>
    /// <param name="stop">Observed until the question is sent.</param>
    /// <exception cref="ConfigurationException">Nothing is kept, or vPlan refuses: the message says what to
    /// do.</exception>
    /// <exception cref="SourceUnavailableException">There is no answer.</exception>
    public async Task<KeptTokens> RunAsync(Func<TokenRecord, bool> isUsable, CancellationToken stop)
    {
        // :: Step 1. Only the holder of the lease refreshes, and it reads again what others may have refreshed
        // meanwhile.
        Passed(Step.Wanted);
        await using var only = await lease(stop);
        Passed(Step.LeaseTaken);
        var kept = await AdoptSpareAsync(await ReadAsync(stop), stop);
        Passed(Step.ReadAgain);
        if (kept.Damage is { } damage)
            warn(damage);
        if (isUsable(kept.Current))
            return kept;
        if (kept.Current.Refusal is { } refusal)
            throw new ConfigurationException(refusal.Message);

        // :: Step 2. Write ahead: a process that dies from here on leaves the mark that its outcome is not known.
        Passed(Step.WritingAhead);
        var started = clock.GetUtcNow().UtcDateTime;
        var marked = await MarkAsync(kept, new PendingRefresh(started), stop);
        await only.EnsureHeldAsync(stop);
        Passed(Step.WrittenAhead);

        // :: Step 3. Ask, once; a second time only when the first answer was lost in this process.
        var (outcome, wasLost) = await SendAsync(
            marked.Current.RefreshToken,
            kept.Current is { Pending: null, IsPrevious: false },
            stop
        );

        // :: Step 4. Store before use.
        var was = wasLost ? kept with { Current = marked.Current with { IsPrevious = kept.Current.IsPrevious } } : kept;
        return outcome switch
        {
            TokenOutcome.Granted granted => await StoreAsync(marked, granted, stop),
            TokenOutcome.Refused refused => throw await RefusedAsync(was, marked, refused),
            TokenOutcome.NotSent none when !wasLost => throw await NotSentAsync(kept, marked, none),
            TokenOutcome.NotSent none => throw RefreshFaults.Lost(none.Why, started),
            TokenOutcome.Lost lost => throw RefreshFaults.Lost(lost.Why, started),
            _ => throw new InvalidOperationException($"{outcome} is no outcome."),
        };
    }

    private async Task<KeptTokens> ReadAsync(CancellationToken stop) =>
        await store.ReadAsync(stop) ?? throw RefreshFaults.NotConnected(store.Location);

    /// <summary>What could not be saved in the store when it was refreshed goes there now.</summary>
    private async Task<KeptTokens> AdoptSpareAsync(KeptTokens kept, CancellationToken stop)
    {
        if (
            await SpareAsync(stop) is not { } saved
            || saved.Connection != kept.Current.Connection
            || saved.Generation <= kept.Current.Generation
        )
            return kept;
        var adopted =
            await store.WriteAsync(kept.Version, saved, kept.Current with { Pending = null }, stop) ?? throw Raced();
        await store.DeleteSpareAsync(stop);
        warn($"The tokens that were saved in {store.SpareLocation} are in {store.Location} again.");
        return adopted;
    }

    private async Task<TokenRecord?> SpareAsync(CancellationToken stop)
    {
        try
        {
            return await store.SpareAsync(stop);
        }
        catch (SinkException e)
        {
            warn(e.Message);
            return null;
        }
    }

    private async Task<KeptTokens> MarkAsync(KeptTokens kept, PendingRefresh pending, CancellationToken stop) =>
        await store.WriteAsync(
            kept.Version,
            kept.Current with
            {
                Pending = kept.Current.Pending ?? pending,
            },
            kept.Previous,
            stop
        ) ?? throw Raced();

    private LockedException Raced() =>
        new($"Another process has written {store.Location} while this one held its lease. Run again.");

    /// <returns>The last outcome, and whether an answer before it was lost.</returns>
    private async Task<(TokenOutcome Outcome, bool WasLost)> SendAsync(
        string refreshToken,
        bool isFirst,
        CancellationToken stop
    )
    {
        var wasLost = false;
        for (var attempt = 1; ; attempt++)
        {
            Passed(Step.Sending);
            var outcome = await endpoint.RefreshAsync(refreshToken);
            if (outcome is TokenOutcome.NotSent && attempt < Connects && !stop.IsCancellationRequested)
            {
                await Task.Delay(Pause * Math.Pow(2, attempt - 1), clock, CancellationToken.None);
                continue;
            }
            if (outcome is not TokenOutcome.Lost lost || !isFirst || wasLost || stop.IsCancellationRequested)
                return (outcome, wasLost);
            warn($"The answer to the refresh of vPlan's tokens was lost ({lost.Why}), so it is asked for once more.");
            wasLost = true;
        }
    }

    private async Task<KeptTokens> StoreAsync(KeptTokens before, TokenOutcome.Granted granted, CancellationToken stop)
    {
        var (old, grant) = (before.Current, granted.Grant);
        var next = old with
        {
            Generation = old.Generation + 1,
            RefreshToken = grant.RefreshToken ?? old.RefreshToken,
            AccessToken = grant.AccessToken,
            ObtainedAt = grant.AskedAt,
            Life = grant.Life,
            Pending = null,
            IsPrevious = false,
        };
        Passed(Step.Storing);
        var kept = await new TokenSaving(store, clock, warn, stop).SaveAsync(before, next, old with { Pending = null });
        Passed(Step.Stored);
        if (granted.Date is { } date && (date - grant.AskedAt).Duration() > Skew)
            warn(RefreshFaults.WrongClock(date, grant.AskedAt));
        return kept;
    }

    /// <summary>A refusal of the refresh token is final and is remembered; one of the app leaves the token
    /// unused.</summary>
    private async Task<Exception> RefusedAsync(KeptTokens kept, KeptTokens marked, TokenOutcome.Refused refused)
    {
        if (refused.Error != "invalid_grant")
        {
            await TryWriteAsync(marked, kept.Current);
            return new ConfigurationException(RefreshFaults.Misdirected(refused));
        }
        var message = RefreshFaults.Ended(store.Location, kept.Current, refused);
        await TryWriteAsync(
            marked,
            kept.Current with
            {
                Refusal = new RefusedRefresh(clock.GetUtcNow().UtcDateTime, message),
            }
        );
        return new ConfigurationException(message);
    }

    private async Task<Exception> NotSentAsync(KeptTokens kept, KeptTokens marked, TokenOutcome.NotSent none)
    {
        await TryWriteAsync(marked, kept.Current);
        return RefreshFaults.NotSent(none.Why);
    }

    /// <summary>What cannot be written here only costs the next start a question.</summary>
    private async Task TryWriteAsync(KeptTokens marked, TokenRecord current)
    {
        try
        {
            await store.WriteAsync(marked.Version, current, marked.Previous, CancellationToken.None);
        }
        catch (SinkException e)
        {
            warn(e.Message);
        }
    }
}
