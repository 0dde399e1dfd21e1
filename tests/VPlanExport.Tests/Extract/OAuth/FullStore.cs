using VPlanExport.Storage;

namespace VPlanExport.Tests.Extract.OAuth;

/// <summary>A store on a disk that is full after some writes of small files.</summary>
internal sealed class FullStore(IStore inner) : IStore
{
    /// <summary>Writes that it still takes.</summary>
    public int Left { get; set; }

    /// <summary>Writes that it has refused.</summary>
    public int Refused { get; private set; }

    public string Location => inner.Location;

    public IStore Below(string folder) => throw new NotSupportedException();

    public Task PutAsync(string path, Func<Stream, Task> write, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<bool> PutIfAbsentAsync(
        string path,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<VersionedFile?> ReadAsync(string path, CancellationToken cancellationToken) =>
        inner.ReadAsync(path, cancellationToken);

    public Task<string?> ReplaceAsync(
        string path,
        string? version,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken
    )
    {
        if (Left-- > 0)
            return inner.ReplaceAsync(path, version, content, cancellationToken);
        Refused++;
        throw new SinkException($"Cannot use '{path}' in {Location}: the disk is full.");
    }

    public Task PutFileAsync(string path, string localFile, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Stream?> OpenAsync(string path, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<StoredFile>> ListAsync(string prefix, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<string>> FoldersAsync(string folder, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task DeleteAsync(string path, CancellationToken cancellationToken) =>
        inner.DeleteAsync(path, cancellationToken);

    public Task DeleteFolderAsync(string folder, string last, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<string> LocalAsync(string path, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<Lease?> LeaseAsync(string path, CancellationToken cancellationToken) =>
        inner.LeaseAsync(path, cancellationToken);
}
