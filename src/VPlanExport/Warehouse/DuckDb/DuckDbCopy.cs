using VPlanExport.Dialects;
using VPlanExport.Storage;

namespace VPlanExport.Warehouse.DuckDb;

/// <summary>
/// A copy beside a warehouse that another program reads. The load goes into the copy, which then replaces the file. A
/// program that has the file open keeps reading the old state, and sees the new one when it opens the file again. The
/// next load removes what a process that died has left of a copy.
/// </summary>
/// <param name="path">The warehouse's file, not a link to it.</param>
internal sealed class DuckDbCopy(string path)
{
    private readonly string _copy = path + ".next";

    /// <summary>DuckDB's log of commits that are not in the file yet.</summary>
    private readonly string _log = path + ".wal";

    private string CopyLog => _copy + ".wal";

    /// <summary>
    /// Copies the file, does the work, and puts the copy in the file's place. The caller keeps a session that reads the
    /// file, so nobody writes it.
    /// </summary>
    /// <param name="open">Opens the copy.</param>
    /// <exception cref="SinkAwayException">The file cannot be copied or replaced; it stays as it was.</exception>
    public T Load<T>(Func<string, DuckDbSession> open, Func<DuckDbSession, T> work, CancellationToken cancellationToken)
    {
        try
        {
            return LoadNow(open, work, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DuckDbErrors.Held(path, $"A copy cannot replace it: {DuckDbErrors.FirstLine(e)}", e);
        }
    }

    /// <summary>Puts a file with the same tables, views and comments in the file's place, and nothing else of
    /// it.</summary>
    /// <param name="memory">A session of no file.</param>
    /// <exception cref="SinkAwayException">The file cannot be copied or replaced; it stays as it was.</exception>
    public void Rewrite(DuckDbSession memory)
    {
        try
        {
            Clear();
            memory.Execute(
                $"ATTACH {SqlText.Literal(path)} AS before (READ_ONLY); "
                    + $"ATTACH {SqlText.Literal(_copy)} AS after (BLOCK_SIZE 16384); "
                    + "COPY FROM DATABASE before TO after; DETACH after; DETACH before"
            );
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(_copy, File.GetUnixFileMode(path));
            File.Move(_copy, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DuckDbErrors.Held(path, $"A copy cannot replace it: {DuckDbErrors.FirstLine(e)}", e);
        }
        finally
        {
            Clear();
        }
    }

    /// <summary>Removes what is left of a copy. The caller has the file open for writing, or is the only one to copy
    /// it.</summary>
    public void Clear()
    {
        File.Delete(_copy);
        File.Delete(CopyLog);
    }

    private T LoadNow<T>(
        Func<string, DuckDbSession> open,
        Func<DuckDbSession, T> work,
        CancellationToken cancellationToken
    )
    {
        // POSIX drops all locks of a process on a file when it closes any handle of the file. The caller's session has
        // such a lock, so this handle stays open until the file is replaced.
        const FileShare Everything = FileShare.ReadWrite | FileShare.Delete;
        using var source = new FileStream(path, FileMode.Open, FileAccess.Read, Everything);
        try
        {
            Clear();
            Make(source, cancellationToken);
            var result = Work(open, work);
            Replace();
            return result;
        }
        finally
        {
            Clear();
        }
    }

    /// <summary>Gives the copy the rights of the file.</summary>
    private void Make(FileStream source, CancellationToken cancellationToken)
    {
        using (var copy = PrivateFiles.Open(_copy, FileMode.CreateNew))
            source.CopyToAsync(copy, cancellationToken).GetAwaiter().GetResult();
        if (File.Exists(_log))
            File.Copy(_log, CopyLog);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_copy, File.GetUnixFileMode(path));
    }

    /// <summary>DuckDB names a log after its file, so the copy's log is emptied before the copy takes the file's
    /// name.</summary>
    private T Work<T>(Func<string, DuckDbSession> open, Func<DuckDbSession, T> work)
    {
        using var session = open(_copy);
        var result = work(session);
        session.Execute("CHECKPOINT");
        return result;
    }

    /// <summary>The copy has taken in the old file's log, so the log goes before it could be applied to the copy
    /// again.</summary>
    private void Replace()
    {
        if (File.Exists(CopyLog))
            throw new IOException($"the log {CopyLog} is not empty");
        if (File.Exists(_log))
            File.Move(_log, CopyLog);
        File.Move(_copy, path, overwrite: true);
    }
}
