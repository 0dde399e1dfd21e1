using System.Runtime.InteropServices;

namespace VPlanExport.Storage;

/// <summary>
/// Makes the names in a folder durable: on Unix a rename is on disk only after fsync(2) of the folder, which .NET does
/// not offer. Windows writes it through by itself.
/// </summary>
internal static class FolderEntries
{
    /// <summary>File systems without it, such as network shares, answer EINVAL.</summary>
    private const int NotSupported = 22;

    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = Open(folder, 0);
        if (descriptor < 0)
            throw Fault(folder);
        var isFlushed = Sync(descriptor) == 0 || Marshal.GetLastPInvokeError() == NotSupported;
        var fault = isFlushed ? null : Fault(folder);
        _ = Close(descriptor);
        if (fault is not null)
            throw fault;
    }

    private static IOException Fault(string folder) =>
        new($"{folder} cannot be flushed: {Marshal.GetLastPInvokeErrorMessage()}", Marshal.GetLastPInvokeError());

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
