using System.Text.Json;
using VPlanExport.Storage;

namespace VPlanExport.Runs;

/// <summary>One run at a time in a work folder. The store lets go of the lock when its holder ends, however it ends; a
/// file beside it names the holder.</summary>
internal sealed class RunLock : IAsyncDisposable
{
    private const string File = "run.lock";
    private const string HolderFile = "run.lock.json";
    private const int Attempts = 10;
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private readonly Lease _lease;

    private RunLock(Lease lease) => _lease = lease;

    /// <summary>Cancelled when the lock was lost, which ends what runs under it.</summary>
    public CancellationToken Lost => _lease.Lost;

    /// <summary>Waits two seconds for a holder that only looks.</summary>
    /// <inheritdoc cref="AcquireAsync(IStore, string, TimeProvider, LockPatience, CancellationToken)"/>
    public static Task<RunLock> AcquireAsync(
        IStore workFolder,
        string command,
        TimeProvider clock,
        CancellationToken cancellationToken
    ) => AcquireAsync(workFolder, command, clock, LockPatience.None, cancellationToken);

    /// <summary>Waits two seconds for a holder that only looks, and for as long as it takes for one that there is
    /// patience for: a second at most after it has let go.</summary>
    /// <param name="workFolder">The store of the work folder.</param>
    /// <param name="command">What asks for it, as others are told.</param>
    /// <exception cref="LockedException">Another process holds the lock; the message names it.</exception>
    public static async Task<RunLock> AcquireAsync(
        IStore workFolder,
        string command,
        TimeProvider clock,
        LockPatience patience,
        CancellationToken cancellationToken
    )
    {
        var me = new Holder(Environment.ProcessId, Environment.MachineName, command, clock.GetUtcNow().UtcDateTime);
        for (var attempt = 1; ; attempt++)
        {
            if (await LeaseAsync(workFolder, cancellationToken) is { } lease)
                return await SignedAsync(lease, workFolder, me, cancellationToken);
            if (attempt >= Attempts)
                await BearAsync(workFolder, patience, isFirst: attempt == Attempts, cancellationToken);
            await Task.Delay(attempt < Attempts ? Wait : Poll, clock, cancellationToken);
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
            throw new SinkException(
                $"The work folder {workFolder.Location} cannot be written (Runs:WorkFolder). {e.Message}",
                e
            );
        }
    }

    private static async Task<RunLock> SignedAsync(
        Lease lease,
        IStore workFolder,
        Holder holder,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await workFolder.PutAsync(
                HolderFile,
                stream => JsonSerializer.SerializeAsync(stream, holder, cancellationToken: cancellationToken),
                cancellationToken
            );
            return new RunLock(lease);
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="LockedException">There is no patience for the holder.</exception>
    private static async Task BearAsync(
        IStore workFolder,
        LockPatience patience,
        bool isFirst,
        CancellationToken cancellationToken
    )
    {
        var holder = await HolderAsync(workFolder, cancellationToken);
        if (!patience.For(holder?.Command ?? ""))
            throw new LockedException(
                $"Another run holds {workFolder.Location}/{File}: "
                    + $"{holder?.ToString() ?? "its holder is not known"}. Wait until it has ended, then run again."
            );
        if (isFirst)
            patience.Tell($"Waiting until another run has ended: {holder?.ToString() ?? "its holder is not known"}.");
    }

    /// <summary>Null when it is not known.</summary>
    private static async Task<Holder?> HolderAsync(IStore workFolder, CancellationToken cancellationToken)
    {
        try
        {
            return await workFolder.ReadAsync(HolderFile, cancellationToken) is { } file
                ? JsonSerializer.Deserialize<Holder>(file.Content)
                : null;
        }
        catch (Exception e) when (e is SinkException or JsonException)
        {
            return null;
        }
    }

    private sealed record Holder(int Process, string Machine, string Command, DateTime Since)
    {
        public override string ToString() =>
            FormattableString.Invariant(
                $"process {Process} on {Machine}, '{Command}', since {Since:yyyy-MM-dd HH:mm:ss}Z"
            );
    }
}

/// <summary>Whose lock is waited for.</summary>
/// <param name="For">Told the holder's command, empty when it is not known: true to wait.</param>
/// <param name="Tell">Told once whom it waits for.</param>
internal sealed record LockPatience(Func<string, bool> For, Action<string> Tell)
{
    public static readonly LockPatience None = new(_ => false, _ => { });
}
