using System.Globalization;
using System.Text.Json.Nodes;
using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>What somebody altered in the warehouse, a value of every table at once, is found: table, month, key and column.</summary>
[Trait("Tier", "scenario")]
public sealed class VerifyContentTests(VerifiedPlace verified) : IClassFixture<VerifiedPlace>
{
    /// <summary>By name: the columns that are altered, what they become, and the least number of tables that have such a value.</summary>
    private static readonly Dictionary<
        string,
        (Func<Column, bool> Of, string Value, string Where, int Tables)
    > s_alterations = new()
    {
        ["reference"] = (c => c.References is not null && c.Type.Kind == ColumnKind.Key, "-1", "{0} <> -1", 20),
        ["date key"] = (c => c.Type.Kind == ColumnKind.DateKey && c.References is not null, "-1", "{0} <> -1", 10),
        ["case of a text"] = (
            IsText,
            "CASE WHEN {0} = upper({0}) THEN lower({0}) ELSE upper({0}) END",
            "lower({0}) <> upper({0})",
            25
        ),
        ["space after a text"] = (IsText, "{0} || ' '", "{0} IS NOT NULL", 25),
        ["empty text"] = (IsText, "''", "{0} IS NULL", 15),
        ["no text"] = (IsText, "NULL", "{0} IS NOT NULL", 25),
        ["number"] = (c => c.Type.Kind is ColumnKind.Int32 or ColumnKind.Int64, "{0} + 1", "{0} IS NOT NULL", 15),
        ["decimal"] = (c => c.Type.Kind == ColumnKind.Decimal, "{0} + 0.0001", "{0} IS NOT NULL", 2),
        ["flag"] = (
            c => c.Type.Kind == ColumnKind.Bool && c.Name is not ("is_deleted" or "is_inferred"),
            "NOT {0}",
            "{0} IS NOT NULL",
            15
        ),
        ["mark of deletion"] = (c => c.Name == "is_deleted", "NOT is_deleted", "is_deleted", 8),
        ["date"] = (c => c.Type.Kind == ColumnKind.Date, "{0} + 1", "{0} IS NOT NULL", 10),
        ["moment"] = (
            c => c.Type.Kind == ColumnKind.Timestamp && c.Name != "extracted_at",
            "{0} + INTERVAL 1 MICROSECOND",
            "{0} IS NOT NULL",
            25
        ),
    };

    public static TheoryData<string> Alterations => [.. s_alterations.Keys];

    [Theory]
    [MemberData(nameof(Alterations))]
    public async Task An_altered_value_is_found_in_every_table(string alteration)
    {
        var (of, value, where, tables) = s_alterations[alteration];
        var warehouse = verified.Copy();
        var altered = Alter(warehouse, of, value, where);
        altered.Should().HaveCountGreaterThanOrEqualTo(tables);

        var outcome = (await verified.VerifyAsync(warehouse, "--rows")).ShouldBe(ExitCode.Contract);

        Differing(outcome).Should().Equal(altered.Select(a => a.Table));
        foreach (var (table, key, month, column) in altered)
        {
            RowsOf(outcome, table)
                .Should()
                .ContainSingle($"{column} of {table} was altered in one row")
                .Which.Should()
                .MatchRegex($"^ *{key} +{month}{(month == "" ? "" : " +")}changed +{column}$");
        }
    }

    [Fact]
    public async Task Minutes_that_were_moved_from_one_entry_to_another_are_found()
    {
        var warehouse = verified.Copy();
        VerifiedPlace.Execute(
            warehouse,
            [
                "UPDATE dw.fact_time_entry SET minutes = minutes + CASE WHEN time_entry_key = (SELECT max(time_entry_key) FROM dw.fact_time_entry WHERE NOT is_deleted) THEN 1 ELSE -1 END WHERE time_entry_key IN (SELECT max(time_entry_key) FROM dw.fact_time_entry WHERE NOT is_deleted UNION SELECT min(time_entry_key) FROM dw.fact_time_entry WHERE NOT is_deleted)",
            ]
        );
        var months = VerifiedPlace
            .Execute(
                warehouse,
                [
                    "SELECT DISTINCT strftime(work_date, '%Y-%m') AS m FROM dw.fact_time_entry WHERE time_entry_key IN (SELECT max(time_entry_key) FROM dw.fact_time_entry WHERE NOT is_deleted UNION SELECT min(time_entry_key) FROM dw.fact_time_entry WHERE NOT is_deleted) ORDER BY m",
                ]
            )
            .Select(row => (string)row[0]!);

        var outcome = (await verified.VerifyAsync(warehouse))
            .ShouldBe(ExitCode.Contract)
            .Naming(
                "1 thing differs. fact_time_entry:",
                $"with other values in {string.Join(", ", months)}",
                "vplan-export verify --rows",
                "vplan-export load --all"
            );

        outcome
            .Lines.Should()
            .ContainSingle(line => line.Contains("DIFFERS", StringComparison.Ordinal))
            .Which.Should()
            .Contain($"differs in {string.Join(", ", months)} ");
    }

