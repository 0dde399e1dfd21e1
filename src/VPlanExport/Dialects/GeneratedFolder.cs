namespace VPlanExport.Dialects;

/// <summary>Files that are generated and committed: written, or compared with what is there.</summary>
internal static class GeneratedFolder
{
    /// <summary>Writes the files, and deletes others in the folders in which every file is generated.</summary>
    /// <param name="files">Text by path below the folder (forward slashes, \n line ends).</param>
    /// <param name="owned">The folders in which every file is generated: another file there is of something that is no
    /// more.</param>
    public static void Write(string folder, IReadOnlyDictionary<string, string> files, IReadOnlyList<string> owned)
    {
        foreach (var (path, text) in files)
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text);
        }
        foreach (var path in Stale(folder, files, owned))
            File.Delete(Path.Combine(folder, path));
    }

    /// <summary>How the folder differs from the files, one line a file; empty when it does not.</summary>
    public static IReadOnlyList<string> Check(
        string folder,
        IReadOnlyDictionary<string, string> files,
        IReadOnlyList<string> owned
    ) =>
        [
            .. files.Select(file => Difference(folder, file.Key, file.Value)).OfType<string>(),
            .. Stale(folder, files, owned).Select(path => $"{path}: the catalog has no such table."),
        ];

    private static string? Difference(string folder, string path, string expected)
    {
        var file = Path.Combine(folder, path);
        if (!File.Exists(file))
            return $"{path}: missing.";
        var (actual, wanted) = (File.ReadAllText(file).ReplaceLineEndings("\n").Split('\n'), expected.Split('\n'));
        var line = actual.Zip(wanted).TakeWhile(pair => pair.First == pair.Second).Count();
        return line == actual.Length && line == wanted.Length
            ? null
            : $"{path}, line {line + 1}: is '{actual.ElementAtOrDefault(line)}', the catalog gives "
                + $"'{wanted.ElementAtOrDefault(line)}'.";
    }

    private static IEnumerable<string> Stale(
        string folder,
        IReadOnlyDictionary<string, string> files,
        IReadOnlyList<string> owned
    ) =>
        owned
            .Select(part => Path.Combine(folder, part))
            .Where(Directory.Exists)
            .SelectMany(part => Directory.EnumerateFiles(part, "*", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Where(path => !files.ContainsKey(path))
            .Order(StringComparer.Ordinal);
}
