using VPlanExport.Model;
using static VPlanExport.Model.TableBuilder;

namespace VPlanExport.Entities;

/// <summary>
/// How cards were planned before. vPlan keeps no history (gaps E18), so every run compares what was with what is: a
/// change is dated by the run that saw it, and what changed twice between two runs is one change.
/// </summary>
internal static class PlanHistory
{
    public static readonly Table Cards = ComputedFact(
            "hist_card",
            "card_history",
            "One row per card and period in which its plan stayed the same (type 2)."
        )
        .Titled("Kaarthistorie")
        .Ref("card_key", Entities.Cards.Dim.Name, "card", null, "The card.")
        .Computed("valid_from", ColumnType.Timestamp, "Start of the run that first saw this plan.")
        .Dutch("Geldig vanaf")
        .Computed(
            "valid_to",
            ColumnType.Timestamp,
            "Start of the run that first saw another plan, or no card; empty while it holds."
        )
        .Dutch("Geldig tot")
        .Computed("is_current", ColumnType.Bool, "The plan as of the last run.")
        .Dutch("Huidig")
        .Computed("start_date", ColumnType.Date, "Planned first day.")
        .Dutch("Startdatum")
        .Computed("end_date", ColumnType.Date, "Planned last day.")
        .Dutch("Einddatum")
        .Computed("due_date", ColumnType.Date, "Due date of its collection, also of one that was deleted since.")
        .Dutch("Uiterste datum")
        .Ref("stage_key", Stages.Dim.Name, "stage", null, "The stage it was in.")
        .Ref("status_key", Boards.Statuses.Name, "status", null, "Its status.")
        .Computed("planned_minutes", ColumnType.Int64, "Planned time over its activities.", "minutes")
        .Dutch("Geplande minuten")
        .Computed("remaining_minutes", ColumnType.Int64, "Time left over its activities.", "minutes")
        .Dutch("Resterende minuten")
        .Computed("resource_hash", ColumnType.Int64, "Another one when other resources are assigned; 0 without any.")
        .Dutch("Kenmerk van resources")
        .Build();

    public static readonly Table Changes = ComputedFact(
            "fact_plan_change",
            "plan_change",
            "One row per card and run that saw its plan change; what the first run finds is no change."
        )
        .Titled("Planwijziging")
        .Ref("card_key", Entities.Cards.Dim.Name, "card", null, "The card.")
        .ComputedDay("changed_on", "Day of the run that saw the change.")
        .Dutch("Gewijzigd op")
        .Computed(
            "change_type",
            ColumnType.Text(10),
            "changed; added for a card that was not there, removed for one that no longer is."
        )
        .Dutch("Soort wijziging")
        .Computed("old_start_date", ColumnType.Date, "Planned first day before.")
        .Dutch("Vorige startdatum")
        .Computed("new_start_date", ColumnType.Date, "Planned first day after.")
        .Dutch("Nieuwe startdatum")
        .Computed("old_end_date", ColumnType.Date, "Planned last day before.")
        .Dutch("Vorige einddatum")
        .Computed("new_end_date", ColumnType.Date, "Planned last day after.")
        .Dutch("Nieuwe einddatum")
        .Computed("old_due_date", ColumnType.Date, "Due date before.")
        .Dutch("Vorige uiterste datum")
        .Computed("new_due_date", ColumnType.Date, "Due date after.")
        .Dutch("Nieuwe uiterste datum")
        .Ref("old_stage_key", Stages.Dim.Name, "stage", null, "Stage before.")
        .Dutch("Vorige fase (sleutel)")
        .Unrelated()
        .Ref("new_stage_key", Stages.Dim.Name, "stage", null, "Stage after.")
        .Dutch("Nieuwe fase (sleutel)")
        .Ref("old_status_key", Boards.Statuses.Name, "status", null, "Status before.")
        .Dutch("Vorige status (sleutel)")
        .Unrelated()
        .Ref("new_status_key", Boards.Statuses.Name, "status", null, "Status after.")
        .Dutch("Nieuwe status (sleutel)")
        .Computed("old_planned_minutes", ColumnType.Int64, "Planned time before.", "minutes")
        .Dutch("Vorige geplande minuten")
        .Computed("new_planned_minutes", ColumnType.Int64, "Planned time after.", "minutes")
        .Dutch("Nieuwe geplande minuten")
        .Computed(
            "slip_days",
            ColumnType.Int32,
            "Days that the planned last day moved, later is positive; empty when it was or is not planned.",
            "days"
        )
        .Dutch("Dagen verschoven")
        .Build();
}
