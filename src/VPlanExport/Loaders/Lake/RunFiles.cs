using VPlanExport.Model;
using VPlanExport.Storage;

namespace VPlanExport.Loaders.Lake;

/// <summary>The row files of a run.</summary>
internal static class RunFiles
{
    /// <summary>Before the first table is changed: so that no damage found on the way leaves the lake with half a run.</summary>
    /// <exception cref="SinkException">A file is not what was written.</exception>
    public static async Task CheckAsync(ChangeSet changes, IStore runStore, CancellationToken cancellationToken)
    {
        foreach (var file in changes.Tables.SelectMany(change => change.Files))
        {
            await using var whole = await runStore.OpenAsync(file.Path, file.Checksum, RowFile.Advice, cancellationToken);
        }
    }

    /// <exception cref="SinkException">The file is not there or not what was written.</exception>
    public static async Task<Stream> OpenAsync(IStore runStore, Table table, RowFileInfo file, CancellationToken cancellationToken) =>
        await runStore.OpenAsync(file.Path, file.Checksum, RowFile.Advice, cancellationToken)
        ?? throw new SinkException($"The run's row file '{file.Path}' of table {table} is not in {runStore.Location}. {RowFile.Advice}");
}
