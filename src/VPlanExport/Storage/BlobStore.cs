using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace VPlanExport.Storage;

/// <summary>
/// A store below a prefix of an Azure Blob container. A blob's bytes are shown when its last block is committed, so a
/// write that dies shows nothing. Large files go up in blocks, a few at once.
/// </summary>
/// <param name="prefix">Without a slash at either end; empty for the whole container.</param>
/// <param name="localFolder">Where files are written before they go up, and where <see cref="LocalAsync"/> brings
/// them.</param>
internal sealed class BlobStore(BlobContainerClient container, string prefix, string localFolder, BlobAccess access)
    : IStore
{
    private static readonly StorageTransferOptions Blocks = new()
    {
        InitialTransferSize = 8 << 20,
        MaximumTransferSize = 8 << 20,
        MaximumConcurrency = 4,
    };

    /// <summary>Reading and writing many small blobs waits for the network, not for this machine.</summary>
    private const int AtOnce = 8;

    public string Location { get; } = prefix == "" ? container.Uri.ToString() : $"{container.Uri}/{prefix}";

    /// <summary>Azure Storage holds what it keeps against checksums and repairs it.</summary>
    public bool DetectsCorruption => true;

    public IStore Below(string folder) => new BlobStore(container, Name(folder), localFolder, access);

    public Task PutAsync(string path, Func<Stream, Task> write, CancellationToken cancellationToken) =>
        FolderFault.GuardAsync(
            localFolder,
            path,
            async () =>
            {
                await using var local = Spool();
                await write(local);
                await UploadAsync(path, local, cancellationToken);
            }
        );

    public async Task PutFileAsync(string path, string localFile, CancellationToken cancellationToken)
    {
        await using var local = new FileStream(
            localFile,
            FileMode.Open,
            FileAccess.Read,
            FileShare.Read,
            1 << 16,
            FileOptions.Asynchronous | FileOptions.DeleteOnClose
        );
        await UploadAsync(path, local, cancellationToken);
    }

    public async Task<bool> PutIfAbsentAsync(
        string path,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken
    )
    {
        if (await ReplaceAsync(path, null, content, cancellationToken) is not null)
            return true;
        // An upload whose answer was lost is sent again, and then finds itself there.
        return await ReadAsync(path, cancellationToken) is { } there && content.Span.SequenceEqual(there.Content);
    }

    public Task<VersionedFile?> ReadAsync(string path, CancellationToken cancellationToken) =>
        GuardedAsync(
            path,
            async () =>
            {
                try
                {
                    var answer = await Blob(path).DownloadContentAsync(cancellationToken);
                    return new VersionedFile(answer.Value.Content.ToArray(), answer.Value.Details.ETag.ToString());
                }
                catch (RequestFailedException e) when (IsAbsent(e))
                {
                    return null;
                }
            },
            cancellationToken
        );

    public Task<string?> ReplaceAsync(
        string path,
        string? version,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken
    ) =>
        GuardedAsync(
            path,
            async () =>
            {
                try
                {
                    var conditions = version is null
                        ? new BlobRequestConditions { IfNoneMatch = ETag.All }
                        : new BlobRequestConditions { IfMatch = new ETag(version) };
                    var answer = await Blob(path)
                        .UploadAsync(
                            BinaryData.FromBytes(content),
                            new BlobUploadOptions { Conditions = conditions },
                            cancellationToken
                        );
                    return answer.Value.ETag.ToString();
                }
                catch (RequestFailedException e) when (e.Status is 409 or 412 || IsAbsent(e))
                {
                    return (string?)null;
                }
            },
            cancellationToken
        );

    public Task<Stream?> OpenAsync(string path, CancellationToken cancellationToken) =>
        GuardedAsync<Stream?>(
            path,
            async () =>
            {
                try
                {
                    var blob = await Blob(path)
                        .OpenReadAsync(new BlobOpenReadOptions(allowModifications: false), cancellationToken);
                    return new BlobReadStream(blob, What(path), access);
                }
                catch (RequestFailedException e) when (IsAbsent(e))
                {
                    return null;
                }
            },
            cancellationToken
        );

    public Task<IReadOnlyList<StoredFile>> ListAsync(string prefix, CancellationToken cancellationToken) =>
        GuardedAsync<IReadOnlyList<StoredFile>>(
            prefix,
            async () =>
            {
                var files = new List<StoredFile>();
                await foreach (
                    var blob in container.GetBlobsAsync(
                        new GetBlobsOptions { Prefix = Name(prefix), Traits = BlobTraits.Metadata },
                        cancellationToken
                    )
                )
                {
                    if (!IsFolder(blob))
                        files.Add(
                            new StoredFile(
                                blob.Name[Name("").Length..],
                                blob.Properties.ContentLength ?? 0,
                                blob.Properties.LastModified ?? access.Clock.GetUtcNow()
                            )
                        );
                }
                return [.. files.OrderBy(f => f.Path, StringComparer.Ordinal)];
            },
            cancellationToken
        );

    public Task<IReadOnlyList<string>> FoldersAsync(string folder, CancellationToken cancellationToken) =>
        GuardedAsync<IReadOnlyList<string>>(
            folder,
            async () =>
            {
                var (above, folders) = (folder == "" ? Name("") : Name(folder) + "/", new List<string>());
                await foreach (
                    var item in container.GetBlobsByHierarchyAsync(
                        new GetBlobsByHierarchyOptions { Prefix = above, Delimiter = "/" },
                        cancellationToken
                    )
                )
                {
                    if (item.IsPrefix)
                        folders.Add(item.Prefix[above.Length..].TrimEnd('/'));
                }
                return [.. folders.Order(StringComparer.Ordinal)];
            },
            cancellationToken
        );

    public Task DeleteAsync(string path, CancellationToken cancellationToken) =>
        GuardedAsync(
            path,
            () => Blob(path).DeleteIfExistsAsync(cancellationToken: cancellationToken),
            cancellationToken
        );

    public async Task DeleteFolderAsync(string folder, string last, CancellationToken cancellationToken)
    {
        var files = (await ListAsync(folder + "/", cancellationToken)).Select(f => f.Path).ToList();
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            files.Where(path => path != last),
            options,
            async (path, token) => await DeleteAsync(path, token)
        );
        await DeleteAsync(last, cancellationToken);
    }

    public async Task<string> LocalAsync(string path, CancellationToken cancellationToken)
    {
        var local = Local(file => file);
        await GuardedAsync(
            path,
            () =>
                Blob(path)
                    .DownloadToAsync(local, new BlobDownloadToOptions { TransferOptions = Blocks }, cancellationToken),
            cancellationToken
        );
        return local;
    }

    public Task<Lease?> LeaseAsync(string path, CancellationToken cancellationToken) =>
        GuardedAsync<Lease?>(
            path,
            async () =>
            {
                await ReplaceAsync(path, null, ReadOnlyMemory<byte>.Empty, cancellationToken);
                var lease = Blob(path).GetBlobLeaseClient();
                try
                {
                    await lease.AcquireAsync(BlobLease.Duration, cancellationToken: cancellationToken);
                    return new BlobLease(lease, What(path), access);
                }
                catch (RequestFailedException e) when (e.Status == 409)
                {
                    return null;
                }
            },
            cancellationToken
        );

    private Task UploadAsync(string path, Stream local, CancellationToken cancellationToken)
    {
        local.Position = 0;
        return GuardedAsync(
            path,
            () =>
                Blob(path)
                    .UploadAsync(
                        local,
                        new BlobUploadOptions { TransferOptions = Blocks, HttpHeaders = HeadersOf(path) },
                        cancellationToken
                    ),
            cancellationToken
        );
    }

    /// <summary>A page is shown by browsers, where its type says that it is one.</summary>
    private static BlobHttpHeaders? HeadersOf(string path) =>
        path.EndsWith(".html", StringComparison.Ordinal)
            ? new BlobHttpHeaders { ContentType = "text/html; charset=utf-8" }
            : null;

    private BlobClient Blob(string path) =>
        path.Length > 0
        && !path.Contains('\\', StringComparison.Ordinal)
        && path.Split('/').All(part => part is not ("" or "." or ".."))
            ? container.GetBlobClient(Name(path))
            : throw new ArgumentException(
                $"'{path}' is not a path inside {Location}: use a relative path with forward slashes.",
                nameof(path)
            );

    private string Name(string path) => prefix == "" ? path : $"{prefix}/{path}";

    private string What(string path) => $"'{path}' in {Location}";

    private FileStream Spool() =>
        Local(file =>
            PrivateFiles.Open(file, FileMode.CreateNew, options: FileOptions.Asynchronous | FileOptions.DeleteOnClose)
        );

    /// <summary>A new name in the local folder, which only its owner may enter: pages and rows hold personal
    /// data.</summary>
    private T Local<T>(Func<string, T> make)
    {
        try
        {
            PrivateFiles.CreateFolder(localFolder);
            var file = Path.Combine(localFolder, Guid.NewGuid().ToString("N"));
            try
            {
                return make(file);
            }
            catch (DirectoryNotFoundException)
            {
                // A session of this process that ended in between has removed the folder.
                PrivateFiles.CreateFolder(localFolder);
                return make(file);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SinkException(
                $"The folder {localFolder}, where files wait to go up to {Location}, cannot be written: "
                    + $"{e.Message} Make room there or give this account the right to write it, and start again.",
                e
            );
        }
    }

    private async Task<T> GuardedAsync<T>(string path, Func<Task<T>> act, CancellationToken cancellationToken)
    {
        try
        {
            return await act();
        }
        catch (Exception e) when (BlobFault.IsFault(e) && !cancellationToken.IsCancellationRequested)
        {
            throw BlobFault.Of(What(path), e, access);
        }
    }

    // An account with a hierarchical namespace lists its folders as empty blobs.
    private static bool IsFolder(BlobItem blob) => blob.Metadata?.ContainsKey("hdi_isfolder") == true;

    private static bool IsAbsent(RequestFailedException e) =>
        e.Status == 404 && e.ErrorCode != BlobErrorCode.ContainerNotFound;
}
