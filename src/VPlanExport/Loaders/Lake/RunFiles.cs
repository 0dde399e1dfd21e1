using VPlanExport.Model;
using VPlanExport.Storage;

namespace VPlanExport.Loaders.Lake;

/// <summary>The row files of a run.</summary>
internal static class RunFiles
{
    /// <exception cref="SinkException">The file is not there.</exception>
    public static async Task<Stream> OpenAsync(IStore runStore, Table table, RowFileInfo file, CancellationToken cancellationToken) =>
        await runStore.OpenAsync(file.Path, cancellationToken)
        ?? throw new SinkException($"The run's row file '{file.Path}' of table {table} is not in {runStore.Location}: transform the run again.");
}
