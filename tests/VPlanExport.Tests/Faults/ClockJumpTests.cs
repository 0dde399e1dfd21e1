using VPlanExport.Sandbox;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Faults;

/// <summary>Clocks that are set forward or back, vPlan's and this machine's, which are one here.</summary>
public sealed class ClockJumpTests
{
    [Theory]
    [InlineData(-2)]
    [InlineData(400)]
    public async Task What_changes_after_the_clock_was_set_is_there_after_the_next_nightly(int days)
    {
        await using var house = await House.OpenAsync();
        await house.NightlyAsync();
        house.Clock.Advance(TimeSpan.FromDays(days));
        EditTimeEntries(house);

        await house.NightlyAsync();

        await house.BothSinksEqualVPlanAsync();
    }

    [Theory]
    [InlineData(-40)]
    [InlineData(40)]
    public async Task A_clock_that_is_set_while_a_run_reads_loses_nothing(int days)
    {
        await using var house = await House.OpenAsync();
        await house.NightlyAsync();
        var asked = house.VPlan.Requests.Count;
        house.VPlan.Edits = EditSchedule.Before((_, request) =>
        {
            if (request.Ordinal == asked + 12)
                house.Clock.Advance(TimeSpan.FromDays(days));
        });
        EditTimeEntries(house);
        await house.NightlyAsync();
        EditTimeEntries(house);

        await house.NightlyAsync();

        await house.BothSinksEqualVPlanAsync();
    }

    private static void EditTimeEntries(House house)
    {
        foreach (var entry in house.World.Records("time_tracking").Take(200).Where((_, i) => i % 20 == 0).ToList())
            house.World.Edit("time_tracking", entry.Id, new() { ["duration"] = house.VPlan.Requests.Count });
    }
}
