using System.Diagnostics.Metrics;

namespace VPlanExport.Warehouse;

/// <summary>How much a warehouse is asked, for whoever listens to the meter <c>VPlanExport.Warehouse</c>; both are
/// tagged with its location.</summary>
internal static class WarehouseMetrics
{
    public const string Location = "location";

    private static readonly Meter s_meter = new("VPlanExport.Warehouse");

    /// <summary>Statements sent.</summary>
    public static readonly Counter<long> Statements = s_meter.CreateCounter<long>(
        "vplan_export.warehouse.statements",
        "{statement}"
    );

    /// <summary>Sessions opened: of DuckDB's file, or connections to SQL Server.</summary>
    public static readonly Counter<long> Sessions = s_meter.CreateCounter<long>(
        "vplan_export.warehouse.sessions",
        "{session}"
    );
}
