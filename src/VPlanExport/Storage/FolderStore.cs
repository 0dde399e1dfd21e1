namespace VPlanExport.Storage;

/// <summary>
/// A store in a local folder. A file is written aside in <c>.tmp</c>, flushed to disk and renamed into place; files are readable and
/// writable by their owner only, because pages and rows hold personal data.
/// </summary>
public sealed class FolderStore(string root, TimeProvider? clock = null) : IStore
{
    private const string Aside = ".tmp";
    private readonly string _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private int _swept;

    public string Location => _root;

    public Task PutAsync(string path, Func<Stream, Task> write, CancellationToken cancellationToken = default) =>
        PlaceAsync(path, write, target => temp => File.Move(temp, target, overwrite: true), cancellationToken);

    public async Task<bool> PutIfAbsentAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        var placed = false;
        await PlaceAsync(path, stream => stream.WriteAsync(content, cancellationToken).AsTask(), target => temp => placed = HardLink.Place(temp, target), cancellationToken);
        return placed;
    }

    public Task PutFileAsync(string path, string localFile, CancellationToken cancellationToken = default) => GuardedAsync(path, () =>
    {
        var target = Prepare(path);
        var temp = TempFile();
        try
        {
            File.Move(localFile, temp);
            using (var stream = new FileStream(temp, FileMode.Open, FileAccess.ReadWrite))
                stream.Flush(flushToDisk: true);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(temp, OwnerOnly);
            File.Move(temp, target, overwrite: true);
            return Task.FromResult(true);
        }
        finally
        {
            File.Delete(temp);
        }
    });

    public Task<Stream?> OpenAsync(string path, CancellationToken cancellationToken = default) => GuardedAsync(path, () =>
    {
        var file = FullPath(path);
        try
        {
            return Task.FromResult<Stream?>(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    });

    public Task<IReadOnlyList<StoredFile>> ListAsync(string prefix, CancellationToken cancellationToken = default) => GuardedAsync(prefix, () =>
    {
        var folder = prefix.Contains('/', StringComparison.Ordinal) ? FullPath(prefix[..prefix.LastIndexOf('/')]) : _root;
        if (!Directory.Exists(folder))
            return Task.FromResult<IReadOnlyList<StoredFile>>([]);
        var files = new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(f => new StoredFile(RelativePath(f.FullName), f.Length, new DateTimeOffset(f.LastWriteTimeUtc)))
            .Where(f => f.Path.StartsWith(prefix, StringComparison.Ordinal) && !f.Path.StartsWith(Aside + "/", StringComparison.Ordinal));
        return Task.FromResult<IReadOnlyList<StoredFile>>([.. files.OrderBy(f => f.Path, StringComparer.Ordinal)]);
    });

    public Task DeleteAsync(string path, CancellationToken cancellationToken = default) => GuardedAsync(path, () =>
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
    });

    public Task<string> LocalAsync(string path, CancellationToken cancellationToken = default) =>
        GuardedAsync(path, () => Task.FromResult(FullPath(path)));

    private static UnixFileMode OwnerOnly => UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private async Task PlaceAsync(string path, Func<Stream, Task> write, Func<string, Action<string>> place, CancellationToken cancellationToken)
    {
        var (target, temp) = await GuardedAsync(path, () => Task.FromResult((Prepare(path), TempFile())));
        try
        {
            var stream = await GuardedAsync(path, () => Task.FromResult(Create(temp)));
            await using (stream)
            {
                await FolderFault.GuardAsync(_root, path, () => write(stream));
                await GuardedAsync(path, () => FlushAsync(stream, cancellationToken));
            }
            await GuardedAsync(path, () =>
            {
                place(target)(temp);
                return Task.FromResult(true);
            });
        }
        finally
        {
            File.Delete(temp);
        }
    }

    private static FileStream Create(string temp)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, BufferSize = 64 * 1024 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return new FileStream(temp, options);
    }

    private static async Task<bool> FlushAsync(FileStream stream, CancellationToken cancellationToken)
    {
        await stream.FlushAsync(cancellationToken);
        stream.Flush(flushToDisk: true);
        return true;
    }

    private string Prepare(string path)
    {
        var target = FullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        Directory.CreateDirectory(Path.Combine(_root, Aside));
        if (Interlocked.Exchange(ref _swept, 1) == 0)
            Sweep();
        return target;
    }

    private string TempFile() => Path.Combine(_root, Aside, Guid.NewGuid().ToString("N"));

    /// <summary>Removes what writers that were killed have left aside.</summary>
    private void Sweep()
    {
        var dayAgo = _clock.GetUtcNow().UtcDateTime.AddDays(-1);
        foreach (var left in new DirectoryInfo(Path.Combine(_root, Aside)).EnumerateFiles().Where(f => f.LastWriteTimeUtc < dayAgo))
            left.Delete();
    }

    private string FullPath(string path)
    {
        var full = Path.GetFullPath(Path.Combine(_root, path));
        if (path.Length == 0 || path.Contains('\\', StringComparison.Ordinal) || !full.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new ArgumentException($"'{path}' is not a path inside {_root}: use a relative path with forward slashes.", nameof(path));
        return full;
    }

    private string RelativePath(string full) => full[(_root.Length + 1)..].Replace(Path.DirectorySeparatorChar, '/');

    private Task<T> GuardedAsync<T>(string path, Func<Task<T>> act) => FolderFault.GuardAsync(_root, path, act);
}
