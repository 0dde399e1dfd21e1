using VPlanExport.Storage;

namespace VPlanExport.Tests.Lake;

/// <summary>Something happens once between the last data file and the commit.</summary>
internal sealed class InterruptedStore(IStore inner) : IStore
{
    private int _commits;

    public required Func<Task> BeforeCommit { get; init; }

    public string Location => inner.Location;

    public async Task<bool> PutIfAbsentAsync(
        string path,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken
    )
    {
        if (_commits++ == 0)
            await BeforeCommit();
        return await inner.PutIfAbsentAsync(path, content, cancellationToken);
    }

    public Task PutAsync(string path, Func<Stream, Task> write, CancellationToken cancellationToken) =>
        inner.PutAsync(path, write, cancellationToken);

    public Task PutFileAsync(string path, string localFile, CancellationToken cancellationToken) =>
        inner.PutFileAsync(path, localFile, cancellationToken);

    public Task<Stream?> OpenAsync(string path, CancellationToken cancellationToken) =>
        inner.OpenAsync(path, cancellationToken);

    public Task<IReadOnlyList<StoredFile>> ListAsync(string prefix, CancellationToken cancellationToken) =>
        inner.ListAsync(prefix, cancellationToken);

    public Task DeleteAsync(string path, CancellationToken cancellationToken) =>
        inner.DeleteAsync(path, cancellationToken);

    public Task<string> LocalAsync(string path, CancellationToken cancellationToken) =>
        inner.LocalAsync(path, cancellationToken);

    public IStore Below(string folder) => inner.Below(folder);

    public Task<VersionedFile?> ReadAsync(string path, CancellationToken cancellationToken) =>
        inner.ReadAsync(path, cancellationToken);

    public Task<string?> ReplaceAsync(
        string path,
        string? version,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken
    ) => inner.ReplaceAsync(path, version, content, cancellationToken);

    public Task<IReadOnlyList<string>> FoldersAsync(string folder, CancellationToken cancellationToken) =>
        inner.FoldersAsync(folder, cancellationToken);

    public Task DeleteFolderAsync(string folder, string last, CancellationToken cancellationToken) =>
        inner.DeleteFolderAsync(folder, last, cancellationToken);

    public Task<Lease?> LeaseAsync(string path, CancellationToken cancellationToken) =>
        inner.LeaseAsync(path, cancellationToken);
}
