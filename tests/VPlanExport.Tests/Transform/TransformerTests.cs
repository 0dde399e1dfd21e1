using System.Globalization;
using CsvHelper;
using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Transform.Parsing;

namespace VPlanExport.Tests.Transform;

[Trait("Tier", "unit")]
public class TransformerTests
{
    [Fact]
    public async Task A_small_factory_becomes_a_star_whose_keys_all_lead_somewhere()
    {
        using var landing = await SmallFactoryAsync();
        var result = await landing.TransformAsync();
        (await landing.RowsAsync(PlanHistory.Changes)).Should().BeEmpty("what the first run finds is no change");
        foreach (var table in Catalog.Tables.Except([PlanHistory.Changes]))
        {
            var rows = await landing.RowsAsync(table);
            rows.Select(r => r[table.Key.Name]).Should().OnlyHaveUniqueItems();
            foreach (var column in table.Columns.Where(c => c.References is not null))
            {
                var dimension = Catalog.Table(column.References!);
                var members = (await landing.RowsAsync(dimension)).Select(r => r[dimension.Key.Name]).ToHashSet();
                rows.Select(r => r[column.Name])
                    .Should()
                    .OnlyContain(key => members.Contains(key), $"{table}.{column.Name} points to {dimension}");
            }
        }
        result.Entities["card"].Should().Be(new EntityTotals(2, 2, 0, 0));
        result
            .Tables.Where(t => Catalog.Computed.All(c => c.Name != t.Table))
            .Should()
            .OnlyContain(t => t.DeleteScopes.All(c => c.IsFullSnapshot) && t.DeleteScopes.Count > 0);
    }

    [Fact]
    public async Task Every_dimension_has_the_unknown_member_and_inferred_ones_for_what_was_not_read()
    {
        using var landing = await new LandedRun().LandAsync(
            Users.Entity,
            ["""{"id":"U1","resource_id":"R9","fullname":"Jan"}""", """{"id":"U2","resource_id":null}"""]
        );
        await landing.TransformAsync();
        (await landing.RowsAsync(Resources.Dim))
            .Select(r => (r["resource_key"], r["resource_id"], r["name"], r["is_inferred"]))
            .Should()
            .Equal((-1L, "", "Unknown", false), (SurrogateKey.Of("resource", "R9"), "R9", "(not exported)", true));
        (await landing.RowsAsync(Users.Dim))
            .Select(r => (r["user_id"], r["full_name"], r["is_inferred"]))
            .Should()
            .Equal(("U1", "Jan", false), ("U2", null, false), ("", "Unknown", false));
        (await landing.RowsAsync(Boards.Statuses)).Should().ContainSingle().Which["status_key"].Should().Be(-1L);
    }

    [Fact]
    public async Task A_cards_board_comes_from_itself_else_its_stage_else_its_collection()
    {
        using var landing = await new LandedRun().LandAsync(Stages.Entity, ["""{"id":"S1","board_id":"B1"}"""]);
        await landing.LandAsync(
            Collections.Entity,
            ["""{"id":"J1","board_id":"B2","due_date":"2026-11-20"}""", """{"id":"J2"}"""]
        );
        await landing.LandAsync(
            Cards.Entity,
            [
                """{"id":"C1","board_id":"B0","stage_id":"S1","collection_id":"J1"}""",
                """{"id":"C2","stage_id":"S1","collection_id":"J1"}""",
                """{"id":"C3","collection_id":"J1"}""",
                """{"id":"C4","collection_id":"J2"}""",
            ]
        );
        await landing.TransformAsync();
        (await landing.RowsAsync(Cards.Fact))
            .Select(r => r["board_key"])
            .Should()
            .Equal(SurrogateKey.Of("board", "B0"), SurrogateKey.Of("board", "B1"), SurrogateKey.Of("board", "B2"), -1L);
        (await landing.RowsAsync(Cards.Fact))
            .Select(r => (r["due_date_key"], r["days_late"]))
            .Should()
            .Equal((20261120, 3), (20261120, 3), (20261120, 3), (-1, null));
        (await landing.RowsAsync(Cards.Dim))
            .Where(r => (long)r["card_key"]! != -1)
            .Select(r => r["board_key"])
            .Should()
            .Equal(SurrogateKey.Of("board", "B0"), SurrogateKey.Of("board", "B1"), SurrogateKey.Of("board", "B2"), -1L);
    }

