using System.Collections.Concurrent;
using VPlanExport.Storage;

namespace VPlanExport.Tests.Support;

/// <summary>What is asked of a place, in order: the operation and the path.</summary>
internal sealed record CountedPlace(StoreLocation Inner, string Path = "") : StoreLocation
{
    public ConcurrentQueue<StoreRequest> Requests { get; private init; } = new();

    public override string SpoolFolder => Inner.SpoolFolder;

    public override IStore Open(TimeProvider clock) => new CountedStore(Inner.Open(clock), Path, Requests);

    public override StoreLocation Below(string name) =>
        new CountedPlace(Inner.Below(name), $"{Path}{name}/") { Requests = Requests };

    public override string ToString() => Inner.ToString();
}

internal sealed record StoreRequest(string What, string Path);

/// <summary>A store that notes what is asked of it.</summary>
/// <param name="below">What stands before the paths.</param>
internal sealed class CountedStore(IStore inner, string below, ConcurrentQueue<StoreRequest> requests) : IStore
{
    public string Location => inner.Location;

    public bool DetectsCorruption => inner.DetectsCorruption;

    public IStore Below(string folder) => new CountedStore(inner.Below(folder), $"{below}{folder}/", requests);

    public Task PutAsync(string path, Func<Stream, Task> write, CancellationToken cancellationToken) =>
        Noted("put", path).PutAsync(path, write, cancellationToken);

    public Task<bool> PutIfAbsentAsync(
        string path,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken
    ) => Noted("put", path).PutIfAbsentAsync(path, content, cancellationToken);

    public Task<VersionedFile?> ReadAsync(string path, CancellationToken cancellationToken) =>
        Noted("get", path).ReadAsync(path, cancellationToken);

    public Task<string?> ReplaceAsync(
        string path,
        string? version,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken
    ) => Noted("put", path).ReplaceAsync(path, version, content, cancellationToken);

    public Task PutFileAsync(string path, string localFile, CancellationToken cancellationToken) =>
        Noted("put", path).PutFileAsync(path, localFile, cancellationToken);

    public Task<Stream?> OpenAsync(string path, CancellationToken cancellationToken) =>
        Noted("get", path).OpenAsync(path, cancellationToken);

    public Task<IReadOnlyList<StoredFile>> ListAsync(string prefix, CancellationToken cancellationToken) =>
        Noted("list", prefix).ListAsync(prefix, cancellationToken);

    public Task<IReadOnlyList<string>> FoldersAsync(string folder, CancellationToken cancellationToken) =>
        Noted("list", folder).FoldersAsync(folder, cancellationToken);

    public Task DeleteAsync(string path, CancellationToken cancellationToken) =>
        Noted("delete", path).DeleteAsync(path, cancellationToken);

    public Task DeleteFolderAsync(string folder, string last, CancellationToken cancellationToken) =>
        Noted("delete", folder).DeleteFolderAsync(folder, last, cancellationToken);

    public Task<string> LocalAsync(string path, CancellationToken cancellationToken) =>
        Noted("get", path).LocalAsync(path, cancellationToken);

    public Task<Lease?> LeaseAsync(string path, CancellationToken cancellationToken) =>
        Noted("lease", path).LeaseAsync(path, cancellationToken);

    private IStore Noted(string what, string path)
    {
        requests.Enqueue(new StoreRequest(what, below + path));
        return inner;
    }
}
