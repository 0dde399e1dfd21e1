namespace VPlanExport.Tests.Storage;

/// <summary>A folder of a test's own, in memory where the machine offers it: the tests flush thousands of files to disk.</summary>
internal sealed class TempFolder : IDisposable
{
    private const string Memory = "/dev/shm";
    private const long Enough = 2L << 30;

    public string Path { get; } =
        HasMemory
            ? Directory.CreateDirectory($"{Memory}/vplan-{Guid.NewGuid():N}").FullName
            : Directory.CreateTempSubdirectory("vplan-").FullName;

    private static bool HasMemory => Directory.Exists(Memory) && new DriveInfo(Memory).AvailableFreeSpace > Enough;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
