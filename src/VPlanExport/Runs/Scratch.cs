using VPlanExport.Storage;

namespace VPlanExport.Runs;

/// <summary>Where a backfill keeps what it has read and not published: beside the runs, so that nothing takes it for a run that was interrupted.</summary>
/// <param name="workFolder">The store of the work folder, whose lock is held.</param>
internal sealed class Scratch(IStore workFolder)
{
    private const string Folder = "plans";

    public RunFolder Open(string name) => new(name, workFolder.Below($"{Folder}/{name}"));

    /// <summary>Removes everything there is.</summary>
    public async Task ClearAsync(CancellationToken cancellationToken)
    {
        foreach (var name in await workFolder.FoldersAsync(Folder, cancellationToken))
            await workFolder.DeleteFolderAsync($"{Folder}/{name}", $"{Folder}/{name}/plan.json", cancellationToken);
    }
}