    [Fact]
    public async Task A_time_entry_takes_collection_and_board_from_its_card_and_the_resource_from_its_user()
    {
        using var landing = await SmallFactoryAsync();
        await landing.TransformAsync();
        var entries = await landing.RowsAsync(TimeEntries.Fact);
        entries
            .Should()
            .ContainSingle(e => (string)e["time_entry_id"]! == "T1")
            .Which.Should()
            .Contain("collection_key", SurrogateKey.Of("collection", "J1"))
            .And.Contain("board_key", SurrogateKey.Of("board", "B1"))
            .And.Contain("resource_key", SurrogateKey.Of("resource", "R1"));
        entries
            .Should()
            .ContainSingle(e => (string)e["time_entry_id"]! == "T2")
            .Which.Should()
            .Contain("card_key", -1L)
            .And.Contain("collection_key", -1L)
            .And.Contain("board_key", -1L);
    }

    [Fact]
    public async Task Rows_of_before_follow_a_card_to_its_new_board_and_collection()
    {
        using var before = await SmallFactoryAsync();
        await before.TransformAsync();
        using var now = new LandedRun { Run = ParsedRecords.Run with { RunId = "run-2" } };
        await now.AfterAsync(before);
        await now.LandAsync(Cards.Entity, ["""{"id":"C1","board_id":"B2","collection_id":"J2"}"""], isComplete: false);
        await now.LandAsync(
            TimeEntries.Entity,
            ["""{"id":"T3","card_id":"C1","start":"2026-11-20T08:00:00Z"}"""],
            isComplete: false
        );
        await now.TransformAsync();
        var entries = await now.RowsAsync(TimeEntries.Fact);
        entries
            .Select(e => e["time_entry_id"])
            .Should()
            .BeEquivalentTo(["T3", "T1"], "T2 has no card, T3 was read by the run itself");
        entries
            .Should()
            .OnlyContain(e =>
                (long)e["board_key"]! == SurrogateKey.Of("board", "B2")
                && (long)e["collection_key"]! == SurrogateKey.Of("collection", "J2")
                && (string)e["run_id"]! == "run-2"
            );
        entries.Single(e => (string)e["time_entry_id"]! == "T1")["minutes"].Should().Be(30L);
        (await now.RowsAsync(Cards.Dim))
            .Where(r => r["is_inferred"] is false)
            .Select(r => r["card_id"])
            .Should()
            .BeEquivalentTo(new[] { "C1", "" });
    }

    [Fact]
    public async Task Open_cards_grow_a_day_late_each_day_and_nothing_else_is_written_again()
    {
        using var before = await SmallFactoryAsync();
        await before.TransformAsync();
        using var now = new LandedRun
        {
            Run = ParsedRecords.Run with { RunId = "run-2", Today = ParsedRecords.Run.Today.AddDays(1) },
        };
        await now.AfterAsync(before);
        await now.TransformAsync();
        (await now.RowsAsync(Cards.Fact))
            .Select(r => (r["card_id"], r["days_late"], r["run_id"]))
            .Should()
            .Equal(("C1", 4, "run-2"));
        (await now.RowsAsync(TimeEntries.Fact)).Should().BeEmpty();
    }

