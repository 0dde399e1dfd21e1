using System.Text.Json;
using VPlanExport.Storage;

namespace VPlanExport.Runs;

/// <summary>One run at a time in a work folder. The store lets go of the lock when its holder ends, however it ends; a file beside it names the holder.</summary>
public sealed class RunLock : IAsyncDisposable
{
    private const string File = "run.lock";
    private const string HolderFile = "run.lock.json";
    private const int Attempts = 10;
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(200);
    private readonly Lease _lease;

    private RunLock(Lease lease) => _lease = lease;

    /// <summary>Cancelled when the lock was lost, which ends what runs under it.</summary>
    public CancellationToken Lost => _lease.Lost;

    /// <summary>Waits two seconds for a holder that only looks.</summary>
    /// <param name="workFolder">The store of the work folder.</param>
    /// <param name="command">What asks for it, as others are told.</param>
    /// <exception cref="LockedException">Another process holds the lock; the message names it.</exception>
    public static async Task<RunLock> AcquireAsync(IStore workFolder, string command, TimeProvider clock, CancellationToken cancellationToken)
    {
        var holder = new Holder(Environment.ProcessId, Environment.MachineName, command, clock.GetUtcNow().UtcDateTime);
        for (var attempt = 1; ; attempt++)
        {
            if (await LeaseAsync(workFolder, cancellationToken) is { } lease)
                return await SignedAsync(lease, workFolder, holder, cancellationToken);
            if (attempt == Attempts)
                throw new LockedException($"Another run holds {workFolder.Location}/{File}: {await DescribeAsync(workFolder, cancellationToken)}. Wait until it has ended, then run again.");
            await Task.Delay(Wait, clock, cancellationToken);
        }
    }

    /// <summary>The last thing to do before something is shown to others.</summary>
    /// <exception cref="LockedException">The lock was lost.</exception>
    public Task EnsureHeldAsync(CancellationToken cancellationToken) => _lease.EnsureHeldAsync(cancellationToken);

    public ValueTask DisposeAsync() => _lease.DisposeAsync();

    private static async Task<Lease?> LeaseAsync(IStore workFolder, CancellationToken cancellationToken)
    {
        try
        {
            return await workFolder.LeaseAsync(File, cancellationToken);
        }
        catch (SinkException e)
        {
            throw new SinkException($"The work folder {workFolder.Location} cannot be written (Runs:WorkFolder). {e.Message}", e);
        }
    }

    private static async Task<RunLock> SignedAsync(Lease lease, IStore workFolder, Holder holder, CancellationToken cancellationToken)
    {
        try
        {
            await workFolder.PutAsync(HolderFile, stream => JsonSerializer.SerializeAsync(stream, holder, cancellationToken: cancellationToken), cancellationToken);
            return new RunLock(lease);
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }

    private static async Task<string> DescribeAsync(IStore workFolder, CancellationToken cancellationToken)
    {
        try
        {
            var holder = JsonSerializer.Deserialize<Holder>((await workFolder.ReadAsync(HolderFile, cancellationToken))!.Content)!;
            return FormattableString.Invariant($"process {holder.Process} on {holder.Machine}, '{holder.Command}', since {holder.Since:yyyy-MM-dd HH:mm:ss}Z");
        }
        catch (Exception e) when (e is SinkException or JsonException or NullReferenceException)
        {
            return "its holder is not known";
        }
    }

    private sealed record Holder(int Process, string Machine, string Command, DateTime Since);
}
