namespace VPlanExport.Tests.Storage;

internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("vplan-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
