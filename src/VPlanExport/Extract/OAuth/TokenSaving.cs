using VPlanExport.Storage;

namespace VPlanExport.Extract.OAuth;

/// <summary>
/// Saves the only copy of a pair of tokens: in the store, and where that fails in the spare file until the store can be
/// written again, for as long as a signal is held back.
/// </summary>
/// <param name="stop">A process that is to stop does not wait for the store once the spare file has the pair.</param>
internal sealed class TokenSaving(TokenStore store, TimeProvider clock, Action<string> warn, CancellationToken stop)
{
    private const int Attempts = 8;
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(0.25);
    private bool _isSpared;

    /// <param name="before">What the store held when the pair was asked for.</param>
    /// <exception cref="SinkException">The store cannot be written; the message says where the pair is.</exception>
    public async Task<KeptTokens> SaveAsync(KeptTokens before, TokenRecord next, TokenRecord previous)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TrySaveAsync(before, next, previous);
            }
            catch (SinkException e)
            {
                await SpareAsync(next);
                if (attempt == Attempts || (_isSpared && stop.IsCancellationRequested))
                    throw new SinkException(Outcome(e), e);
            }
            await Task.Delay(FirstWait * Math.Pow(2, attempt - 1), clock, CancellationToken.None);
        }
    }

    private async Task<KeptTokens> TrySaveAsync(KeptTokens before, TokenRecord next, TokenRecord previous)
    {
        var version = before.Version;
        while (true)
        {
            var kept = await store.WriteAsync(version, next, previous, CancellationToken.None);
            if (kept is null && await OthersAsync() is { } other)
            {
                version = VersionToReplace(other, next);
                continue;
            }
            // What is gone or cannot be opened holds nothing newer.
            kept ??= await store.OverwriteAsync(next, CancellationToken.None);
            await RemoveSpareAsync();
            return kept;
        }
    }

    /// <summary>What was written without the lease, such as after it was lost; null for nothing that opens.</summary>
    private async Task<KeptTokens?> OthersAsync()
    {
        try
        {
            return await store.ReadAsync(CancellationToken.None);
        }
        catch (ConfigurationException e)
        {
            warn(e.Message);
            return null;
        }
    }

    /// <exception cref="LockedException">It is newer, or of another consent.</exception>
    private string VersionToReplace(KeptTokens other, TokenRecord next) =>
        other.Current.Connection == next.Connection && other.Current.Generation < next.Generation
            ? other.Version
            : throw new LockedException(
                $"Another process has connected or refreshed {store.Location} during a refresh. Run again."
            );

    private async Task SpareAsync(TokenRecord next)
    {
        if (_isSpared)
            return;
        try
        {
            await store.WriteSpareAsync(next, CancellationToken.None);
            _isSpared = true;
            warn(
                $"{store.Location} cannot be written, and is tried again. The new tokens are saved, sealed, in "
                    + $"{store.SpareLocation} meanwhile."
            );
        }
        catch (SinkException e)
        {
            warn(
                $"The tokens can be saved neither in {store.Location} nor in {store.SpareLocation}; both are "
                    + $"tried again. {e.Message}"
            );
        }
    }

    private async Task RemoveSpareAsync()
    {
        if (!_isSpared)
            return;
        try
        {
            await store.DeleteSpareAsync(CancellationToken.None);
        }
        catch (SinkException e)
        {
            // It stays behind what the store holds, so nobody takes it.
            warn(e.Message);
        }
    }

    private string Outcome(SinkException e) =>
        _isSpared
            ? $"{e.Message} The new tokens are saved, sealed, in {store.SpareLocation}: the next start on this "
                + $"machine takes them from there. Make {store.Location} writable before."
            : $"{e.Message} The new tokens could not be saved in {store.SpareLocation} either, and are lost. Make "
                + "one of the two writable, then connect again: vplan-export connect";
}
