using System.IO.Hashing;

namespace VPlanExport.Storage;

/// <summary>
/// A store in a local folder. A file is written aside in <c>.tmp</c>, flushed to disk and renamed into place; files and
/// folders are their owner's only, because pages and rows hold personal data.
/// </summary>
internal sealed class FolderStore(string root, TimeProvider? clock = null) : IStore
{
    private const string Aside = ".tmp";
    private const string Replacing = "replacing";
    private const int ReplacerAttempts = 1000;
    private static readonly TimeSpan ReplacerWait = TimeSpan.FromMilliseconds(10);
    private readonly string _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private int _swept;

    public string Location => _root;

    public IStore Below(string folder) => new FolderStore(FullPath(folder), _clock);

    public Task PutAsync(string path, Func<Stream, Task> write, CancellationToken cancellationToken) =>
        PlaceAsync(path, write, target => temp => File.Move(temp, target, overwrite: true), cancellationToken);

    public async Task<bool> PutIfAbsentAsync(
        string path,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken
    )
    {
        var placed = false;
        await PlaceAsync(
            path,
            stream => stream.WriteAsync(content, cancellationToken).AsTask(),
            target => temp => placed = HardLink.Place(temp, target),
            cancellationToken
        );
        return placed;
    }

    public Task<VersionedFile?> ReadAsync(string path, CancellationToken cancellationToken) =>
        GuardedAsync(path, () => Task.FromResult(Current(path)));

    public async Task<string?> ReplaceAsync(
        string path,
        string? version,
        ReadOnlyMemory<byte> content,
        CancellationToken cancellationToken
    )
    {
        using var only = await GuardedAsync(path, () => OnlyReplacerAsync(cancellationToken));
        if (await ReadAsync(path, cancellationToken) is var current && current?.Version != version)
            return null;
        await PutAsync(path, stream => stream.WriteAsync(content, cancellationToken).AsTask(), cancellationToken);
        return await GuardedAsync(
            path,
            () =>
            {
                FolderEntries.Flush(Path.GetDirectoryName(FullPath(path))!);
                return Task.FromResult(VersionOf(content.Span));
            }
        );
    }

    public Task PutFileAsync(string path, string localFile, CancellationToken cancellationToken) =>
        GuardedAsync(
            path,
            () =>
            {
                var target = Prepare(path);
                var temp = TempFile();
                try
                {
                    File.Move(localFile, temp);
                    using (var stream = new FileStream(temp, FileMode.Open, FileAccess.ReadWrite))
                        stream.Flush(flushToDisk: true);
                    PrivateFiles.Protect(temp);
                    File.Move(temp, target, overwrite: true);
                    return Task.FromResult(true);
                }
                finally
                {
                    File.Delete(temp);
                }
            }
        );

    public Task<Stream?> OpenAsync(string path, CancellationToken cancellationToken) =>
        GuardedAsync(
            path,
            () =>
            {
                var file = FullPath(path);
                try
                {
                    return Task.FromResult<Stream?>(
                        new FileStream(
                            file,
                            FileMode.Open,
                            FileAccess.Read,
                            FileShare.ReadWrite | FileShare.Delete,
                            64 * 1024
                        )
                    );
                }
                catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
                {
                    return Task.FromResult<Stream?>(null);
                }
            }
        );

    public Task<IReadOnlyList<StoredFile>> ListAsync(string prefix, CancellationToken cancellationToken) =>
        GuardedAsync(
            prefix,
            () =>
            {
                var folder = prefix.Contains('/', StringComparison.Ordinal)
                    ? FullPath(prefix[..prefix.LastIndexOf('/')])
                    : _root;
                if (!Directory.Exists(folder))
                    return Task.FromResult<IReadOnlyList<StoredFile>>([]);
                var files = new DirectoryInfo(folder)
                    .EnumerateFiles("*", SearchOption.AllDirectories)
                    .Select(f => new StoredFile(
                        RelativePath(f.FullName),
                        f.Length,
                        new DateTimeOffset(f.LastWriteTimeUtc)
                    ))
                    .Where(f =>
                        f.Path.StartsWith(prefix, StringComparison.Ordinal)
                        && !f.Path.StartsWith(Aside + "/", StringComparison.Ordinal)
                    );
                return Task.FromResult<IReadOnlyList<StoredFile>>([
                    .. files.OrderBy(f => f.Path, StringComparer.Ordinal),
                ]);
            }
        );

    public Task<IReadOnlyList<string>> FoldersAsync(string folder, CancellationToken cancellationToken) =>
        GuardedAsync(
            folder,
            () =>
            {
                var above = new DirectoryInfo(folder == "" ? _root : FullPath(folder));
                var names = above.Exists
                    ? above.EnumerateDirectories().Select(d => d.Name).Where(name => name != Aside)
                    : [];
                return Task.FromResult<IReadOnlyList<string>>([.. names.Order(StringComparer.Ordinal)]);
            }
        );

    public Task DeleteAsync(string path, CancellationToken cancellationToken) =>
        GuardedAsync(
            path,
            () =>
            {
                try
                {
                    File.Delete(FullPath(path));
                }
                catch (DirectoryNotFoundException)
                {
                    return Task.FromResult(false);
                }
                return Task.FromResult(true);
            }
        );

