using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VPlanExport.Tests.Support;

/// <summary>
/// Lets the process keep the native memory it has freed. Hundreds of tests open and close a DuckDB file: giving its pages back to the machine each time, and
/// asking for them again, costs more than what is done in them.
/// </summary>
internal static class NativeMemory
{
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MmapThreshold = -3;
    private const int ArenaMax = -8;

    [ModuleInitializer]
    internal static void Keep()
    {
        if (!OperatingSystem.IsLinux())
            return;
        try
        {
            _ =
                SetOption(ArenaMax, 2)
                + SetOption(TrimThreshold, 512 << 20)
                + SetOption(TopPad, 64 << 20)
                + SetOption(MmapThreshold, 64 << 20);
        }
        catch (EntryPointNotFoundException)
        {
            // Only glibc has it; elsewhere the tests are slower.
        }
    }

    [DllImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetOption(int option, int value);
}
