using System.Text;
using VPlanExport.Storage;

namespace VPlanExport.Runs.Starts;

/// <summary>
/// Every start of a command that works, below the work folder: <c>starts/ID.json</c> says what became of it, and
/// <c>logs/ID.log</c> what it said. A start holds <c>starts/ID.lock</c> while it works, so a lock that nobody holds
/// belongs to a process that died.
/// </summary>
/// <param name="workFolder">The store of the work folder.</param>
internal sealed class StartJournal(IStore workFolder, TimeProvider clock)
{
    public const string Folder = "starts";
    public const string Logs = "logs";
    private const string Entry = ".json";
    private const string Lock = ".lock";
    private const string Advice = "Delete it: nothing but the journal of starts needs it.";

    /// <summary>The place of a start's log, for people.</summary>
    public string LogOf(string id) => $"{workFolder.Location}/{Logs}/{id}.log";

    /// <summary>Begins the trace of a start.</summary>
    /// <exception cref="SinkException">The work folder cannot be written.</exception>
    public async Task<OpenStart> BeginAsync(string command, string environment, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var id = FormattableString.Invariant(
            $"{now:yyyyMMdd'T'HHmmss'Z'}-{now:fff}{Guid.NewGuid().ToString("N")[..5]}"
        );
        var start = new Start(id, command, now, Environment.ProcessId, Environment.MachineName)
        {
            Environment = environment,
        };
        var lease =
            await workFolder.LeaseAsync($"{Folder}/{id}{Lock}", cancellationToken)
            ?? throw new SinkException($"{workFolder.Location}/{Folder}/{id}{Lock} is held by another process.");
        try
        {
            await PutAsync(start, cancellationToken);
            return new OpenStart(this, start, lease);
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }

    /// <summary>The newest starts, the newest first: all since a time, those that still work, and so many in any case.
    /// An entry that is damaged is left out.</summary>
    /// <param name="since">UTC; null for all.</param>
    public async Task<IReadOnlyList<Start>> NewestAsync(
        DateTime? since,
        int atLeast,
        CancellationToken cancellationToken
    )
    {
        var files = await workFolder.ListAsync($"{Folder}/", cancellationToken);
        var open = Ids(files, Lock).ToHashSet();
        var (starts, isOlder) = (new List<Start>(), false);
        foreach (var id in Ids(files, Entry))
        {
            if (isOlder && starts.Count >= atLeast && !open.Contains(id))
                continue;
            if (await FindAsync(id) is not { } start)
                continue;
            starts.Add(start);
            isOlder = (start.EndedAt ?? start.StartedAt) <= since;
        }
        return starts;
    }

    /// <summary>Marks the starts whose processes died, which nobody has done yet.</summary>
    /// <returns>Those starts, the newest first.</returns>
    public async Task<IReadOnlyList<Start>> MarkDeadAsync(CancellationToken cancellationToken)
    {
        var dead = new List<Start>();
        foreach (var id in Ids(await workFolder.ListAsync($"{Folder}/", cancellationToken), Lock))
        {
            if (await IsHeldAsync(id))
                continue;
            if (await FindAsync(id) is { EndedAt: null, IsDead: false } start)
            {
                dead.Add(start with { IsDead = true, IsRunning = false });
                await PutAsync(dead[^1], cancellationToken);
            }
            await workFolder.DeleteAsync($"{Folder}/{id}{Lock}", cancellationToken);
        }
        return dead;
    }

    /// <summary>Removes the traces of starts before a time; a lock stays, because it may be held.</summary>
    public async Task PruneAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        foreach (var folder in new[] { Folder, Logs })
        {
            foreach (var file in await workFolder.ListAsync($"{folder}/", cancellationToken))
            {
                if (
                    !file.Path.EndsWith(Lock, StringComparison.Ordinal)
                    && RunStore.StartOf(file.Path[(folder.Length + 1)..]) < before
                )
                    await workFolder.DeleteAsync(file.Path, cancellationToken);
            }
        }
    }

    internal Task PutAsync(Start start, CancellationToken cancellationToken) =>
        workFolder.PutJsonAsync($"{Folder}/{start.Id}{Entry}", start, cancellationToken);

    internal Task PutLogAsync(string id, string text, CancellationToken cancellationToken) =>
        workFolder.PutAsync(
            $"{Logs}/{id}.log",
            stream => stream.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).AsTask(),
            cancellationToken
        );

    internal Task UnlockAsync(string id, CancellationToken cancellationToken) =>
        workFolder.DeleteAsync($"{Folder}/{id}{Lock}", cancellationToken);

    private async Task<Start?> FindAsync(string id)
    {
        try
        {
            var start = await workFolder.ReadJsonAsync<Start>($"{Folder}/{id}{Entry}", Advice, CancellationToken.None);
            return start is { EndedAt: null, IsDead: false } ? start with { IsRunning = await IsHeldAsync(id) } : start;
        }
        catch (SinkException)
        {
            return null;
        }
    }

    /// <summary>Where this account may not write, nobody can say: then it counts as held.</summary>
    private async Task<bool> IsHeldAsync(string id)
    {
        try
        {
            await using var lease = await workFolder.LeaseAsync($"{Folder}/{id}{Lock}", CancellationToken.None);
            return lease is null;
        }
        catch (SinkException)
        {
            return true;
        }
    }

    private static IEnumerable<string> Ids(IReadOnlyList<StoredFile> files, string extension) =>
        files
            .Where(f => f.Path.EndsWith(extension, StringComparison.Ordinal))
            .Select(f => f.Path[(Folder.Length + 1)..^extension.Length])
            .OrderDescending(StringComparer.Ordinal);
}

/// <summary>A start that works, with the lock that says so.</summary>
internal sealed class OpenStart(StartJournal journal, Start start, Lease lease)
{
    public Start Start { get; private set; } = start;

    public string LogPlace => journal.LogOf(Start.Id);

    public async Task PutAsync(Start changed, string log, CancellationToken cancellationToken)
    {
        if (changed != Start)
            await journal.PutAsync(changed, cancellationToken);
        Start = changed;
        await journal.PutLogAsync(Start.Id, log, cancellationToken);
    }

    /// <summary>Says that nothing works any more.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        await lease.DisposeAsync();
        await journal.UnlockAsync(Start.Id, cancellationToken);
    }
}
