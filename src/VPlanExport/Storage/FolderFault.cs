namespace VPlanExport.Storage;

/// <summary>Turns what the file system throws into a message that says what to do.</summary>
internal static class FolderFault
{
    /// <summary>Guards the store's own work: every fault of the file system becomes a
    /// <see cref="SinkException"/>.</summary>
    public static async Task<T> GuardAsync<T>(string root, string path, Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Sink(root, path, e);
        }
    }

    /// <summary>Guards a caller's writing, and the closing of its file, which writes what is buffered: only a full or
    /// read-only disk is the store's fault, the rest is the caller's own.</summary>
    public static async Task GuardAsync(string root, string path, Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (IOException e) when (IsAboutTheDisk(e))
        {
            throw Sink(root, path, e);
        }
    }

    /// <summary>Full or read-only.</summary>
    public static bool IsAboutTheDisk(IOException e) => IsFull(e) || IsReadOnly(e);

    private static SinkException Sink(string root, string path, Exception e) =>
        new($"Cannot use '{path}' in {root}: {e.Message.TrimEnd('.')}. {Advice(e)}", e);

    private static string Advice(Exception e) =>
        e switch
        {
            IOException io when IsFull(io) => "Free disk space and start again: the run continues where it stopped.",
            IOException io when IsReadOnly(io) =>
                "The disk is mounted read-only: make the folder writable or choose another one.",
            UnauthorizedAccessException =>
                "Make the folder writable for the account that runs the export, or choose another one.",
            _ => "Check the disk and the folder, then start again.",
        };

    // ENOSPC and EDQUOT on Unix; ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL on Windows.
    private static bool IsFull(IOException e) =>
        e.HResult is 28 or 122 or unchecked((int)0x80070070) or unchecked((int)0x80070027);

    // EROFS on Unix; ERROR_WRITE_PROTECT on Windows.
    private static bool IsReadOnly(IOException e) => e.HResult is 30 or unchecked((int)0x80070013);
}
