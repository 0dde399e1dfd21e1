using VPlanExport.Model;
using static VPlanExport.Entities.MeasureParts;
using static VPlanExport.Model.Formula;
using static VPlanExport.Model.MeasureFormat;
using static VPlanExport.Model.RowCondition;
using static VPlanExport.Model.RowValue;

namespace VPlanExport.Entities;

/// <summary>Whether the figures may be trusted: freshness, certificates, rejected rows.</summary>
internal static class TrustMeasures
{
    public static readonly MeasureList All = new(Trust);

    public static readonly Measure LastLoad = All.Add(
        Fresh,
        "Last load",
        "Laatst geladen",
        "When a table was last loaded, in UTC.",
        Moment,
        Greatest(Fresh, "loaded_at"),
        view: "max(loaded_at) FROM bi.freshness"
    );

    public static readonly Measure OldestWatermark = All.Add(
        Fresh,
        "Oldest watermark",
        "Oudste watermerk",
        "Time up to which vPlan was read, of the table that is furthest behind, in UTC.",
        Moment,
        Least(Fresh, "watermark"),
        view: "min(watermark) FROM bi.freshness"
    );

    public static readonly Measure LiveRows = All.Add(
        Fresh,
        "Rows not deleted",
        "Levende rijen",
        "Rows that are not deleted.",
        MeasureFormat.Count,
        Sum(Fresh, "live_rows"),
        view: "sum(live_rows) FROM bi.freshness"
    );

    public static readonly Measure Expected = All.Add(
        Fresh,
        "Records in vPlan",
        "Records in vPlan volgens telling",
        "vPlan's own count at the last read.",
        MeasureFormat.Count,
        Sum(Fresh, "expected", OfEntity)
    );

    public static readonly Measure Seen = All.Add(
        Fresh,
        "Records seen",
        "Geziene records",
        "Distinct records that the last read saw.",
        MeasureFormat.Count,
        Sum(Fresh, "seen", OfEntity)
    );

    public static readonly Measure Unbalanced = All.Add(
        Fresh,
        "Reads out of balance",
        "Niet sluitende lezingen",
        "Entities of which the last read saw another number of records than vPlan counts.",
        MeasureFormat.Count,
        Count(Fresh, new Both(OfEntity, new Known("expected"), new Differs("expected", "seen")))
    );

    public static readonly Measure Landed = All.Add(
        Fresh,
        "Records landed",
        "Opgehaalde records",
        "Records that the last read landed, repeated ones included.",
        MeasureFormat.Count,
        Sum(Fresh, "landed", OfEntity)
    );

    public static readonly Measure Accepted = All.Add(
        Fresh,
        "Records accepted",
        "Geaccepteerde records",
        "Landed records that were accepted.",
        MeasureFormat.Count,
        Sum(Fresh, "accepted", OfEntity)
    );

    public static readonly Measure Rejected = All.Add(
        Fresh,
        "Records rejected",
        "Afgekeurde records",
        "Landed records that broke a rule and wait in the quarantine.",
        MeasureFormat.Count,
        Sum(Fresh, "rejected", OfEntity)
    );

    public static readonly Measure Repeated = All.Add(
        Fresh,
        "Records repeated",
        "Herhaalde records",
        "Landed records that came more than once.",
        MeasureFormat.Count,
        Sum(Fresh, "repeated", OfEntity)
    );
}
