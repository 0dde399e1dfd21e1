using VPlanExport.Model;

namespace VPlanExport.Entities;

/// <summary>The view <c>bi.freshness</c> as models read it: no table of the star, and no relationship leads to
/// it.</summary>
internal static class Freshness
{
    public static readonly Table View = new(
        "freshness",
        TableKind.Fact,
        "One row per table of the star: how fresh it is, and the proof of its entity's last read.",
        "$",
        [
            Of("table_name", "Tabel", ColumnType.Text(128), "Table of the star."),
            Of(
                "entity",
                "Entiteit",
                ColumnType.Text(200),
                "The entities that feed it; empty for a table that is not read from vPlan."
            ),
            Of("last_run_id", "Laatste run", ColumnType.Text(40), "The run that loaded it last."),
            Of("loaded_at", "Geladen om", ColumnType.Timestamp, "When it was loaded last."),
            Of("watermark", "Watermerk", ColumnType.Timestamp, "Time up to which vPlan was read."),
            Of("live_rows", "Levende rijen in tabel", ColumnType.Int64, "Rows that are not deleted."),
            Of("expected", "Verwacht", ColumnType.Int64, "vPlan's own count at the last read."),
            Of("seen", "Gezien", ColumnType.Int64, "Distinct records that the last read saw."),
            Of("unavailable_reason", "Reden van ontbreken", ColumnType.Text(255), "Why vPlan did not give the entity."),
            Of("position", "Positie", ColumnType.Int32, "Order in which rows refer to each other."),
            Of("landed", "Opgehaald", ColumnType.Int64, "Records that the last read landed."),
            Of("accepted", "Geaccepteerd", ColumnType.Int64, "Landed records that were accepted."),
            Of("rejected", "Afgekeurd", ColumnType.Int64, "Landed records that broke a rule."),
            Of("repeated", "Herhaald", ColumnType.Int64, "Landed records that came more than once."),
            Of("minutes", "Minuten", ColumnType.Int64, "Minutes of the accepted records.", "minutes"),
            Of("hours", "Uren", ColumnType.Decimal(18, 4), "Hours of the accepted records.", "hours"),
        ]
    )
    {
        Dutch = "Versheid",
    };

    private static Column Of(string name, string dutch, ColumnType type, string meaning, string? unit = null) =>
        new(name, type, new Source.None(), meaning) { Dutch = dutch, Unit = unit };
}
