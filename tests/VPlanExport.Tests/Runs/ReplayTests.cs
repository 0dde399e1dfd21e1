using System.Text.Json.Nodes;
using VPlanExport.Extract;
using VPlanExport.Package;
using VPlanExport.Runs;
using VPlanExport.Tests.Support;
using VPlanExport.Transform.Parsing;

namespace VPlanExport.Tests.Runs;

[Trait("Tier", "scenario")]
public sealed class ReplayTests
{
    private const string Before = "2026-10-06T10:00:00Z";

    [Fact]
    public async Task What_new_rules_accept_reaches_both_sinks_once_and_without_a_request()
    {
        await using var house = await TestExport.OpenAsync();
        var entries = Spoil(house, 3);
        var card = house.World.Records("card")[2];
        var position = card.ToJson()["position"]?.DeepClone();
        house.World.Edit("card", card.Id, new JsonObject { ["position"] = "not a date", ["updated_at"] = Before });
        await house.NightlyAsync();
        (await QuarantineAsync(house)).Should().HaveCount(4);
        var (watermarks, requests) = ((await house.ManifestAsync()).Entities, house.VPlan.Requests.Count);
        Mend(house, entries);
        house.World.Edit("card", card.Id, new JsonObject { ["position"] = position, ["updated_at"] = Before });
        await LoosenAsync(
            house,
            (
                "\\u0022position\\u0022:\\u0022not a date\\u0022",
                $"\\u0022position\\u0022:{position?.ToJsonString() ?? "null"}"
            ),
            ("not a date", Mended)
        );

        var replay = await ReplayAsync(house);

        replay!
            .Tables.Single(t => t.Table == "fact_time_entry")
            .Should()
            .Match<TableSummary>(t => t.Read == 3 && t.Written == 3 && t.Rejected == 0);
        (replay.Requests, house.VPlan.Requests.Count).Should().Be((0, requests));
        await house.BothSinksEqualVPlanAsync();
        (await QuarantineAsync(house)).Should().BeEmpty();
        (await house.ManifestAsync()).Entities.Should().BeEquivalentTo(watermarks);
        (await ReplayAsync(house)).Should().BeNull();
        house.Remove("warehouse.duckdb");
        await house.NightlyAsync();
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task A_record_that_a_later_run_has_read_keeps_the_newer_value()
    {
        await using var house = await TestExport.OpenAsync();
        var entries = Spoil(house, 2);
        await house.NightlyAsync();
        house.World.Edit(
            "time_tracking",
            entries[0],
            new JsonObject { ["start"] = "2026-10-02T08:00:00Z", ["duration"] = 77 }
        );
        await house.NightlyAsync();
        (await QuarantineAsync(house)).Select(h => h.Id).Should().Equal(entries[1]);
        Mend(house, entries[1..]);
        await LoosenAsync(house, ("not a date", Mended));

        (await ReplayAsync(house)).Should().NotBeNull();

        await house.BothSinksEqualVPlanAsync();
        house
            .Warehouse($"SELECT minutes FROM dw.fact_time_entry WHERE time_entry_id = '{entries[0]}'")
            .Should()
            .Equal("77");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_replay_that_died_at_any_event_is_ended_by_the_next_load_or_run(bool byLoad)
    {
        await using var house = await TestExport.OpenAsync();
        var entries = Spoil(house, 2);
        await house.NightlyAsync();
        Mend(house, entries);
        await LoosenAsync(house, ("not a date", Mended));
        var nth = 0;
        while (await DiesAtAsync(house, ++nth))
            (await house.Runs.CommittedAsync(CancellationToken.None)).Should().HaveCount(1);
        nth.Should().BeGreaterThan(3);
        await using var again = await TestExport.OpenAsync();
        entries = Spoil(again, 2);
        await again.NightlyAsync();
        Mend(again, entries);
        await LoosenAsync(again, ("not a date", Mended));
        (await DiesAtAsync(again, 3)).Should().BeTrue();

        if (byLoad)
            (await ReplayAsync(again)).Should().NotBeNull();
        else
            await again.NightlyAsync();

        await house.BothSinksEqualVPlanAsync();
        await again.BothSinksEqualVPlanAsync();
        (await QuarantineAsync(again)).Should().BeEmpty();
        (await ReplayAsync(again)).Should().BeNull();
    }

    [Fact]
    public async Task A_run_that_was_interrupted_is_ended_first()
    {
        await using var house = await TestExport.OpenAsync();
        var entries = Spoil(house, 2);
        await house.NightlyAsync();
        Mend(house, entries);
        await LoosenAsync(house, ("not a date", Mended));
        (
            await house.DiesAtAsync(
                happened => happened is RunEvent.Started { Phase: "load" },
                new RunRequest(RunKind.Nightly, [])
            )
        )
            .Should()
            .BeTrue();

        (await ReplayAsync(house)).Should().BeNull();

        house
            .Told.OfType<RunEvent.Info>()
            .Should()
            .Contain(i => i.Message.Contains("start vplan-export run", StringComparison.Ordinal));
        await house.NightlyAsync();
        await LoosenAsync(house, ("not a date", Mended));
        (await ReplayAsync(house)).Should().NotBeNull();
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task What_is_still_rejected_stays_and_is_not_tried_again_by_the_same_rules()
    {
        await using var house = await TestExport.OpenAsync();
        var settings = house.Settings;
        house.Settings = settings with { Runs = settings.Runs with { MinRejects = 100 } };
        Spoil(house, 30);
        await house.NightlyAsync();
        house.Settings = settings;
        await LoosenAsync(house);

        var replay = await ReplayAsync(house);

        replay!.Tables.Single(t => t.Table == "fact_time_entry").Rejected.Should().Be(30);
        (await QuarantineAsync(house)).Should().HaveCount(30).And.OnlyContain(h => h.RunId == replay.RunId);
        (await ReplayAsync(house)).Should().BeNull();
        await house.SinksAgreeAsync();
    }

    [Fact]
    public async Task What_was_landed_when_personal_data_was_treated_otherwise_is_not_read_again()
    {
        await using var house = await TestExport.OpenAsync();
        Spoil(house, 2);
        await house.NightlyAsync();
        await LoosenAsync(house, ("not a date", Mended));
        house.Settings = house.Settings with { PersonalData = new PersonalDataPolicy(PersonalDataMode.Omit) };

        (await ReplayAsync(house)).Should().BeNull();
    }

    [Fact]
    public async Task What_is_held_in_another_time_zone_waits_for_the_run_that_dates_everything_again()
    {
        await using var house = await TestExport.OpenAsync();
        var entries = Spoil(house, 2);
        await house.NightlyAsync();
        Mend(house, entries);
        await LoosenAsync(house, ("not a date", Mended));
        house.Settings = house.Settings with { TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Pacific/Auckland") };

        (await ReplayAsync(house)).Should().BeNull();

        (await QuarantineAsync(house)).Should().HaveCount(2);
        house
            .Told.OfType<RunEvent.Info>()
            .Should()
            .ContainSingle(i =>
                i.Message.StartsWith("VPlan:TimeZone is 'Pacific/Auckland'", StringComparison.Ordinal)
                && i.Message.Contains("What was rejected is read again by the next run", StringComparison.Ordinal)
            );
        await house.NightlyAsync();
        (await QuarantineAsync(house)).Should().BeEmpty();
        house
            .Warehouse(
                "SELECT count(*) FROM dw.fact_time_entry WHERE work_date IS DISTINCT FROM CAST((started_at AT TIME ZONE 'UTC') AT TIME ZONE 'Pacific/Auckland' AS DATE)"
            )
            .Should()
            .Equal("0");
        await house.SinksAgreeAsync();
    }

    [Theory]
    [InlineData("order_row", "delivered_date", "2026-10-01", "order_rows")]
    [InlineData("schedule", "hours_work", "7.5", null)]
    public async Task What_was_landed_on_a_list_of_its_own_is_read_again(
        string rows,
        string property,
        string good,
        string? list
    )
    {
        await using var house = await TestExport.OpenAsync(o =>
            o with
            {
                RejectedRelations = new HashSet<string> { "order.order_rows", "order.orderRows" },
            }
        );
        var id = house.World.Records(rows)[3].Id;
        house.World.Edit(rows, id, new JsonObject { [property] = "not a value" });
        await house.NightlyAsync();
        (await QuarantineAsync(house))
            .Should()
            .ContainSingle()
            .Which.Should()
            .Match<QuarantinedRecord>(h => h.List == list && h.Rows.Single().Value == "not a value");
        var requests = house.VPlan.Requests.Count;
        house.World.Edit(rows, id, new JsonObject { [property] = good });
        await LoosenAsync(house, ("not a value", good));

        (await ReplayAsync(house)).Should().NotBeNull();

        house.VPlan.Requests.Should().HaveCount(requests);
        await house.BothSinksEqualVPlanAsync();
        (await QuarantineAsync(house)).Should().BeEmpty();
        (await ReplayAsync(house)).Should().BeNull();
    }

    private const string Mended = "2026-10-01T08:00:00Z";

    private static async Task<RunSummary?> ReplayAsync(TestExport house, Action<RunEvent>? tell = null)
    {
        await using var runner = await house.OpenRunnerAsync(tell);
        await runner.CatchUpAsync(null, null, CancellationToken.None);
        return await runner.ReplayAsync(CancellationToken.None);
    }

    private static async Task<bool> DiesAtAsync(TestExport house, int nth)
    {
        var seen = 0;
        try
        {
            await ReplayAsync(
                house,
                happened =>
                {
                    // A run that is committed is over, whatever happens while that is told.
                    if (happened is not RunEvent.Committed && ++seen == nth)
                        throw new SuddenDeathException();
                }
            );
            return false;
        }
        catch (SuddenDeathException)
        {
            return true;
        }
    }

    private static async Task<IReadOnlyList<QuarantinedRecord>> QuarantineAsync(TestExport house) =>
        await house.Runs.Open((await house.ManifestAsync()).RunId).QuarantineAsync(CancellationToken.None);

    private static List<string> Spoil(TestExport house, int count)
    {
        var ids = house.World.Records("time_tracking").Take(count).Select(e => e.Id).ToList();
        foreach (var id in ids)
            house.World.Edit("time_tracking", id, new JsonObject { ["start"] = "not a date", ["updated_at"] = Before });
        return ids;
    }

    /// <summary>vPlan has what the new rules make of it, as if it had never been read otherwise.</summary>
    private static void Mend(TestExport house, List<string> entries)
    {
        foreach (var id in entries)
            house.World.Edit("time_tracking", id, new JsonObject { ["start"] = Mended, ["updated_at"] = Before });
    }

    /// <summary>Makes the quarantine that of older rules, of values that today's accept.</summary>
    private static async Task LoosenAsync(TestExport house, params (string Bad, string Good)[] values)
    {
        var path = Path.Combine((await house.AllRunsAsync())[^1].Store.Location, RunFolder.QuarantineFile);
        var text = (await File.ReadAllTextAsync(path)).Replace(
            $"\"Rules\": {ValueContract.Version},",
            "\"Rules\": 0,",
            StringComparison.Ordinal
        );
        await File.WriteAllTextAsync(
            path,
            values.Aggregate(text, (changed, value) => changed.Replace(value.Bad, value.Good, StringComparison.Ordinal))
        );
    }
}
