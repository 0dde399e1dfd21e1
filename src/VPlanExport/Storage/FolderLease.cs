namespace VPlanExport.Storage;

/// <summary>A file that the operating system lets one process open; it lets go when the process ends, however it ends.</summary>
internal sealed class FolderLease(FileStream file) : Lease
{
    public override CancellationToken Lost => CancellationToken.None;

    public override Task EnsureHeldAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override ValueTask DisposeAsync() => file.DisposeAsync();
}
