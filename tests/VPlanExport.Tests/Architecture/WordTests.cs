using System.Text.RegularExpressions;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Architecture;

/// <summary>Comments, messages and documents use the field's words: fix or correct, again or rebuild, by name who does
/// it.</summary>
[Trait("Tier", "unit")]
public sealed partial class WordTests
{
    [Fact]
    public void Nothing_that_people_read_uses_a_word_that_the_field_does_not()
    {
        var found =
            from folder in new[] { "src", "sql", "pipelines" }
            from file in Directory.EnumerateFiles(
                Path.Combine(Repository.Root, folder),
                "*",
                SearchOption.AllDirectories
            )
            where Path.GetExtension(file) is ".cs" or ".md" or ".yml" or ".yaml" or ".sql"
            where !file.Split(Path.DirectorySeparatorChar).Intersect(["bin", "obj"]).Any()
            from line in File.ReadLines(file).Index()
            where Private().IsMatch(line.Item)
            select $"{Path.GetRelativePath(Repository.Root, file)}:{line.Index + 1}: {line.Item.Trim()}";
        found.Should().BeEmpty();
    }

    [GeneratedRegex(@"\b(mend(s|ed|ing)?|anew|whoever)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Private();
}
