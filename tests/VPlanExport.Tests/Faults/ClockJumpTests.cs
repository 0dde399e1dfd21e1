using VPlanExport.Sandbox;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Faults;

/// <summary>Clocks that are set forward or back, vPlan's and this machine's, which are one here.</summary>
[Trait("Tier", "scenario")]
public sealed class ClockJumpTests
{
    [Theory]
    [InlineData(-2, "clock-set-back")]
    [InlineData(400, "clock-set-forward")]
    public async Task What_changes_after_the_clock_was_set_is_there_after_the_next_nightly(int days, string name)
    {
        await using var house = await TestExport.OpenAfterFirstRunAsync();
        var story = new Transcript(house, name);
        story.ShowFirstRun();
        house.Clock.Advance(TimeSpan.FromDays(days));
        EditTimeEntries(house);

        story.Say($"The clock is set by {days} days, and some time entries are changed.");
        await story.RunAsync("run");

        await story.EndsWellAsync();
    }

    [Theory]
    [InlineData(-40, "clock-set-back-in-a-run")]
    [InlineData(40, "clock-set-forward-in-a-run")]
    public async Task A_clock_that_is_set_while_a_run_reads_loses_nothing(int days, string name)
    {
        await using var house = await TestExport.OpenAfterFirstRunAsync();
        var story = new Transcript(house, name) { WithoutRows = true };
        // What is in flight when the clock is set decides which answer is dated differently, and whether one is.
        story.Vary(@"(?m)^[^\n]*they differ by[^\n]*VPlan:OverlapMinutes[^\n]*\n", "");
        story.ShowFirstRun();
        var asked = house.VPlan.Requests.Count;
        house.VPlan.Edits = EditSchedule.Before(
            (_, request) =>
            {
                if (request.Ordinal == asked + 12)
                    house.Clock.Advance(TimeSpan.FromDays(days));
            }
        );
        EditTimeEntries(house);
        story.Say($"Some time entries are changed, and while the next run reads the clock is set by {days} days.");
        await story.RunAsync("run");
        EditTimeEntries(house);

        story.Say("Some time entries are changed.");
        await story.RunAsync("run");

        await story.EndsWellAsync();
    }

    private static void EditTimeEntries(TestExport house)
    {
        foreach (var entry in house.World.Records("time_tracking").Take(200).Where((_, i) => i % 20 == 0).ToList())
            house.World.Edit("time_tracking", entry.Id, new() { ["duration"] = house.VPlan.Requests.Count });
    }
}
