using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using VPlanExport.Storage;

namespace VPlanExport.Lake.Delta;

/// <summary>
/// The log of one Delta table: a JSON file a version, and a checkpoint now and then. What the table is now is read once
/// and moved forward by this object's own commits. Another writer's commit is found when the next version is put.
/// </summary>
internal sealed class DeltaLog(IStore store, string table)
{
    private const byte LineEnd = (byte)'\n';

    private static readonly JsonSerializerOptions JsonForm = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
    };
    private readonly Checkpoint _checkpoint = new(store, table);
    private Kept? _kept;

    /// <summary>The table as it is now; null when there is no such table.</summary>
    /// <exception cref="SinkException">The log is damaged, has a gap, or needs a newer reader.</exception>
    public async Task<Snapshot?> CurrentAsync(CancellationToken cancellationToken)
    {
        if (_kept is { } kept)
            return kept.Snapshot;
        var snapshot = await ReadAsync(null, cancellationToken);
        _kept = new Kept(snapshot);
        return snapshot;
    }

    /// <summary>The table at a version, or as the log says at this moment; null when there is no such table.</summary>
    /// <exception cref="SinkException">The log is damaged, has a gap, or needs a newer reader.</exception>
    public async Task<Snapshot?> ReadAsync(long? version, CancellationToken cancellationToken)
    {
        var files = await LogFiles.ListAsync(store, table, cancellationToken);
        if (files.Newest < 0)
            return null;
        var target = version ?? files.Newest;
        if (target < 0 || target > files.Newest)
            throw new SinkException(
                $"Table {table} has no version {target}: the newest in {store.Location} is {files.Newest}."
            );
        var snapshot = await BaseAsync(files, target, cancellationToken);
        for (var next = snapshot.Version + 1; next <= target; next++)
            await ApplyAsync(snapshot, next, cancellationToken);
        return Checked(snapshot);
    }

    /// <summary>The actions of one version, or null when it has not been committed.</summary>
    public async Task<IReadOnlyList<DeltaAction>?> ReadCommitAsync(long version, CancellationToken cancellationToken)
    {
        var path = LogFiles.Commit(table, version);
        if (await store.ReadAsync(path, cancellationToken) is not { } commit)
            return null;
        using var reader = new StreamReader(new MemoryStream(commit.Content));
        var actions = new List<DeltaAction>();
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Length > 0)
                actions.Add(Parse(path, line, actions.Count + 1));
        }
        if (
            actions is [{ CommitInfo.Checksum: { } checksum }, ..]
            && checksum != Checksum.Of(commit.Content.AsSpan(commit.Content.IndexOf(LineEnd) + 1))
        )
            throw new SinkException(
                $"'{path}' in {store.Location} is damaged (its checksum is not that of what was written): {Advice}"
            );
        return actions;
    }

    /// <summary>Puts the version after a snapshot unless it is there.</summary>
    /// <returns>The next snapshot; null when another writer was first.</returns>
    public async Task<Snapshot?> TryCommitAsync(
        Snapshot before,
        CommitInfo commit,
        IReadOnlyList<DeltaAction> actions,
        CancellationToken cancellationToken
    )
    {
        var changes = Lines(actions);
        commit.Checksum = Checksum.Of(changes);
        byte[] content = [.. Lines([new DeltaAction { CommitInfo = commit }]), .. changes];
        var next = before.After(actions);
        // Only an answer says whether the version was put: until then, nothing is known of the table.
        _kept = null;
        if (!await store.PutIfAbsentAsync(LogFiles.Commit(table, next.Version), content, cancellationToken))
            return null;
        _kept = new Kept(next);
        return next;
    }

    /// <summary>Writes a snapshot down so that readers need not start at version 0.</summary>
    /// <param name="tombstonesFrom">Milliseconds since 1970: older tombstones are left out.</param>
    public Task CheckpointAsync(Snapshot snapshot, long tombstonesFrom, CancellationToken cancellationToken) =>
        _checkpoint.WriteAsync(snapshot, tombstonesFrom, cancellationToken);

    private static byte[] Lines(IEnumerable<DeltaAction> actions)
    {
        using var lines = new MemoryStream();
        foreach (var action in actions)
        {
            JsonSerializer.Serialize(lines, action, JsonForm);
            lines.WriteByte(LineEnd);
        }
        return lines.ToArray();
    }

    private async Task<Snapshot> BaseAsync(LogFiles files, long target, CancellationToken cancellationToken)
    {
        foreach (var version in files.Checkpoints.Reverse().Where(v => v <= target))
        {
            if (await _checkpoint.ReadAsync(version, cancellationToken) is { } snapshot)
                return snapshot;
        }
        return new Snapshot();
    }

    private async Task ApplyAsync(Snapshot snapshot, long version, CancellationToken cancellationToken)
    {
        var actions =
            await ReadCommitAsync(version, cancellationToken)
            ?? throw new SinkException(
                $"The log of table {table} lacks version {version} ('{LogFiles.Commit(table, version)}' in "
                    + $"{store.Location}): {Advice}"
            );
        foreach (var action in actions)
            snapshot.Apply(action);
        snapshot.Version = version;
    }

    private DeltaAction Parse(string path, string line, int number)
    {
        try
        {
            var action =
                JsonSerializer.Deserialize<DeltaAction>(line, JsonForm) ?? throw new JsonException("the line is null");
            action.Add?.Check();
            return action;
        }
        catch (JsonException e)
        {
            throw new SinkException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{path}' in {store.Location} is damaged at line {number} ({e.Message}): {Advice}"
                ),
                e
            );
        }
    }

    private Snapshot Checked(Snapshot snapshot)
    {
        if (snapshot.MetaData is null || snapshot.Protocol is null)
            throw new SinkException(
                $"The log of table {table} in {store.Location} has no protocol or no schema up to version "
                    + $"{snapshot.Version}: {Advice}"
            );
        if (snapshot.Protocol.MinReaderVersion > 1)
            throw new SinkException(
                $"Table {table} in {store.Location} asks for Delta reader version "
                    + $"{snapshot.Protocol.MinReaderVersion}, and 1 is known here: another program has upgraded it; "
                    + $"{Advice}"
            );
        return snapshot;
    }

    private string Advice =>
        $"restore it from a backup, or delete the folder '{table}' and load it again with 'load --all'.";

    /// <param name="Snapshot">Null when there is no such table.</param>
    private sealed record Kept(Snapshot? Snapshot);
}

