using VPlanExport.Entities;
using VPlanExport.PowerBi;
using VPlanExport.Tests.Warehouse;

namespace VPlanExport.Tests.PowerBi;

/// <summary>The semantic model against the catalog, the warehouse and the rules of good models; each rule is shown to notice a broken copy.</summary>
[Trait("Tier", "unit")]
public class ModelRulesTests
{
    private const string Tables = "VPlan.SemanticModel/definition/tables/";

    public static TheoryData<string> Projects => [.. Project.Kinds];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_breaks_no_rule(string kind) =>
        ModelRules.Broken(new ProjectModel(Project.Files(kind), Project.NamesOf(kind))).Should().BeEmpty();

    [Theory]
    [InlineData("1 ", "Time entry", "\tcolumn Minutes\n\t\tdataType: int64", "\tcolumn Minutes\n\t\tdataType: double")]
    [InlineData("2 ", "Time entry", "\t\tisAvailableInMdx: false\n", "")]
    [InlineData("3 ", "Date", "\tdataCategory: Time\n", "")]
    [InlineData("4 ", "../model", "__PBI_TimeIntelligenceEnabled = 0", "__PBI_TimeIntelligenceEnabled = 1")]
    [InlineData(
        "5 ",
        "../relationships",
        "\tfromColumn: 'Time entry'.'Board key'",
        "\tcrossFilteringBehavior: bothDirections\n\tfromColumn: 'Time entry'.'Board key'"
    )]
    [InlineData("6 ", "../relationships", "\tfromColumn: 'Time entry'.'User key'", "\tfromColumn: Stage.'Board key'")]
    [InlineData(
        "7 ",
        "Board",
        "\tcolumn 'Board key'\n\t\tdataType: int64",
        "\tcolumn 'Board key'\n\t\tdataType: string"
    )]
    [InlineData(
        "8 ",
        "Time entry",
        "\tcolumn 'Card key'\n\t\tdataType: int64\n\t\tisHidden\n",
        "\tcolumn 'Card key'\n\t\tdataType: int64\n"
    )]
    [InlineData("9 ", "Board", "\t\tisKey\n", "")]
    [InlineData(
        "10 ",
        "Resource day",
        "\tcolumn 'Hours available'\n\t\tdataType: decimal\n\t\tisHidden\n",
        "\tcolumn 'Hours available'\n\t\tdataType: decimal\n"
    )]
    [InlineData("11 ", "Time entry", "\t\tformatString: #,##0.0\n\t\tdisplayFolder", "\t\tdisplayFolder")]
    [InlineData("12 ", "Time entry", "\t\tsummarizeBy: none", "\t\tsummarizeBy: sum")]
    [InlineData("13 ", "Resource day", "SUM('Resource day'[Hours available])", "SUM([Hours available])")]
    [InlineData(
        "14 ",
        "Resource day",
        "DIVIDE([Planned hours], [Available hours])",
        "[Planned hours] / [Available hours]"
    )]
    [InlineData("15 ", "Resource day", "DIVIDE([Planned hours], [Available hours])", "IFERROR([Planned hours], 0)")]
    [InlineData("16 ", "Resource day", "DIVIDE([Planned hours], [Available hours])", "[Planned hours]")]
    [InlineData(
        "17 ",
        "Card plan",
        "USERELATIONSHIP('Card plan'[Due date key]",
        "USERELATIONSHIP('Card plan'[End date key]"
    )]
    [InlineData("18 ", "Time entry", "\t\tsourceColumn: minutes\n", "")]
    [InlineData("19 ", "Time entry", "\tcolumn Minutes", "\tcolumn minutes")]
    [InlineData("20 ", "Date", "\t\tsortByColumn: Month\n", "")]
    [InlineData("21 ", "Time entry", "\t\tformatString: yyyy-mm-dd\n", "")]
    [InlineData("22 ", "Time entry", "/// One row per time entry.\n", "")]
    [InlineData(
        "23 ",
        "../relationships",
        "\tfromColumn: 'Card plan'.'Status key'",
        "\tfromColumn: 'Card plan'.'Stage key'",
        "\tfromColumn: 'Card history'.'Status key'",
        "\tfromColumn: 'Card history'.'Stage key'",
        "\tfromColumn: 'Plan change'.'New status key'",
        "\tfromColumn: 'Plan change'.'New stage key'",
        "\ttoColumn: Status.'Status key'",
        "\ttoColumn: Stage.'Stage key'"
    )]
    [InlineData("24 ", "Time entry", "\tpartition 'Time entry' = m", "\tpartition Rows = m")]
    [InlineData(
        "25 ",
        "../roles/Team",
        "'Resource'[Resource key] IN",
        "LEFT('Resource'[Name], 1) = \"A\" || 'Resource'[Resource key] IN"
    )]
    [InlineData("26 ", "Time entry", "= m\n", "= calculated\n")]
    [InlineData("27 ", "Time entry", "\t\tsourceColumn: status", "\t\tsourceColumn: note")]
    [InlineData("every column", "Time entry", "\t\tsourceColumn: status", "\t\tsourceColumn: mood")]
    [InlineData("a relationship", "../relationships", "\ttoColumn: Board.'Board key'", "\ttoColumn: Board.'Bored key'")]
    [InlineData("one active", "../relationships", "\tisActive: false\n", "")]
    [InlineData(
        "what a measure names",
        "Resource day",
        "SUM('Resource day'[Hours available])",
        "SUM('Resource day'[Hours of yore])"
    )]
    [InlineData("names are", "Resource day", "\tmeasure 'Leave hours'", "\tmeasure 'Tracked hours'")]
    [InlineData("a parameter", "../expressions", "expression Server", "expression Board")]
    public void A_broken_copy_is_noticed(string rule, string file, params string[] changes)
    {
        var files = Project.Files("sqlserver").ToDictionary();
        var path = Path.GetRelativePath("/", Path.GetFullPath($"/{Tables}{file}.tmdl")).Replace('\\', '/');
        foreach (var change in changes.Chunk(2))
        {
            files[path].Should().Contain(change[0]);
            files[path] = files[path].Replace(change[0], change[1], StringComparison.Ordinal);
        }

        ModelRules
            .Broken(new ProjectModel(files))
            .Should()
            .Contain(broken => broken.StartsWith(rule, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\t\tsummarizeBy: none\n", "\t\tsummariseBy: none\n", "is no property of a column")]
    [InlineData("\t\tsummarizeBy: none\n", "\t\t\tsummarizeBy: none\n", "wrong depth")]
    [InlineData("\t\tsummarizeBy: none\n", "\t\tsummarizeBy: none\n\t\tsummarizeBy: none\n", "stands twice")]
    public void What_Desktop_would_not_open_is_not_read(string from, string to, string why)
    {
        var files = Project.Files("lake").ToDictionary();
        files[$"{Tables}Board.tmdl"] = files[$"{Tables}Board.tmdl"].Replace(from, to, StringComparison.Ordinal);

        FluentActions
            .Invoking(() => new ProjectModel(files))
            .Should()
            .Throw<FormatException>()
            .WithMessage($"*Board.tmdl, line *{why}*");
    }

    [Fact]
    public async Task Every_source_column_is_in_the_warehouse()
    {
        await using var star = await DuckDbStar.PreparedAsync();
        foreach (var table in new ProjectModel(Project.Files("sqlserver")).Tables)
        {
            var view = table.Of("partition").Single()["source"]!.Split("Item=\"")[1].Split('"')[0];
            var there = star.Rows(
                $"SELECT column_name FROM information_schema.columns WHERE table_schema = 'bi' AND table_name = '{view}'"
            );
            table.Of("column").Select(c => c["sourceColumn"]).Should().NotBeEmpty().And.BeSubsetOf(there, view);
        }
    }

    [Fact]
    public void The_lake_is_read_without_deleted_rows_and_its_calendar_without_the_unknown_day()
    {
        var tables = new ProjectModel(Project.Files("lake")).Tables.ToDictionary(
            t => t.Name,
            t => t.Of("partition").Single()["source"]!
        );

        tables
            .Where(t => t.Key != "Freshness")
            .Should()
            .AllSatisfy(t =>
                t.Value.Should()
                    .Contain("DeltaLake.Table(Folder.Contents(#\"Lake folder\" & \"\\")
                    .And.Contain("each [is_deleted] = null or [is_deleted] = false")
            );
        tables
            .Where(t => t.Value.Contains("[date_key] <> -1", StringComparison.Ordinal))
            .Select(t => t.Key)
            .Should()
            .Equal("Date");
    }

    [Fact]
    public void Every_name_is_translated_and_Dutch_names_are_told_apart()
    {
        var culture = new ProjectModel(Project.Files("lake")).Cultures.Single();
        var tables = culture.Of("translations").Single().Of("model").Single().Of("table").ToList();

        culture.Name.Should().Be("nl-NL");
        tables.Should().HaveCount(ModelNames.All.Count);
        tables
            .SelectMany(t => t.Children.Append(t))
            .Should()
            .AllSatisfy(o => o["caption"].Should().NotBeNullOrWhiteSpace(o.Name));
        tables
            .Single(t => t.Name == "Time entry")
            .Of("measure")
            .Single(m => m.Name == "Tracked hours")["caption"]
            .Should()
            .Be("Geboekte uren");
        tables.Select(t => t["caption"]).Should().OnlyHaveUniqueItems();
        tables
            .Should()
            .AllSatisfy(t =>
                t.Children.Select(c => c["caption"]!.ToLowerInvariant()).Should().OnlyHaveUniqueItems(t.Name)
            );
    }

    [Fact]
    public void Incremental_refresh_reads_the_two_large_facts_by_month_and_loses_no_row()
    {
        var model = new ProjectModel(Project.Files("incremental-nl"), Project.NamesOf("incremental-nl"));

        var by = model
            .Tables.Where(t => t.Of("refreshPolicy").Any())
            .ToDictionary(
                t => t.Name,
                t =>
                    (
                        Policy: t.Of("refreshPolicy").Single()["sourceExpression"],
                        Partition: t.Of("partition").Single()["source"]
                    )
            );
        by.Keys.Should().BeEquivalentTo("Urenregel", "Geplande dag");
        by.Should()
            .AllSatisfy(t =>
                t.Value.Policy.Should()
                    .Be(t.Value.Partition)
                    .And.Contain("_key] = -1 and IsLast")
                    .And.Contain("< To or IsLast")
            );
        model.Expressions.Select(e => e.Name).Should().Contain(["RangeStart", "RangeEnd"]);
    }

    [Fact]
    public void The_measures_that_others_rely_on_are_there()
    {
        var names = Measures.All.Select(m => m.Name.ToLowerInvariant()).ToList();

        foreach (
            var part in new[]
            {
                "utilisation",
                "tracked",
                "planned",
                "available",
                "productivity",
                "billable",
                "open cards",
                "backlog",
                "overdue",
                "on time",
                "late",
                "slip",
                "throughput",
                "lead time",
                "load",
            }
        )
            names.Should().Contain(n => n.Contains(part, StringComparison.Ordinal), part);
    }
}
