using System.Runtime.InteropServices;

namespace VPlanExport.Storage;

/// <summary>
/// Gives a finished file its name unless the name is taken, in one step. On Unix that is link(2):
/// <see cref="File.Move(string, string)"/> there looks first and renames after, so that two writers can both win. On
/// Windows the rename itself refuses.
/// </summary>
internal static class HardLink
{
    private const int FileExists = 17;

    /// <returns>False, and nothing changed, when there is a file of that name.</returns>
    public static bool Place(string temp, string target) =>
        OperatingSystem.IsWindows() ? Move(temp, target) : Link(temp, target);

    private static bool Link(string temp, string target)
    {
        if (LinkNative(temp, target) == 0)
            return true;
        var error = Marshal.GetLastPInvokeError();
        return error == FileExists
            ? false
            : throw new IOException(
                Marshal.GetPInvokeErrorMessage(error) + " (a hard link is needed: use a disk that has them)",
                error
            );
    }

    private static bool Move(string temp, string target)
    {
        try
        {
            File.Move(temp, target, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(target))
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int LinkNative(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string from,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string to
    );
}
