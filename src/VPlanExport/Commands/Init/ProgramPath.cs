namespace VPlanExport.Commands.Init;

/// <summary>How a scheduler starts this program.</summary>
internal static class ProgramPath
{
    private const string Name = "vplan-export";

    /// <summary>Full, because schedulers search few folders; only the name where it was started as a library.</summary>
    public static string Own()
    {
        var process = Environment.ProcessPath ?? "";
        var beside = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? $"{Name}.exe" : Name);
        return Path.GetFileNameWithoutExtension(process) == Name ? process
            : File.Exists(beside) ? beside
            : Name;
    }
}
