using System.Runtime.InteropServices;

namespace VPlanExport.Storage;

/// <summary>
/// Files and folders that on Unix only their owner may use, because pages, rows and what is made of them hold personal
/// data. On Windows they have the rights of the folder they are made in. What is there already keeps the rights that
/// someone gave it.
/// </summary>
internal static class PrivateFiles
{
    private const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Folder = File | UnixFileMode.UserExecute;

    /// <summary>Takes every right of others from what this process makes from now on: libraries such as DuckDB make
    /// files of their own.</summary>
    public static void Always()
    {
        if (!OperatingSystem.IsWindows())
            _ = SetMask((uint)(Folder ^ (UnixFileMode)0b111_111_111));
    }

    /// <summary>Makes a folder, and those above it, unless it is there.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, Folder);
    }

    public static FileStream Open(
        string path,
        FileMode mode,
        FileShare share = FileShare.None,
        FileOptions options = FileOptions.None
    )
    {
        var how = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.ReadWrite,
            Share = share,
            Options = options,
            BufferSize = 64 * 1024,
        };
        if (!OperatingSystem.IsWindows())
            how.UnixCreateMode = File;
        return new FileStream(path, how);
    }

    /// <summary>Takes the rights of others from a file that is there.</summary>
    public static void Protect(string path)
    {
        if (!OperatingSystem.IsWindows())
            System.IO.File.SetUnixFileMode(path, File);
    }

    [DllImport("libc", EntryPoint = "umask")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint SetMask(uint mask);
}
