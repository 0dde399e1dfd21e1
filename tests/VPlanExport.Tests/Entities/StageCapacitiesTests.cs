using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Tests.Transform;

namespace VPlanExport.Tests.Entities;

[Trait("Tier", "unit")]
public class StageCapacitiesTests
{
    [Fact]
    public async Task A_day_of_a_board_becomes_a_row_per_stage_with_the_stages_board()
    {
        using var landing = await new LandedRun().LandAsync(Stages.Entity, ["""{"id":"S1","board_id":"B1"}"""]);
        await landing.LandAsync(
            StageCapacities.Entity,
            [
                """{"date":"2026-10-07","stage":[{"id":"S1","time_available":960},{"id":"S2","time_available":"480"},{"time_available":1}]}""",
            ]
        );

        await landing.TransformAsync();

        (await landing.RowsAsync(StageCapacities.Fact))
            .Select(r =>
                (r["stage_capacity_day_key"], r["stage_key"], r["board_key"], r["date_key"], r["available_minutes"])
            )
            .Should()
            .Equal(
                (
                    SurrogateKey.Of("stage_capacity_day", "S1|2026-10-07"),
                    SurrogateKey.Of("stage", "S1"),
                    SurrogateKey.Of("board", "B1"),
                    20261007,
                    960L
                ),
                (
                    SurrogateKey.Of("stage_capacity_day", "S2|2026-10-07"),
                    SurrogateKey.Of("stage", "S2"),
                    -1L,
                    20261007,
                    480L
                )
            );
        (await landing.RowsAsync(Stages.Dim))
            .Select(r => r["stage_id"])
            .Should()
            .Contain("S2", "it stands in for a stage that was not read");
        landing.Rejects.RecordsOf(StageCapacities.Entity).Should().Be(1);
    }
}
