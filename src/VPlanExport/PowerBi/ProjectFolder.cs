namespace VPlanExport.PowerBi;

/// <summary>
/// A project on disk. What was generated is written again, and removed when it is no longer generated; what people
/// added stays, and so does every file whose name, or whose folder's name, begins with <c>my_</c>.
/// </summary>
internal static class ProjectFolder
{
    private const string Own = "my_";

    /// <exception cref="SinkException">A file cannot be written.</exception>
    public static void Write(string folder, IReadOnlyDictionary<string, string> files)
    {
        try
        {
            foreach (var path in Former(folder).Where(path => !files.ContainsKey(path) && !IsOwn(path)))
                Remove(folder, path);
            foreach (var (path, text) in files)
            {
                var file = Path.Combine(folder, path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllText(file, text);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SinkException(
                $"The Power BI project in {folder} cannot be written: {e.Message} Close Power BI Desktop, or "
                    + $"give this account the right to write there, and run the same command again.",
                e
            );
        }
    }

    /// <summary>What the last generation wrote.</summary>
    private static string[] Former(string folder)
    {
        var list = Path.Combine(folder, PowerBiProject.FileList);
        return File.Exists(list) ? File.ReadAllLines(list) : [];
    }

    private static bool IsOwn(string path) =>
        path.Split('/').Any(part => part.StartsWith(Own, StringComparison.Ordinal) || part == "..")
        || Path.IsPathRooted(path);

    private static void Remove(string folder, string path)
    {
        var file = Path.Combine(folder, path);
        File.Delete(file);
        for (
            var parent = Path.GetDirectoryName(file)!;
            parent.Length > folder.Length
                && Directory.Exists(parent)
                && !Directory.EnumerateFileSystemEntries(parent).Any();
            parent = Path.GetDirectoryName(parent)!
        )
            Directory.Delete(parent);
    }
}
