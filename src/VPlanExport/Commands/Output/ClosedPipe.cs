using System.Runtime.InteropServices;

namespace VPlanExport.Commands.Output;

/// <summary>
/// Whether a standard stream leads to a program that has ended, as <c>head</c> does after its lines. On Unix .NET drops
/// what is written to it, without an error, so the system is asked: poll(2). On Windows nothing tells.
/// </summary>
internal static class ClosedPipe
{
    private const short Output = 4;
    private const short Error = 8;
    private const short HungUp = 16;

    /// <param name="file">1 for the output, 2 for the errors.</param>
    public static bool Is(int file)
    {
        if (OperatingSystem.IsWindows())
            return false;
        var asked = new Asked { File = file, Events = Output };
        return Poll(ref asked, 1, 0) > 0 && (asked.Found & (Error | HungUp)) != 0;
    }

    [DllImport("libc", EntryPoint = "poll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Poll(ref Asked asked, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Asked
    {
        public int File;
        public short Events;
        public short Found;
    }
}
