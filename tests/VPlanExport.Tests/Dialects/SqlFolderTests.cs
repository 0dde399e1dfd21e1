using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using VPlanExport.Dialects;
using VPlanExport.Entities;
using VPlanExport.Tests.Storage;

namespace VPlanExport.Tests.Dialects;

[Trait("Tier", "unit")]
public class SqlFolderTests
{
    [Fact]
    public void The_committed_folder_is_what_the_catalog_gives() =>
        SqlFolder
            .Check(Committed(), Catalog.All, Catalog.Tables)
            .Should()
            .BeEmpty("`vplan-export schema --write` makes it again");

    [Fact]
    public void The_generated_tables_can_be_made()
    {
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        Execute(connection, "CREATE SCHEMA stg; CREATE SCHEMA dw");

        foreach (
            var (path, text) in SqlFolder
                .Render(Catalog.All, Catalog.Tables)
                .Where(f =>
                    f.Key.StartsWith("duckdb/stg", StringComparison.Ordinal)
                    || f.Key.StartsWith("duckdb/dw", StringComparison.Ordinal)
                )
        )
            connection.Invoking(c => Execute(c, text)).Should().NotThrow(path);
    }

    [Fact]
    public void What_was_written_has_no_differences_and_every_change_to_it_is_one()
    {
        using var folder = new TempFolder();
        SqlFolder.Write(folder.Path, Catalog.All, Catalog.Tables);
        SqlFolder.Check(folder.Path, Catalog.All, Catalog.Tables).Should().BeEmpty();

        var stage = Path.Combine(folder.Path, "duckdb/dw/dim_stage.sql");
        File.WriteAllText(
            stage,
            File.ReadAllText(stage).Replace("stage_id VARCHAR", "stage_id TEXT", StringComparison.Ordinal)
        );
        File.Delete(Path.Combine(folder.Path, "README.md"));
        foreach (var part in new[] { "duckdb/stg", "sqlserver/references", "synapse" })
            File.WriteAllText(Path.Combine(folder.Path, part, "dim_old.sql"), "");
        File.WriteAllText(Path.Combine(folder.Path, "sqlserver/etl/by_hand.sql"), "");
        SqlFolder
            .Check(folder.Path, Catalog.All, Catalog.Tables)
            .Should()
            .Equal(
                "README.md: missing.",
                "duckdb/dw/dim_stage.sql, line 5: is '    stage_id TEXT, -- vPlan's id.', the catalog gives '    stage_id VARCHAR, -- vPlan's id.'.",
                "duckdb/stg/dim_old.sql: the catalog has no such table.",
                "sqlserver/references/dim_old.sql: the catalog has no such table.",
                "synapse/dim_old.sql: the catalog has no such table."
            );

        SqlFolder.Write(folder.Path, Catalog.All, Catalog.Tables);
        SqlFolder.Check(folder.Path, Catalog.All, Catalog.Tables).Should().BeEmpty();
    }

    [Fact]
    public void Line_ends_of_another_platform_are_no_difference()
    {
        using var folder = new TempFolder();
        SqlFolder.Write(folder.Path, Catalog.All, Catalog.Tables);
        var readme = Path.Combine(folder.Path, "README.md");
        File.WriteAllText(readme, File.ReadAllText(readme).Replace("\n", "\r\n", StringComparison.Ordinal));

        SqlFolder.Check(folder.Path, Catalog.All, Catalog.Tables).Should().BeEmpty();
    }

    [Fact]
    public void The_dictionary_says_of_every_column_what_it_means_and_where_it_comes_from()
    {
        var text = SqlFolder.Render(Catalog.All, Catalog.Tables)["README.md"];

        text.Should()
            .Contain("## fact_time_entry\n\nOne row per time entry. Read from `/time_tracking`.")
            .And.Contain("| minutes | Int64 | Tracked time as vPlan delivers it. | minutes | `duration` |  |")
            .And.Contain("| note | Text(4000) | Note of the worker. |  | `note` | yes |")
            .And.Contain(
                "| resource_key | Key | The user's resource. Refers to dim_resource. |  | dim_user.resource_key by user_key |  |"
            );
        Catalog
            .Tables.SelectMany(t => t.Columns)
            .Should()
            .AllSatisfy(c => text.Should().Contain($"| {c.Name} | {c.Type} |"));
    }

    [Fact]
    public void The_diagrams_draw_every_reference_and_no_table_that_is_not_there()
    {
        var lines = Regex
            .Matches(
                SqlFolder.Render(Catalog.All, Catalog.Tables)["README.md"],
                """^    (\w+) \|\|--o[{|] (\w+) : "([a-z_, ]+)"$""",
                RegexOptions.Multiline
            )
            .Select(m => (To: m.Groups[1].Value, From: m.Groups[2].Value, Roles: m.Groups[3].Value.Split(", ")))
            .ToList();

        var drawn = lines.SelectMany(l => l.Roles.Select(role => $"{l.From}.{role} {l.To}"));
        var references = Catalog.Tables.SelectMany(t =>
            t.Columns.Where(c => c.References is not null)
                .Select(c => $"{t.Name}.{Regex.Replace(c.Name, "(_date)?_key$", "")} {c.References}")
        );
        drawn.Should().BeEquivalentTo(references.Append("fact_card.card dim_card"));
        lines.SelectMany(l => new[] { l.From, l.To }).Should().BeSubsetOf(Catalog.Tables.Select(t => t.Name));
        lines
            .Should()
            .OnlyHaveUniqueItems(l => $"{l.From} {l.To}")
            .And.Contain(l =>
                l.From == "fact_card"
                && l.To == "dim_date"
                && l.Roles.SequenceEqual(new[] { "start", "end", "due", "completed", "created" })
            );
    }

    private static string Committed([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(here, "../../../../sql"));

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