    /// <summary>Moved aside first, so that it is gone at once and whole.</summary>
    public Task DeleteFolderAsync(string folder, string last, CancellationToken cancellationToken) =>
        GuardedAsync(
            folder,
            () =>
            {
                if (!Directory.Exists(FullPath(folder)))
                    return Task.FromResult(false);
                var aside = TempFile();
                PrivateFiles.CreateFolder(Path.Combine(_root, Aside));
                Directory.Move(FullPath(folder), aside);
                Directory.Delete(aside, recursive: true);
                return Task.FromResult(true);
            }
        );

    public Task<string> LocalAsync(string path, CancellationToken cancellationToken) =>
        GuardedAsync(path, () => Task.FromResult(FullPath(path)));

    public Task<Lease?> LeaseAsync(string path, CancellationToken cancellationToken) =>
        GuardedAsync<Lease?>(
            path,
            () =>
            {
                var file = FullPath(path);
                PrivateFiles.CreateFolder(Path.GetDirectoryName(file)!);
                return Task.FromResult<Lease?>(Exclusive(file) is { } held ? new FolderLease(held) : null);
            }
        );

    private async Task PlaceAsync(
        string path,
        Func<Stream, Task> write,
        Func<string, Action<string>> place,
        CancellationToken cancellationToken
    )
    {
        var (target, temp) = await GuardedAsync(path, () => Task.FromResult((Prepare(path), TempFile())));
        try
        {
            var stream = await GuardedAsync(
                path,
                () => Task.FromResult(PrivateFiles.Open(temp, FileMode.CreateNew, FileShare.Read))
            );
            await FolderFault.GuardAsync(
                _root,
                path,
                async () =>
                {
                    await using var closed = stream;
                    await write(stream);
                    await GuardedAsync(path, () => FlushAsync(stream, cancellationToken));
                }
            );
            await GuardedAsync(
                path,
                () =>
                {
                    place(target)(temp);
                    return Task.FromResult(true);
                }
            );
        }
        finally
        {
            File.Delete(temp);
        }
    }

    private static async Task<bool> FlushAsync(FileStream stream, CancellationToken cancellationToken)
    {
        await stream.FlushAsync(cancellationToken);
        stream.Flush(flushToDisk: true);
        return true;
    }

    private VersionedFile? Current(string path)
    {
        var file = FullPath(path);
        if (!File.Exists(file))
            return null;
        var content = File.ReadAllBytes(file);
        return new VersionedFile(content, VersionOf(content));
    }

    private static string VersionOf(ReadOnlySpan<byte> content) => Convert.ToHexString(XxHash128.Hash(content));

    /// <summary>One replacer at a time in this folder, whichever process it is in.</summary>
    private async Task<FileStream> OnlyReplacerAsync(CancellationToken cancellationToken)
    {
        PrivateFiles.CreateFolder(Path.Combine(_root, Aside));
        var file = Path.Combine(_root, Aside, Replacing);
        for (var attempt = 1; ; attempt++)
        {
            if (Exclusive(file) is { } only)
                return only;
            if (attempt == ReplacerAttempts)
                throw new IOException($"{file} is held by another process");
            await Task.Delay(ReplacerWait, _clock, cancellationToken);
        }
    }

    /// <summary>The file, opened for this process alone; null when another has it.</summary>
    private static FileStream? Exclusive(string file)
    {
        try
        {
            return PrivateFiles.Open(file, FileMode.OpenOrCreate);
        }
        catch (IOException e)
            when (e is not (DirectoryNotFoundException or FileNotFoundException)
                && File.Exists(file)
                && !FolderFault.IsAboutTheDisk(e)
            )
        {
            return null;
        }
    }

    private string Prepare(string path)
    {
        var target = FullPath(path);
        PrivateFiles.CreateFolder(Path.GetDirectoryName(target)!);
        PrivateFiles.CreateFolder(Path.Combine(_root, Aside));
        if (Interlocked.Exchange(ref _swept, 1) == 0)
            Sweep();
        return target;
    }

    private string TempFile() => Path.Combine(_root, Aside, Guid.NewGuid().ToString("N"));

    /// <summary>Removes what writers that were killed have left aside.</summary>
    private void Sweep()
    {
        var dayAgo = _clock.GetUtcNow().UtcDateTime.AddDays(-1);
        foreach (
            var left in new DirectoryInfo(Path.Combine(_root, Aside))
                .EnumerateFileSystemInfos()
                .Where(f => f.LastWriteTimeUtc < dayAgo && f.Name != Replacing)
        )
        {
            if (left is DirectoryInfo folder)
                folder.Delete(recursive: true);
            else
                left.Delete();
        }
    }

    private string FullPath(string path)
    {
        var full = Path.GetFullPath(Path.Combine(_root, path));
        if (
            path.Length == 0
            || path.Contains('\\', StringComparison.Ordinal)
            || !full.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
        )
            throw new ArgumentException(
                $"'{path}' is not a path inside {_root}: use a relative path with forward slashes.",
                nameof(path)
            );
        return full;
    }

    private string RelativePath(string full) => full[(_root.Length + 1)..].Replace(Path.DirectorySeparatorChar, '/');

    private Task<T> GuardedAsync<T>(string path, Func<Task<T>> act) => FolderFault.GuardAsync(_root, path, act);
}

/// <summary>A file that the operating system lets one process open; it lets go when the process ends, however it
/// ends.</summary>
internal sealed class FolderLease(FileStream file) : Lease
{
    public override CancellationToken Lost => CancellationToken.None;

    public override Task EnsureHeldAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override ValueTask DisposeAsync() => file.DisposeAsync();
}
