using System.Globalization;
using System.Net;
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
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_skew = TimeSpan.FromMinutes(5);

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
            TokenOutcome.NotSent none => throw Lost(none.Why, started),
            TokenOutcome.Lost lost => throw Lost(lost.Why, started),
            _ => throw new InvalidOperationException($"{outcome} is no outcome."),
        };
    }

    private async Task<KeptTokens> ReadAsync(CancellationToken stop) =>
        await store.ReadAsync(stop) ?? throw NotConnected(store.Location);

    public static ConfigurationException NotConnected(string place) =>
        new(
            $"VPlan:Auth is 'oauth', and this export is not connected to vPlan: {place} holds no tokens. Connect "
                + "it once: vplan-export connect"
        );

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
                await Task.Delay(s_pause * Math.Pow(2, attempt - 1), clock, CancellationToken.None);
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
        WarnOfClock(granted);
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
        return kept;
    }

    private void WarnOfClock(TokenOutcome.Granted granted)
    {
        if (granted.Date is not { } date || (date - granted.Grant.AskedAt).Duration() <= s_skew)
            return;
        warn(
            string.Create(
                CultureInfo.InvariantCulture,
                $"vPlan's clock says {date:yyyy-MM-dd HH:mm:ss}Z and this machine's "
                    + $"{granted.Grant.AskedAt:yyyy-MM-dd HH:mm:ss}Z. The tokens are used by their length of life, so "
                    + $"nothing is lost. Set the clock that is wrong."
            )
        );
    }

    /// <summary>A refusal of the refresh token is final and is remembered; one of the app leaves the token
    /// unused.</summary>
    private async Task<Exception> RefusedAsync(KeptTokens kept, KeptTokens marked, TokenOutcome.Refused refused)
    {
        if (refused.Error != "invalid_grant")
        {
            await TryWriteAsync(marked, kept.Current);
            return new ConfigurationException(Misdirected(refused));
        }
        var message = Ended(kept, refused);
        await TryWriteAsync(
            marked,
            kept.Current with
            {
                Refusal = new RefusedRefresh(clock.GetUtcNow().UtcDateTime, message),
            }
        );
        return new ConfigurationException(message);
    }

    public static string Misdirected(TokenOutcome.Refused refused) =>
        refused switch
        {
            { Error: "invalid_client" or "unauthorized_client" } =>
                $"{refused.Said}. vPlan does not know the app by VPlan:OAuth:ClientId and "
                    + "VPlan:OAuth:ClientSecret: copy both again from https://developer.vplan.com, and run again. The "
                    + "tokens are as they were.",
            { Status: HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest or HttpStatusCode.Forbidden } =>
                $"{refused.Said}. Check VPlan:OAuth:ClientId, VPlan:OAuth:ClientSecret and "
                    + "VPlan:OAuth:RedirectUri against your app at https://developer.vplan.com. If they are right, "
                    + "connect again: vplan-export connect",
            _ => $"{refused.Said}. That is no answer of a token address: check VPlan:OAuth:TokenUrl.",
        };

    private string Ended(KeptTokens kept, TokenOutcome.Refused refused)
    {
        var last = string.Create(
            CultureInfo.InvariantCulture,
            $"It last worked at {kept.Current.ObtainedAt:yyyy-MM-dd HH:mm:ss}Z"
        );
        var why = kept.Current switch
        {
            { IsPrevious: true } =>
                $"{store.Location} was damaged, and the pair before, which was tried, has been used",
            { Pending: { } pending } => string.Create(
                CultureInfo.InvariantCulture,
                $"The answer to the refresh of {pending.StartedAt:yyyy-MM-dd HH:mm:ss}Z was lost before it was "
                    + $"stored: the process was stopped, or the connection broke"
            ),
            _ => $"{last}; its consent has ended, the app was withdrawn in vPlan, or the tokens were used elsewhere",
        };
        return $"{refused.Said}. vPlan no longer takes the refresh token. {why}. Connect again: vplan-export connect";
    }

    private async Task<Exception> NotSentAsync(KeptTokens kept, KeptTokens marked, TokenOutcome.NotSent none)
    {
        await TryWriteAsync(marked, kept.Current);
        return new SourceUnavailableException(
            $"vPlan's token address cannot be reached: {none.Why}. Nothing was sent, and the tokens are as they "
                + "were. Try again later, or check VPlan:OAuth:TokenUrl."
        );
    }

    private static SourceUnavailableException Lost(string why, DateTime started) =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"vPlan's token address does not answer the refresh of {started:yyyy-MM-dd HH:mm:ss}Z: {why}. It "
                    + $"may have been done, and then its answer is lost. The next start asks once more; if vPlan then "
                    + $"refuses, connect again: vplan-export connect"
            )
        );

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
