using System.Globalization;
using VPlanExport.Storage;

namespace VPlanExport.Loaders.Lake;

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
        return name.Length == Digits + ending.Length && name.EndsWith(ending, StringComparison.Ordinal)
            && long.TryParse(name.AsSpan(0, Digits), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
    }

    private static string Name(long version) => version.ToString("D20", CultureInfo.InvariantCulture);

    private static List<long> Versions(IReadOnlyList<StoredFile> files, string ending) =>
        [.. files.Select(f => Version(f.Path, ending)).OfType<long>().Order()];
}