    [Fact]
    public async Task A_deleted_row_whose_key_was_changed_is_missing_and_another_is_added()
    {
        var warehouse = verified.Copy();
        var tables = Catalog
            .Tables.Where(t => t.Name is not "dim_date")
            .Select(t =>
                (
                    Table: t,
                    Row: VerifiedPlace.Execute(
                        warehouse,
                        [$"SELECT {t.Key.Name} FROM dw.{t.Name} WHERE is_deleted ORDER BY 1 LIMIT 1"]
                    )
                )
            )
            .Where(t => t.Row.Count == 1)
            .Select(t => (t.Table, Key: (long)t.Row[0][0]!))
            .ToList();
        tables.Should().HaveCountGreaterThan(8);
        VerifiedPlace.Execute(
            warehouse,
            tables.Select(t =>
                $"UPDATE dw.{t.Table} SET {t.Table.Key.Name} = {t.Key + 1} WHERE {t.Table.Key.Name} = {t.Key}"
            )
        );

        var outcome = (await verified.VerifyAsync(warehouse, "--rows")).ShouldBe(ExitCode.Contract);

        Differing(outcome).Should().Equal(tables.Select(t => t.Table.Name));
        foreach (var (table, key) in tables)
            RowsOf(outcome, table.Name)
                .Select(line => line.Trim().Split(' '))
                .Select(words => (words[0], words[^1]))
                .Should()
                .BeEquivalentTo([($"{key}", "missing"), ($"{key + 1}", "added")]);
    }

    [Fact]
    public async Task A_row_that_is_there_twice_is_added()
    {
        var warehouse = verified.Copy();
        VerifiedPlace.Execute(
            warehouse,
            [
                "INSERT INTO dw.fact_time_entry SELECT * FROM dw.fact_time_entry WHERE time_entry_key = (SELECT min(time_entry_key) FROM dw.fact_time_entry)",
            ]
        );

        var outcome = (await verified.VerifyAsync(warehouse, "--rows", "--entity", "time_tracking")).ShouldBe(
            ExitCode.Contract
        );

        RowsOf(outcome, "fact_time_entry").Should().ContainSingle().Which.Should().EndWith(" added");
    }

    [Fact]
    public async Task Of_many_rows_the_first_are_listed_and_all_are_counted()
    {
        var warehouse = verified.Copy();
        VerifiedPlace.Execute(warehouse, ["UPDATE dw.fact_time_entry SET note = coalesce(note, '') || '.'"]);
        var rows = (long)VerifiedPlace.Execute(warehouse, ["SELECT count(*) FROM dw.fact_time_entry"])[0][0]!;

        var outcome = (
            await verified.VerifyAsync(warehouse, "--rows", "--entity", "time_tracking", "--log-format", "json")
        ).ShouldBe(ExitCode.Contract);

        var table = JsonNode.Parse(
            outcome.Lines.First(line => line.Contains("\"verification\"", StringComparison.Ordinal))
        )!["tables"]!
            .AsArray()
            .Single(t => (string)t!["table"]! == "fact_time_entry")!;
        ((long)table["differentRows"]!["count"]!, table["differentRows"]!["first"]!.AsArray().Count)
            .Should()
            .Be((rows, 100));
        (
            (string)table["differentRows"]!["first"]![0]!["columns"]![0]!,
            (string)table["differentRows"]!["first"]![0]!["difference"]!
        )
            .Should()
            .Be(("note", "changed"));
    }

    [Fact]
    public async Task Nothing_differs_and_no_row_is_listed_where_nothing_was_altered()
    {
        var outcome = (await verified.VerifyAsync(verified.Copy(), "--rows")).ShouldBe(ExitCode.Ok);

        outcome.Output.Should().NotContainAny("DIFFERS", "rows differ");
    }

    private static bool IsText(Column column) => column.Type.Kind is ColumnKind.Text or ColumnKind.Json;

    /// <summary>Alters one row of each table, in the first column that has such a value.</summary>
    private static List<(string Table, long Key, string Month, string Column)> Alter(
        string warehouse,
        Func<Column, bool> of,
        string value,
        string where
    )
    {
        var columns = Catalog.Tables.SelectMany(t =>
            t.Columns.Skip(1).Where(c => c.Name != "run_id" && of(c)).Select(c => (Table: t, Column: c))
        );
        var rows = VerifiedPlace.Execute(
            warehouse,
            [string.Join(" UNION ALL ", columns.Select(c => FirstRow(c.Table, c.Column, where)))]
        );
        var altered = rows.DistinctBy(row => row[0])
            .Select(row =>
                (
                    Table: (string)row[0]!,
                    Key: Convert.ToInt64(row[1], CultureInfo.InvariantCulture),
                    Month: (string)row[2]!,
                    Column: (string)row[3]!
                )
            )
            .ToList();
        VerifiedPlace.Execute(
            warehouse,
            altered.Select(a =>
                $"UPDATE dw.{a.Table} SET {a.Column} = {string.Format(CultureInfo.InvariantCulture, value, a.Column)} WHERE {Catalog.Table(a.Table).Key.Name} = {a.Key}"
            )
        );
        return altered;
    }

    private static string FirstRow(Table table, Column column, string where)
    {
        var month = table.MonthDate is { } date ? $"coalesce(strftime({date}, '%Y-%m'), '')" : "''";
        var condition = string.Format(CultureInfo.InvariantCulture, where, column.Name);
        return $"(SELECT '{table}', {table.Key.Name}, {month}, '{column.Name}' FROM dw.{table} WHERE {table.Key.Name} <> -1 AND {condition} ORDER BY 2 LIMIT 1)";
    }

    private static IEnumerable<string> Differing(Outcome outcome) =>
        outcome
            .Lines.Where(line => line.EndsWith("DIFFERS", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[0]);

    /// <summary>The lines below a table's heading and the names of its columns.</summary>
    private static List<string> RowsOf(Outcome outcome, string table) =>
        [
            .. outcome
                .Output.Split('\n')
                .SkipWhile(line => !line.StartsWith($"{table}: ", StringComparison.Ordinal))
                .Skip(3)
                .TakeWhile(line => line != ""),
        ];
}
