namespace VPlanExport.Storage;

/// <summary>A file in a store: path with forward slashes, relative to the store's root.</summary>
public readonly record struct StoredFile(string Path, long Bytes, DateTimeOffset ModifiedAt);

/// <summary>
/// Where bytes live: a folder, or (with the Azure sink) a blob container. Paths use forward slashes and are relative. Writes are
/// atomic: a reader sees the old bytes, the new bytes, or nothing, never a part. Every failure of the store itself is a
/// <see cref="SinkException"/> that names the path.
/// </summary>
public interface IStore
{
    /// <summary>The location, for people.</summary>
    string Location { get; }

    /// <summary>Writes or replaces a file.</summary>
    Task PutAsync(string path, Func<Stream, Task> write, CancellationToken cancellationToken = default);

    /// <summary>Writes a file unless there is one: false, and nothing changed, when there is.</summary>
    Task<bool> PutIfAbsentAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default);

    /// <summary>Moves or copies a local file into the store; the local file may be gone afterwards.</summary>
    Task PutFileAsync(string path, string localFile, CancellationToken cancellationToken = default);

    /// <summary>A seekable stream, or null when there is no such file.</summary>
    Task<Stream?> OpenAsync(string path, CancellationToken cancellationToken = default);

    /// <summary>Every file whose path starts with <paramref name="prefix"/>, in ordinal order of path.</summary>
    Task<IReadOnlyList<StoredFile>> ListAsync(string prefix, CancellationToken cancellationToken = default);

    /// <summary>Deletes a file; no error when there is none.</summary>
    Task DeleteAsync(string path, CancellationToken cancellationToken = default);

    /// <summary>A local path that holds the file's bytes, for libraries that only read files.</summary>
    Task<string> LocalAsync(string path, CancellationToken cancellationToken = default);
}