/// <summary>The names in a table's log folder.</summary>
internal sealed record LogFiles(IReadOnlyList<long> Commits, IReadOnlyList<long> Checkpoints)
{
    public const string CommitEnding = ".json";
    public const string CheckpointEnding = ".checkpoint.parquet";
    private const int Digits = 20;

    public long Newest => Math.Max(Commits.LastOrDefault(-1), Checkpoints.LastOrDefault(-1));

    public static string Folder(string table) => $"{table}/_delta_log/";

    public static string Commit(string table, long version) => $"{Folder(table)}{Name(version)}{CommitEnding}";

    public static string Checkpoint(string table, long version) => $"{Folder(table)}{Name(version)}{CheckpointEnding}";

    public static string LastCheckpoint(string table) => $"{Folder(table)}_last_checkpoint";

    public static async Task<LogFiles> ListAsync(IStore store, string table, CancellationToken cancellationToken)
    {
        var all = await store.ListAsync(Folder(table), cancellationToken);
        return new LogFiles(Versions(all, CommitEnding), Versions(all, CheckpointEnding));
    }

    /// <summary>The version a log file is about, or null for other files.</summary>
    public static long? Version(string path, string ending)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return
            name.Length == Digits + ending.Length
            && name.EndsWith(ending, StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(0, Digits), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : null;
    }

    private static string Name(long version) => version.ToString("D20", CultureInfo.InvariantCulture);

    private static List<long> Versions(IReadOnlyList<StoredFile> files, string ending) =>
        [.. files.Select(f => Version(f.Path, ending)).OfType<long>().Order()];
}
