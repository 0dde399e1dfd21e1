namespace VPlanExport.Storage;

/// <summary>A file in a store: path with forward slashes, relative to the store's root.</summary>
internal readonly record struct StoredFile(string Path, long Bytes, DateTimeOffset ModifiedAt);

/// <summary>A small file, and the version that tells whether it was replaced since.</summary>
internal sealed record VersionedFile(byte[] Content, string Version);

/// <summary>
/// Where bytes live: a folder, or a prefix of a blob container. Paths use forward slashes and are relative. Writes are
/// atomic: a reader sees the old bytes, the new bytes, or nothing, never a part. Every failure of the store itself is a
/// <see cref="SinkException"/> that names the path.
/// </summary>
internal interface IStore
{
    /// <summary>The location, for people.</summary>
    string Location { get; }

    /// <summary>The place finds flipped bits itself: what comes from there is what was put.</summary>
    bool DetectsCorruption => false;

    /// <summary>The store of everything below a folder of this one.</summary>
    IStore Below(string folder);

    /// <summary>Writes or replaces a file.</summary>
    Task PutAsync(string path, Func<Stream, Task> write, CancellationToken cancellationToken);

    /// <summary>Writes a file unless there is one: false, and nothing changed, when there is.</summary>
    Task<bool> PutIfAbsentAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>A small file with its version; null when there is none.</summary>
    Task<VersionedFile?> ReadAsync(string path, CancellationToken cancellationToken);

    /// <summary>
    /// Replaces a small file that still has this version, or makes one where there is none and
    /// <paramref name="version"/> is null. What it wrote outlives a loss of power.
    /// </summary>
    /// <returns>The new version; null, and nothing changed, when another writer was first.</returns>
    Task<string?> ReplaceAsync(
        string path,
        string? version,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken
    );

    /// <summary>Moves or copies a local file into the store; the local file may be gone afterwards.</summary>
    Task PutFileAsync(string path, string localFile, CancellationToken cancellationToken);

    /// <summary>A seekable stream, or null when there is no such file.</summary>
    Task<Stream?> OpenAsync(string path, CancellationToken cancellationToken);

    /// <summary>Every file whose path starts with <paramref name="prefix"/>, in ordinal order of path.</summary>
    Task<IReadOnlyList<StoredFile>> ListAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Names of the folders right below a folder (<c>""</c> for the root), in ordinal order.</summary>
    Task<IReadOnlyList<string>> FoldersAsync(string folder, CancellationToken cancellationToken);

    /// <summary>Deletes a file; no error when there is none.</summary>
    Task DeleteAsync(string path, CancellationToken cancellationToken);

    /// <summary>Deletes a folder and everything below it, the file <paramref name="last"/> last; no error when there is
    /// none.</summary>
    Task DeleteFolderAsync(string folder, string last, CancellationToken cancellationToken);

    /// <summary>A local path that holds the file's bytes, for libraries that only read files.</summary>
    Task<string> LocalAsync(string path, CancellationToken cancellationToken);

    /// <summary>Holds a name exclusively: null when someone else does.</summary>
    Task<Lease?> LeaseAsync(string path, CancellationToken cancellationToken);
}

/// <summary>An exclusive hold on a name in a store. Disposing it lets go; a holder that died lets go by
/// itself.</summary>
internal abstract class Lease : IAsyncDisposable
{
    /// <summary>Cancelled when the hold was lost.</summary>
    public abstract CancellationToken Lost { get; }

    /// <summary>Asks the store whether the hold still stands: the last thing to do before something is shown to
    /// others.</summary>
    /// <exception cref="LockedException">It was lost.</exception>
    /// <exception cref="SinkException">The store cannot be asked.</exception>
    public abstract Task EnsureHeldAsync(CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}
