using System.Text.RegularExpressions;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Architecture;

/// <summary>Every fact about vPlan's API that a comment cites stands in <c>vplan-api.md</c>.</summary>
[Trait("Tier", "unit")]
public sealed partial class CitationTests
{
    private const string Document = "src/VPlanExport/Entities/vplan-api.md";

    private static readonly string Facts = Repository.Read(Document);

    private static string Source => Path.Combine(Repository.Root, "src");

    [Fact]
    public void Every_page_that_a_comment_cites_is_the_source_of_a_fact() =>
        ShouldResolve(Page(), page => Facts.Contains(page, StringComparison.Ordinal));

    [Fact]
    public void Every_gap_that_a_comment_cites_has_its_row() =>
        ShouldResolve(Gap(), gap => Facts.Contains($"\n| {gap} | ", StringComparison.Ordinal));

    [Fact]
    public void Every_section_that_a_comment_cites_is_there() =>
        ShouldResolve(Section(), section => Facts.Contains($"\n## {section}. ", StringComparison.Ordinal));

    private static void ShouldResolve(Regex form, Func<string, bool> resolves)
    {
        var cited =
            from file in Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories)
            from line in File.ReadLines(file).Index()
            from citation in form.Matches(line.Item).SelectMany(match => match.Groups[1].Captures)
            select (Place: $"{Path.GetRelativePath(Source, file)}:{line.Index + 1}", Citation: citation.Value);
        var all = cited.ToList();
        all.Should().NotBeEmpty("comments cite in this form");
        all.Where(c => !resolves(c.Citation)).Should().BeEmpty($"{Document} must hold what is cited");
    }

    /// <summary>A page of the documentation or an article of the help centre.</summary>
    [GeneratedRegex("""\b([AS]:`[^`]*`)""")]
    private static partial Regex Page();

    [GeneratedRegex("""\bgaps? (?:\(?([A-Z]\d+)\b(?:, | and )?)+""")]
    private static partial Regex Gap();

    [GeneratedRegex("""(?:README|vplan-api\.md),? section (\d+)""")]
    private static partial Regex Section();
}
