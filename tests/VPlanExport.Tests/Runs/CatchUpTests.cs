using VPlanExport.Runs;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

public sealed class CatchUpTests
{
    [Theory]
    [InlineData("warehouse.duckdb")]
    [InlineData("lake")]
    public async Task A_sink_that_was_removed_is_rebuilt_equal_without_one_request(string sink)
    {
        await using var house = await HouseWithHistoryAsync();
        var rows = house.Warehouse("SELECT concat_ws('|', time_entry_id, minutes, is_deleted) FROM dw.fact_time_entry ORDER BY 1");
        Remove(house, sink);
        var requests = house.VPlan.Requests.Count;

        await using (var runner = await house.OpenRunnerAsync())
        {
            (await runner.CatchUpAsync(null, null, CancellationToken.None)).Should().HaveCount(3);
            (await runner.CatchUpAsync(null, null, CancellationToken.None)).Should().BeEmpty("applying twice changes nothing");
        }

        house.VPlan.Requests.Count.Should().Be(requests);
        house.SinksAgree();
        house.Warehouse("SELECT concat_ws('|', time_entry_id, minutes, is_deleted) FROM dw.fact_time_entry ORDER BY 1").Should().Equal(rows);
    }

    [Fact]
    public async Task The_next_run_rebuilds_a_removed_sink_by_itself()
    {
        await using var house = await HouseWithHistoryAsync();
        Remove(house, "warehouse.duckdb");

        await house.NightlyAsync();

        house.SinksAgree();
        house.Warehouse("SELECT count(*) FROM etl.load").Should().Equal("4");
    }

    [Fact]
    public async Task Applying_up_to_a_run_applies_those_before_it_too()
    {
        await using var house = await HouseWithHistoryAsync();
        var runs = house.AllRuns;
        Remove(house, "warehouse.duckdb");
        await using (var runner = await house.OpenRunnerAsync())
        {
            var applied = await runner.CatchUpAsync(runs[1].RunId, SinkKind.Warehouse, CancellationToken.None);
            applied.Select(a => a.RunId).Should().Equal(runs[0].RunId, runs[1].RunId);
            await FluentActions.Awaiting(() => runner.CatchUpAsync("20200101T000000Z-1", null, CancellationToken.None))
                .Should().ThrowAsync<ConfigurationException>().WithMessage($"*no committed run '20200101T000000Z-1'*{runs[0].RunId}*");
        }

        await house.NightlyAsync();

        house.SinksAgree();
    }

    [Fact]
    public async Task Pruning_keeps_the_last_run_that_read_everything_and_what_came_after_it()
    {
        await using var house = await House.OpenAsync();
        house.Settings = house.Settings with { Lake = house.Settings.Lake with { Retention = TimeSpan.FromDays(30) } };
        await house.FullAsync();
        await house.NightlyAsync();
        house.Clock.Advance(TimeSpan.FromDays(20));
        await house.FullAsync();
        await house.NightlyAsync();
        var runs = house.AllRuns.Select(r => r.RunId).ToList();
        runs.Should().HaveCount(4);
        house.Clock.Advance(TimeSpan.FromDays(40));

        await house.NightlyAsync();

        house.AllRuns.Select(r => r.RunId).Should().HaveCount(3).And.StartWith(runs[2..]);
        Remove(house, "lake");
        await house.NightlyAsync();
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task A_warehouse_is_rebuilt_from_a_run_that_came_after_cards_and_what_they_stood_in_were_deleted()
    {
        await using var house = await House.OpenAsync();
        await house.FullAsync();
        foreach (var entity in new[] { "card", "collection", "stage", "resource" })
            house.World.Delete(entity, house.World.Records(entity)[^1].Id);
        await house.FullAsync();
        house.Clock.Advance(TimeSpan.FromDays(40));
        await house.FullAsync();
        await house.NightlyAsync();
        house.AllRuns.Should().HaveCount(2, "those before the last full run were removed");
        var history = house.Warehouse(History);
        Remove(house, "warehouse.duckdb");

        await house.NightlyAsync();

        house.Warehouse(History).Should().Equal(history);
        house.Warehouse("SELECT count(*) FROM dw.dim_card WHERE is_deleted").Should().Equal("1");
        house.Warehouse("SELECT count(*) FROM dw.dim_card WHERE is_inferred").Should().Equal("0");
    }

    private const string History = "SELECT concat_ws('|', card_key, valid_from, valid_to, stage_key, status_key) FROM dw.hist_card ORDER BY 1";

    private static async Task<House> HouseWithHistoryAsync()
    {
        var house = await House.OpenAsync();
        await house.NightlyAsync();
        house.World.Delete("time_tracking", house.World.Records("time_tracking")[9].Id);
        await house.FullAsync();
        house.World.ChangeSome(10, new Random(1));
        await house.NightlyAsync();
        return house;
    }

    private static void Remove(House house, string sink)
    {
        if (sink == "lake")
            Directory.Delete(house.In(sink), recursive: true);
        else
            File.Delete(house.In(sink));
    }
}
