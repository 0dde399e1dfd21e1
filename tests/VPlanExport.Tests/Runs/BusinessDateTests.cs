using System.Text.Json.Nodes;
using VPlanExport.Entities;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

public class BusinessDateTests
{
    [Fact]
    public async Task Work_is_on_the_day_it_is_in_the_Netherlands_on_both_sides_of_the_clock_change()
    {
        await using var export = await Installation.StartAsync();
        var days = new Dictionary<string, string>
        {
            ["2026-07-15T23:30:00Z"] = "2026-07-16",
            ["2026-07-15T21:59:59Z"] = "2026-07-15",
            ["2026-01-15T23:30:00Z"] = "2026-01-16",
            ["2026-01-15T22:30:00Z"] = "2026-01-15",
            ["2026-03-28T22:30:00Z"] = "2026-03-28",
            ["2026-03-29T22:30:00Z"] = "2026-03-30",
            ["2026-10-24T22:30:00Z"] = "2026-10-25",
            ["2026-10-25T22:30:00Z"] = "2026-10-25",
        };
        var ids = days.ToDictionary(d => export.VPlan.Add("time_tracking", new JsonObject { ["start"] = d.Key, ["duration"] = 30 }), d => d.Value);

        await export.NightlyAsync("time_tracking");

        var entries = (await export.ShouldAgreeAsync())[TimeEntries.Fact.Name].Rows.Where(r => ids.ContainsKey(r.Id)).ToList();
        entries.ToDictionary(e => e.Id, e => e["work_date"]).Should().Equal(ids.ToDictionary(d => d.Key, d => (string?)d.Value));
        entries.Should().HaveCount(8).And.AllSatisfy(e => e["work_date_key"].Should().Be(e["work_date"]!.Replace("-", "")));
    }

    [Fact]
    public async Task Days_late_moves_with_the_day()
    {
        await using var export = await Installation.StartAsync();
        await export.NightlyAsync();
        var before = await DaysLateAsync(export);

        export.Clock.Advance(TimeSpan.FromDays(3));
        await export.NightlyAsync();
        var after = await DaysLateAsync(export);

        var open = export.VPlan.Records("card").Where(c => c.Text("completed_at") is null && before[c.Id] is not null).Select(c => c.Id).ToList();
        open.Should().NotBeEmpty().And.AllSatisfy(id => after[id].Should().Be(before[id] + 3));
        before.Keys.Except(open).Should().NotBeEmpty().And.AllSatisfy(id => after[id].Should().Be(before[id]));
    }

    [Fact]
    public async Task A_card_that_changes_board_takes_its_time_entries_along()
    {
        await using var export = await Installation.StartAsync();
        await export.NightlyAsync();
        export.Clock.Advance(TimeSpan.FromDays(1));
        var entry = export.VPlan.Records("time_tracking").First(e => e.Text("card_id") is { } card && export.VPlan.Find("card", card)?.Text("board_id") is not null);
        var card = export.VPlan.Find("card", entry.Text("card_id")!)!;
        var board = export.VPlan.Records("board").First(b => b.Id != card.Text("board_id")).Id;
        export.VPlan.Edit("card", card.Id, new JsonObject { ["board_id"] = board });

        await export.NightlyAsync();

        await export.ShouldEqualVPlanAsync();
        var lake = await export.ShouldAgreeAsync();
        var key = lake[Boards.Dim.Name].Rows.Single(r => r.Id == board)["board_key"];
        lake[TimeEntries.Fact.Name].Live.Single(r => r.Id == entry.Id)["board_key"].Should().Be(key);
        lake[Cards.Dim.Name].Live.Single(r => r.Id == card.Id)["board_key"].Should().Be(key);
    }

    private static async Task<Dictionary<string, int?>> DaysLateAsync(Installation export) =>
        (await export.ShouldAgreeAsync())[Cards.Fact.Name].Live.ToDictionary(r => r.Id, r => r["days_late"] is { } days ? int.Parse(days, System.Globalization.CultureInfo.InvariantCulture) : (int?)null);
}
