namespace VPlanExport.Storage;

/// <summary>An exclusive hold on a name in a store. Disposing it lets go; a holder that died lets go by itself.</summary>
public abstract class Lease : IAsyncDisposable
{
    /// <summary>Cancelled when the hold was lost.</summary>
    public abstract CancellationToken Lost { get; }

    /// <summary>Asks the store whether the hold still stands: the last thing to do before something is shown to others.</summary>
    /// <exception cref="LockedException">It was lost.</exception>
    /// <exception cref="SinkException">The store cannot be asked.</exception>
    public abstract Task EnsureHeldAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
