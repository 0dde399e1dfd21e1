using VPlanExport.Runs;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Upgrades;

/// <summary>
/// Made <c>state-1.tar.br</c> and <c>vplan-1.json.br</c>. To keep the state of another build, give
/// <see cref="KeptState"/> other files and set <c>VPLAN_TEST_KEEP_STATE=1</c>.
/// </summary>
[Trait("Tier", "platform")]
public sealed class KeptStateMaker
{
    public static bool IsAsked => Environment.GetEnvironmentVariable("VPLAN_TEST_KEEP_STATE") == "1";

    [Fact(Skip = "VPLAN_TEST_KEEP_STATE is not 1, so no state is kept.", SkipUnless = nameof(IsAsked))]
    public async Task Nights_and_a_backfill_are_kept_of_which_the_last_were_interrupted()
    {
        await using var house = await TestExport.OpenAsync();
        await KeptState.SaveVPlanAsync(house);
        await house.NightlyAsync();

        var began = 0;
        var months = TestExport.Range("2026-08-01", "2026-09-30", "time_tracking");
        await FluentActions
            .Awaiting(() =>
                house.BackfillMonthsAsync(
                    months,
                    happened =>
                    {
                        if (happened is RunEvent.Started { Phase: "extract" } && ++began == 2)
                            throw new SuddenDeathException();
                    }
                )
            )
            .Should()
            .ThrowAsync<SuddenDeathException>();

        KeptState.EditBefore(house, KeptState.Night(8), KeptState.BeforeSecondNight);
        await house.NightlyAsync();
        KeptState.EditBefore(house, KeptState.Night(9), KeptState.BeforeThirdNight);
        var nightly = new RunRequest(RunKind.Nightly, []);
        var isDead = await house.DiesAtAsync(happened => happened is RunEvent.Started { Phase: "publish" }, nightly);

        isDead.Should().BeTrue();

        await KeptState.SaveAsync(house);
    }
}
