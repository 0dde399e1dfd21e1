namespace VPlanExport.Storage;

/// <summary>The home folder of the account that runs the export, written as <c>~</c>: no shell expands it in a file or a variable.</summary>
internal static class HomeFolder
{
    /// <summary>A path of another account's home, which only a shell knows.</summary>
    public static bool IsAnothers(string path) => path.StartsWith('~') && Expanded(path) == path;

    public static string Expanded(string path) => path == "~" || path.StartsWith("~/", StringComparison.Ordinal) || path.StartsWith($"~{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        ? Path.Join(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path[1..])
        : path;
}