    [Fact]
    public async Task The_same_day_again_writes_nothing_again()
    {
        using var before = await SmallFactoryAsync();
        await before.TransformAsync();
        using var now = new LandedRun();
        await now.AfterAsync(before);
        var result = await now.TransformAsync();
        result
            .Tables.Where(t => t.Rows > 0)
            .Select(t => t.Table)
            .Should()
            .OnlyContain(t => t.StartsWith("dim_", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Rows_that_are_gone_or_deleted_are_not_brought_up_to_date()
    {
        using var before = await new LandedRun().LandAsync(
            Collections.Entity,
            ["""{"id":"J1","due_date":"2026-11-20"}"""]
        );
        await before.LandAsync(
            Cards.Entity,
            [
                """{"id":"C1","collection_id":"J1"}""",
                """{"id":"C2","collection_id":"J1","deleted_at":"2026-11-01T00:00:00Z"}""",
                """{"id":"C3","collection_id":"J1"}""",
            ]
        );
        await before.TransformAsync();
        using var now = new LandedRun { Run = ParsedRecords.Run with { Today = ParsedRecords.Run.Today.AddDays(1) } };
        await now.AfterAsync(before);
        await now.LandAsync(Cards.Entity, [], isComplete: false, gone: ["C1"]);
        var result = await now.TransformAsync();
        (await now.RowsAsync(Cards.Fact)).Select(r => r["card_id"]).Should().Equal("C3");
        result.Tables.Single(t => t.Table == "fact_card").Deleted.Should().Equal(SurrogateKey.Of("card", "C1"));
    }

    [Fact]
    public async Task A_due_date_that_moved_reaches_cards_the_run_did_not_read()
    {
        using var before = await SmallFactoryAsync();
        await before.TransformAsync();
        using var now = new LandedRun();
        await now.AfterAsync(before);
        await now.LandAsync(
            Collections.Entity,
            ["""{"id":"J1","board_id":"B1","due_date":"2026-11-30"}"""],
            isComplete: false
        );
        await now.TransformAsync();
        (await now.RowsAsync(Cards.Fact))
            .Should()
            .ContainSingle(r => (string)r["card_id"]! == "C1")
            .Which.Should()
            .Contain("due_date", new DateOnly(2026, 11, 30))
            .And.Contain("due_date_key", 20261130)
            .And.Contain("days_late", -7);
    }

    [Fact]
    public async Task A_status_under_two_boards_is_one_row()
    {
        using var landing = await new LandedRun().LandAsync(
            Boards.Entity,
            [
                """{"id":"B1","statuses":[{"id":"S1","name":"Open"},{"id":"S1","name":"Again"}],"labels":[]}""",
                """{"id":"B2","statuses":[{"id":"S1","name":"Open"},{"id":"S2","name":"Done"}],"labels":[]}""",
            ],
            pageRows: 1
        );
        await landing.TransformAsync();
        (await landing.RowsAsync(Boards.Statuses)).Select(r => r["name"]).Should().Equal("Open", "Done", "Unknown");
    }

    [Theory]
    [InlineData("""{"id":"C1","labels":[]}""", """{"id":"C2","labels":[{"id":"L"}]}""", true)]
    [InlineData("""{"id":"C1","labels":[]}""", """{"id":"C2","labels":null}""", true)]
    [InlineData("""{"id":"C1","labels":[]}""", """{"id":"C2"}""", true)]
    [InlineData("""{"id":"C1","labels":null}""", """{"id":"C2","labels":null}""", false)]
    [InlineData("""{"id":"C1"}""", """{"id":"C2"}""", false)]
    public async Task Links_are_only_replaced_when_some_card_came_with_its_list(
        string first,
        string second,
        bool expected
    )
    {
        using var landing = await new LandedRun().LandAsync(Cards.Entity, [first, second]);
        var claim = (await landing.TransformAsync())
            .Tables.Single(t => t.Table == "bridge_card_label")
            .DeleteScopes.Single();
        (claim.ReplacesChildren, claim.IsFullSnapshot).Should().Be((expected, expected));
    }

    [Fact]
    public async Task A_card_that_came_without_its_list_keeps_its_links()
    {
        using var landing = await new LandedRun().LandAsync(
            Cards.Entity,
            ["""{"id":"C1","labels":[]}""", """{"id":"C2"}"""]
        );
        (await landing.TransformAsync())
            .Tables.Single(t => t.Table == "bridge_card_label")
            .DeleteScopes.Single()
            .Excluded.Should()
            .Equal(SurrogateKey.Of("card", "C2"));
    }

    [Fact]
    public async Task A_bad_record_goes_to_the_csv_with_its_raw_json_intact_and_the_rest_goes_on()
    {
        const string bad = """{"id":"C2","name":"=1+1, \"日本語\"\n;","position":"=1+1, \"too\"","labels":[]}""";
        using var landing = await new LandedRun().LandAsync(
            Cards.Entity,
            [
                """{"id":"C1","activities":[{"time":5}],"labels":[],"resources":[]}""",
                bad,
                """{"id":"C3","activities":[],"labels":[],"resources":[]}""",
            ]
        );
        var result = await landing.TransformAsync();
        using var csv = CsvReader.Create(new MemoryStream(await landing.BytesAsync("rows/rejects.csv")));
        var rows = new List<string[]>();
        while (csv.Read())
            rows.Add([.. Enumerable.Range(0, csv.FieldCount).Select(i => csv.GetString(i))]);
        rows.Should().HaveCount(2);
        rows[0]
            .Should()
            .Equal(
                "card",
                "fact_card_activity",
                "C1",
                "activities[].id",
                "",
                "the id is missing",
                $"{ValueContract.Version}",
                "1",
                """{"time":5}"""
            );
        rows[1]
            .Should()
            .Equal(
                "card",
                "dim_card",
                "C2",
                "position",
                "=1+1, \"too\"",
                "not a whole number that fits Int32",
                $"{ValueContract.Version}",
                "1",
                bad
            );
        csv.Headers.Should().Equal("entity", "table", "id", "field", "value", "reason", "rules", "page", "raw");
        result.Entities["card"].Should().Be(new EntityTotals(3, 2, 1, 0));
        result
            .RejectsByTable.Should()
            .Equal(new Dictionary<string, long> { ["fact_card_activity"] = 1, ["dim_card"] = 1 });
        result
            .Tables.Single(t => t.Table == "dim_card")
            .DeleteScopes.Single()
            .Excluded.Should()
            .Equal(SurrogateKey.Of("card", "C2"));
        result
            .Tables.Single(t => t.Table == "fact_card_activity")
            .DeleteScopes.Single()
            .Excluded.Should()
            .Equal(SurrogateKey.Of("card", "C1"), SurrogateKey.Of("card", "C2"));
        result
            .Tables.Single(t => t.Table == "bridge_card_resource")
            .DeleteScopes.Single()
            .Excluded.Should()
            .Equal(SurrogateKey.Of("card", "C2"));
    }

    [Theory]
    [InlineData(100, 10, false)]
    [InlineData(100, 11, true)]
    [InlineData(2000, 20, false)]
    [InlineData(2000, 21, true)]
    public async Task More_bad_rows_than_the_threshold_stop_the_run(int records, int bad, bool stops)
    {
        using var landing = await new LandedRun().LandAsync(
            Stages.Entity,
            [.. Enumerable.Range(0, records).Select(i => i < bad ? "{}" : $$"""{"id":"S{{i}}"}""")],
            pageRows: 100
        );
        var transform = () => landing.TransformAsync();
        if (!stops)
        {
            (await transform.Should().NotThrowAsync()).Which.Entities["stage"].Rejected.Should().Be(bad);
            return;
        }
        var error = (await transform.Should().ThrowAsync<ContractException>()).Which;
        error.ExitCode.Should().Be(ExitCode.Contract);
        error
            .Message.Should()
            .StartWith(
                $"Entity stage: {bad} records are bad, more than the {bad - 1} allowed (1% of {records}, at least 10). The first: id '', id = ''"
            );
        (await landing.FilesAsync()).Select(f => f.Path).Should().Equal("rows/rejects.csv");
        landing.HasSpool.Should().BeFalse();
    }

    [Fact]
    public async Task A_record_with_many_bad_elements_is_one_bad_record()
    {
        using var landing = await new LandedRun().LandAsync(
            Cards.Entity,
            [$$"""{"id":"C1","activities":[{{string.Join(',', Enumerable.Repeat("{}", 50))}}]}"""]
        );
        (await landing.TransformAsync()).RejectsByTable["fact_card_activity"].Should().Be(50);
    }

    [Fact]
    public async Task A_label_without_an_id_is_left_out_and_told_and_stops_nothing()
    {
        using var landing = await new LandedRun().LandAsync(
            Cards.Entity,
            [$$"""{"id":"C1","labels":[{"id":"L"},{{string.Join(',', Enumerable.Repeat("{}", 50))}}]}"""]
        );
        var result = await landing.TransformAsync();
        (result.RejectsByTable.Count, result.UnknownProperties["card.labels[] without id"]).Should().Be((0, 50));
        (await landing.RowsAsync(Cards.LabelBridge)).Should().ContainSingle();
    }

    [Fact]
    public async Task Entries_are_kept_by_the_month_of_their_business_date()
    {
        using var landing = await new LandedRun().LandAsync(
            TimeEntries.Entity,
            [
                """{"id":"T1","start":"2025-07-31T21:59:59Z"}""",
                """{"id":"T2","start":"2025-07-31T23:30:00Z"}""",
                """{"id":"T3","start":"2025-01-31T23:30:00Z"}""",
                """{"id":"T4"}""",
            ]
        );
        var result = await landing.TransformAsync();
        result
            .Tables.Single(t => t.Table == "fact_time_entry")
            .Files.Select(f => (f.Path, f.Month, f.Rows))
            .Should()
            .Equal(
                ("rows/fact_time_entry.parquet", null, 1),
                ("rows/fact_time_entry/2025-02.parquet", "2025-02", 1),
                ("rows/fact_time_entry/2025-07.parquet", "2025-07", 1),
                ("rows/fact_time_entry/2025-08.parquet", "2025-08", 1)
            );
        (await landing.RowsAsync(TimeEntries.Fact))
            .Select(r => (r["time_entry_id"], r["work_date_key"]))
            .Should()
            .Equal(("T4", -1), ("T3", 20250201), ("T1", 20250731), ("T2", 20250801));
        (result.OldestDate, result.LatestDate).Should().Be((new DateOnly(2025, 2, 1), new DateOnly(2025, 8, 1)));
    }

    [Fact]
    public async Task The_same_pages_twice_give_the_same_bytes()
    {
        using var first = await ManyEntriesAsync();
        using var second = await ManyEntriesAsync();
        await first.TransformAsync();
        await second.TransformAsync();
        var files = await first.FilesAsync();
        files.Should().HaveCountGreaterThan(10);
        foreach (var file in files)
            (await second.BytesAsync(file.Path)).Should().Equal(await first.BytesAsync(file.Path), file.Path);
    }

    [Fact]
    public async Task Rows_of_many_pages_arrive_once_each_and_in_order()
    {
        using var landing = await ManyEntriesAsync();
        var result = await landing.TransformAsync();
        result.Entities["time_tracking"].Should().Be(new EntityTotals(40_000, 40_000, 0, 0));
        (await landing.RowsAsync(TimeEntries.Fact))
            .Select(r => (string)r["time_entry_id"]!)
            .Should()
            .Equal(Enumerable.Range(0, 40_000).Select(Id));
    }

    [Fact]
    public async Task The_calendar_has_whole_years_from_the_oldest_date_ever_seen_to_two_years_ahead()
    {
        using var landing = await new LandedRun().LandAsync(
            TimeEntries.Entity,
            ["""{"id":"T1","start":"2025-07-31T10:00:00Z"}"""]
        );
        var result = await landing.TransformAsync((new DateOnly(2024, 12, 30), new DateOnly(2026, 1, 1)));
        var days = await landing.RowsAsync(Catalog.Table("dim_date"));
        days.Select(d => d["date_key"]).Should().StartWith([-1, 20240101, 20240102]).And.EndWith(20281231);
        result.OldestDate.Should().Be(new DateOnly(2024, 12, 30));
    }

    [Fact]
    public async Task A_page_that_is_missing_or_damaged_is_named()
    {
        using var landing = await new LandedRun().LandAsync(
            Stages.Entity,
            ["""{"id":"S1"}""", """{"id":"S2"}"""],
            pageRows: 1
        );
        await landing.Store.PutAsync(
            "raw/stage/page-000002.json.gz",
            stream => stream.WriteAsync("not gzip"u8.ToArray(), TestContext.Current.CancellationToken).AsTask(),
            TestContext.Current.CancellationToken
        );
        await landing
            .Invoking(l => l.TransformAsync())
            .Should()
            .ThrowAsync<SinkException>()
            .WithMessage("Landed page raw/stage/page-000002.json.gz in * is damaged: *--fresh.");
        await landing.Store.DeleteAsync("raw/stage/page-000002.json.gz", TestContext.Current.CancellationToken);
        await landing
            .Invoking(l => l.TransformAsync())
            .Should()
            .ThrowAsync<SinkException>()
            .WithMessage("Landed page raw/stage/page-000002.json.gz is missing in *");
    }

    private static string Id(int i) =>
        string.Create(CultureInfo.InvariantCulture, $"{i:00000000}-0000-4000-8000-000000000000");

    private static Task<LandedRun> ManyEntriesAsync() =>
        new LandedRun().LandAsync(
            TimeEntries.Entity,
            [
                .. Enumerable
                    .Range(0, 40_000)
                    .Select(i =>
                        $$"""{"id":"{{Id(i)}}","card_id":"{{Id(i % 700)}}","user_id":"{{Id(i % 31)}}","start":"{{new DateTime(2026, 1, 1).AddMinutes(i * 10):yyyy-MM-ddTHH:mm:ssZ}}","duration":{{i % 90}},"note":"note {{i}}","mood{{i % 3}}":1}"""
                    ),
            ],
            pageRows: 500
        );

    private static async Task<LandedRun> SmallFactoryAsync()
    {
        var landing = await new LandedRun().LandAsync(
            Boards.Entity,
            [
                """{"id":"B1","name":"Hall","statuses":[{"id":"ST1","name":"Open"}],"labels":[{"id":"L1","name":"Rush"}],"custom_fields":[{"id":"F1","name":"Weight"}]}""",
            ]
        );
        await landing.LandAsync(Stages.Entity, ["""{"id":"S1","board_id":"B1"}"""]);
        await landing.LandAsync(Spaces.Entity, ["""{"id":"P1","boards":[{"id":"B1"},{"id":"B7"}]}"""]);
        await landing.LandAsync(Items.Entity, ["""{"id":"I1","code":"CH-LIS"}"""]);
        await landing.LandAsync(Activities.Entity, ["""{"id":"A1","description":"Welding","item_id":"I2"}"""]);
        await landing.LandAsync(Groups.Entity, ["""{"id":"G1","resources":[{"id":"R1"},{"id":"R8"}]}"""]);
        await landing.LandAsync(Warehouses.Entity, ["""{"id":"W1","code":"MAIN"}"""]);
        await landing.LandAsync(Projects.Entity, []);
        await landing.LandAsync(Relations.Entity, ["""{"id":"E1","name":"Acme BV"}"""]);
        await landing.LandAsync(
            Orders.Entity,
            [
                """{"id":"O1","project_id":"Q1","relation_id":"E1","warehouse_id":"W1","collection_id":"J1","order_rows":[{"id":"OR1","activity_id":"A1","item_id":"I3"}]}""",
            ]
        );
        await landing.LandAsync(Resources.Entity, ["""{"id":"R1","name":"J. de Vries"}"""]);
        await landing.LandAsync(Users.Entity, ["""{"id":"U1","resource_id":"R1"}"""]);
        await landing.LandAsync(
            Collections.Entity,
            [
                """{"id":"J1","board_id":"B1","due_date":"2026-11-20","labels":[{"id":"L1"}],"activities":[{"id":"A8","time":60}],"order":{"id":"O2"},"custom_fields":[{"name":"Finish","value":"red"}]}""",
            ]
        );
        await landing.LandAsync(CardRelations.Entity, ["""{"id":"X1","card_id":"C1","related_card_id":"C9"}"""]);
        await landing.LandAsync(
            Cards.Entity,
            [
                """{"id":"C1","stage_id":"S1","status_id":"ST9","collection_id":"J1","start_date":"2026-11-10","activities":[{"id":"A1","time":60},{"id":"A7","time":5}],"resources":[{"id":"R1"}],"labels":[{"id":"L1"},{"id":"L2"}],"custom_fields":[{"id":"F1","value":3},{"id":"F9","value":4}]}""",
                """{"id":"C2","parent_card_id":"C0","collection_id":"J1","completed_at":"2026-11-19T23:30:00Z","activities":[],"resources":[],"labels":[],"custom_fields":[]}""",
            ]
        );
        await landing.LandAsync(
            TimeEntries.Entity,
            [
                """{"id":"T1","card_id":"C1","activity_id":"A1","user_id":"U1","start":"2026-11-10T08:00:00Z","duration":30}""",
                """{"id":"T2","user_id":"U5","start":"2026-11-11T08:00:00Z","duration":10}""",
            ]
        );
        await landing.LandAsync(
            Schedules.Entity,
            [
                """{"id":"D1","resource_id":"R1","date":"2026-11-10"}""",
                """{"id":"D2","resource_id":"R6","date":"2031-01-01"}""",
            ]
        );
        await landing.LandAsync(Absences.Entity, ["""{"id":"V1","resource_id":"R5"}"""]);
        await landing.LandAsync(
            StageCapacities.Entity,
            ["""{"date":"2026-11-10","stage":[{"id":"S1","time_available":960},{"id":"S4","time_available":480}]}"""]
        );
        return landing;
    }
}
