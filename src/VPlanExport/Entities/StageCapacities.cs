using VPlanExport.Model;
using static VPlanExport.Model.TableBuilder;

namespace VPlanExport.Entities;

/// <summary>
/// What the resources of a stage can take on a day, as vPlan computes it from their schedules
/// (A:`capacity-stage-3589178e0`): of past days, too, what the schedules say today. Answers are neither paged nor
/// counted; the planned load is not in them (gaps E14). A run asks for a quarter back and a year ahead; days that have
/// left this window stay as they were.
/// </summary>
internal static class StageCapacities
{
    public static readonly Table Fact = JoinedFact(
            "fact_stage_capacity_day",
            "stage_capacity_day",
            "One row per stage per day.",
            "id",
            "date"
        )
        .Titled("Capaciteit van fase per dag")
        .Ref("stage_key", Stages.Dim.Name, "stage", "id", "The stage.")
        .Ref(
            "board_key",
            Boards.Dim.Name,
            "board",
            null,
            "The stage's board.",
            new Lookup("stage_key", Stages.Dim.Name, "board_key")
        )
        .Day("The day.")
        .Dutch("Datum")
        .Minutes("available_minutes", "Time that can be planned.", "time_available")
        .Dutch("Beschikbare minuten")
        .Build();

    public static readonly Entity Entity = new(
        "stage_capacity",
        new Endpoint("/board/{id}/capacity/stage")
        {
            Parent = Boards.Entity.Name,
            BusinessField = "date",
            BusinessFieldIsDate = true,
            Days = new DaysAround(92, 365),
            Unnest = "stage",
        },
        [Fact]
    );
}
