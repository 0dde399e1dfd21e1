using VPlanExport.Model;

namespace VPlanExport.Runs;

/// <summary>A table in both sinks.</summary>
public sealed record VerifiedTable(string Table, TableContent Lake, TableContent Warehouse)
{
    private const int MonthsNamed = 6;

    internal VerifiedTable(Table table, TableContent lake, TableContent warehouse)
        : this(table.Name, lake, warehouse) => DifferentMonths = lake.DifferentMonths(warehouse);

    /// <summary>The months whose rows differ, <c>2026-10</c>; empty for rows and tables without a date.</summary>
    public IReadOnlyList<string> DifferentMonths { get; } = [];

    /// <summary>The rows that differ; null when they were not looked for, or none does.</summary>
    public RowDifferences? DifferentRows { get; init; }

    /// <summary>Such as <c>same</c> and <c>differs in 2026-10, 2026-11</c>.</summary>
    public string Content => DifferentMonths.Count == 0 ? "same" : $"differs{In}";

    public string? Difference => DifferentMonths.Count == 0
        ? null
        : $"{Table}: the lake holds {Lake}, the warehouse {Warehouse}{How}{In}. List the rows: vplan-export verify --rows. "
            + "Rebuild the sink that is wrong: move it away, then vplan-export load --all";

    private string How => Lake.Live != Warehouse.Live || Lake.Rows != Warehouse.Rows ? ", different"
        : Lake.Keys != Warehouse.Keys ? " with other keys"
        : " with other values";

    private string In
    {
        get
        {
            if (DifferentMonths is [""] && Lake.Months.Concat(Warehouse.Months).All(m => m.Month == ""))
                return "";
            var named = DifferentMonths.Take(MonthsNamed).Select(m => m == "" ? "rows without a date" : m);
            var others = DifferentMonths.Count - MonthsNamed;
            return $" in {string.Join(", ", named)}" + (others > 0 ? FormattableString.Invariant($" and {others:N0} more months") : "");
        }
    }
}
