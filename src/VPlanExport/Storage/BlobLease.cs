using Azure;
using Azure.Storage.Blobs.Specialized;

namespace VPlanExport.Storage;

/// <summary>A lease on a blob, renewed while it is held. The store ends it a minute after the last renewal, so a holder
/// that died is taken over.</summary>
internal sealed class BlobLease : Lease
{
    /// <summary>Seconds that Azure keeps a lease that is not renewed: 15 to 60.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan RenewEvery = Duration / 4;
    private readonly BlobLeaseClient _lease;
    private readonly string _name;
    private readonly BlobAccess _access;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _done = new();
    private readonly Task _renewing;

    public BlobLease(BlobLeaseClient lease, string name, BlobAccess access)
    {
        (_lease, _name, _access) = (lease, name, access);
        _renewing = Task.Run(RenewAsync);
    }

    public override CancellationToken Lost => _lost.Token;

    public override async Task EnsureHeldAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _lease.RenewAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException e) when (IsLoss(e))
        {
            await _lost.CancelAsync();
            throw new LockedException(
                $"The lock {_name} was lost: this process did not renew it in time, and another may work there "
                    + "now. What was not published yet was left to that one; run again when it has ended."
            );
        }
        catch (Exception e) when (BlobFault.IsFault(e))
        {
            throw BlobFault.Of(_name, e, _access);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _done.CancelAsync();
        await _renewing;
        try
        {
            await _lease.ReleaseAsync();
        }
        catch (Exception e) when (BlobFault.IsFault(e))
        {
            // It ends by itself, a minute after the last renewal.
        }
        _lost.Dispose();
        _done.Dispose();
    }

    /// <summary>A renewal that cannot reach the store is tried again: the lease stands until it has expired, and
    /// fencing asks again.</summary>
    private async Task RenewAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(RenewEvery, _done.Token);
                try
                {
                    await _lease.RenewAsync(cancellationToken: _done.Token);
                }
                catch (RequestFailedException e) when (IsLoss(e))
                {
                    await _lost.CancelAsync();
                    return;
                }
                catch (Exception e) when (BlobFault.IsFault(e))
                {
                    continue;
                }
            }
        }
        catch (OperationCanceledException) when (_done.IsCancellationRequested)
        {
            // Let go of.
        }
    }

    // 404: the blob or its container is gone; 409 and 412: the lease is another's or has expired.
    private static bool IsLoss(RequestFailedException e) => e.Status is 404 or 409 or 412;
}
