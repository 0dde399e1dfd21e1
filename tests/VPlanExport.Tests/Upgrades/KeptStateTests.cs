using System.Text.Json.Nodes;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Upgrades;

/// <summary>What a customer's state allows after an upgrade: everything that it allowed before.</summary>
[Trait("Tier", "scenario")]
public sealed class KeptStateTests
{
    [Fact]
    public async Task It_is_shown_as_it_is()
    {
        await using var house = await KeptState.OpenAsync();

        var status = await StatusAsync(house);

        StateOf(status, KeptState.InterruptedRun).Should().Be("interrupted");
        ((string)status["state"]!).Should().Be("interrupted", "that build kept no journal of its starts");
        StateOf(status, KeptState.FirstRun).Should().Be("committed");
        ((int)status["requestsUsedToday"]!).Should().Be(55);
        ((DateTime)status["keyFirstUsedAt"]!).Should().Be(new DateTime(2026, 10, 7, 1, 0, 0, DateTimeKind.Utc));
        Of(status, "tables", "table", "fact_time_entry", "rows").Should().Be(500);
        Of(status, "entities", "entity", "time_tracking", "held").Should().Be(1);
        var query = await DoAsync(house, "query", "SELECT count(*) FROM dw.fact_plan_change", "--format", "csv");
        query.Lines[^1].Trim().Should().NotBe("0");
        (await DoAsync(house, "verify")).Output.Should().NotContain("differ");
    }

    [Fact]
    public async Task Its_rejected_row_is_listed_and_exported_with_its_json()
    {
        await using var house = await KeptState.OpenAsync();

        var list = await DoAsync(house, "rejects", "list");
        await DoAsync(house, "rejects", "export", "--out", house.In("rejects.csv"));

        var entry = KeptState.RejectedEntry(house.World);
        list.Output.Should().ContainAll("fact_time_entry", entry, "yesterday");
        File.ReadAllText(house.In("rejects.csv")).Should().ContainAll(entry, "\"\"duration\"\"");
    }

    [Theory]
    [InlineData("extracted.json")]
    [InlineData("transformed.json")]
    public async Task Its_interrupted_run_is_finished_from_every_mark_and_a_night_follows(string lastMark)
    {
        await using var house = await KeptState.OpenAsync();
        if (lastMark == "extracted.json")
            File.Delete(house.In($"work/runs/{KeptState.InterruptedRun}/transformed.json"));
        KeptState.Correct(house.World);

        await DoAsync(house, "run");

        var runs = (await StatusAsync(house))["runs"]!.AsArray();
        runs.Take(2).Select(r => (string)r!["state"]!).Should().Equal("committed", "committed");
        ((string)runs[1]!["run"]!).Should().Be(KeptState.InterruptedRun);
        ((int)runs[1]!["requests"]!).Should().Be(55, "everything was read before the interruption");
        house
            .Warehouse("SELECT count(*) FROM bi.delivery WHERE subject = 'collection' AND begin_date IS NULL")
            .Should()
            .Equal(["0"], "the night reads everything, since the interrupted run's rows lack the columns added since");
        (await DoAsync(house, "rejects", "list")).Output.Should().NotContain(KeptState.RejectedEntry(house.World));
        await DoAsync(house, "verify");
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task Its_runs_rebuild_sinks_that_were_removed()
    {
        await using var house = await KeptState.OpenAsync();
        await DoAsync(house, "run");
        var before = Rows(house);

        RemoveSinks(house);
        await DoAsync(house, "load", "--all");

        Rows(house).Should().Equal(before);
        await house.SinksAgreeAsync();
    }

    [Fact]
    public async Task It_goes_back_to_its_first_run_and_a_night_follows()
    {
        await using var house = await KeptState.OpenAsync();

        await DoAsync(house, "rollback", "--to", KeptState.FirstRun);

        var rolledBack = Rows(house);
        await house.SinksAgreeAsync();
        KeptState.Correct(house.World);
        await DoAsync(house, "run");
        await DoAsync(house, "verify");
        await house.BothSinksEqualVPlanAsync();
        RemoveSinks(house);
        await DoAsync(house, "load", "--run", KeptState.FirstRun);
        rolledBack.Should().Equal(Rows(house), "that is what the first run brought");
    }

    [Fact]
    public async Task Its_backfill_goes_on_with_the_month_that_was_interrupted()
    {
        await using var house = await KeptState.OpenAsync();
        KeptState.Correct(house.World);

        await DoAsync(house, "backfill", "--from", "2026-08-01", "--to", "2026-09-30", "--entity", "time_tracking");

        var runs = (await StatusAsync(house))["runs"]!.AsArray();
        var months = runs.Where(r => ((string)r!["what"]!).StartsWith("backfill", StringComparison.Ordinal));
        months.Select(m => (string)m!["state"]!).Should().Equal("committed", "committed");
        Directory.GetFiles(house.In("work/backfills")).Should().BeEmpty();
        await DoAsync(house, "run");
        await house.BothSinksEqualVPlanAsync();
    }

    private static async Task<Outcome> DoAsync(TestExport house, params string[] words) =>
        (await house.InvokeAsync(words)).ShouldBe(ExitCode.Ok);

    private static async Task<JsonNode> StatusAsync(TestExport house) =>
        JsonNode.Parse((await DoAsync(house, "status", "--format", "json")).Output)!;

    private static string StateOf(JsonNode status, string run) =>
        (string)status["runs"]!.AsArray().Single(r => (string)r!["run"]! == run)!["state"]!;

    private static int Of(JsonNode status, string list, string key, string name, string number) =>
        (int)status[list]!.AsArray().Single(line => (string)line![key]! == name)![number]!;

    private static void RemoveSinks(TestExport house)
    {
        house.Remove("lake");
        house.Remove("warehouse.duckdb");
    }

    /// <summary>
    /// Every row of the warehouse's star, with its columns by name: an added column is its table's last. The run that brought it is left out: the build that
    /// kept the state named the last one that read it, this one names the last one that changed it.
    /// </summary>
    private static List<string> Rows(TestExport house)
    {
        var tables = house.Warehouse(
            "SELECT format('SELECT ''{0} '' || struct_pack({1})::VARCHAR FROM dw.{0}', table_name, "
                + "string_agg('\"' || column_name || '\" := \"' || column_name || '\"', ', ' ORDER BY column_name)) "
                + "FROM duckdb_columns() WHERE schema_name = 'dw' AND column_name NOT IN ('run_id', 'extracted_at') GROUP BY table_name"
        );
        return house.Warehouse($"{string.Join(" UNION ALL ", tables)} ORDER BY 1");
    }
}
