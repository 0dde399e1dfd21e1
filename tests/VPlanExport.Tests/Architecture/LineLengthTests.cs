using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Architecture;

/// <summary>Two files stand side by side on a screen. The formatter breaks code only, neither text nor comment.</summary>
[Trait("Tier", "unit")]
public sealed class LineLengthTests
{
    private const int Longest = 120;

    private static string Source => Path.Combine(Repository.Root, "src");

    [Theory]
    [InlineData("*.cs")]
    [InlineData("*.csproj")]
    [InlineData("*.md")]
    public void No_line_is_longer_than_120_columns(string files)
    {
        var lines =
            from file in Directory.EnumerateFiles(Source, files, SearchOption.AllDirectories)
            where !IsBuilt(file)
            from line in File.ReadLines(file).Index()
            select (Place: $"{Path.GetRelativePath(Source, file)}:{line.Index + 1}", Text: line.Item);
        var all = lines.ToList();
        all.Should().NotBeEmpty("there are such files");
        all.Where(l => l.Text.Length > Longest && !IsRowOfTable(l.Text)).Select(l => l.Place).Should().BeEmpty();
    }

    private static bool IsBuilt(string file) => file.Split(Path.DirectorySeparatorChar).Intersect(["bin", "obj"]).Any();

    /// <summary>Markdown has no other way to write a row of a table.</summary>
    private static bool IsRowOfTable(string line) => line.StartsWith('|');
}
