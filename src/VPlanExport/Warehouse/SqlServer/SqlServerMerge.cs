using VPlanExport.Dialects;
using VPlanExport.Model;

namespace VPlanExport.Warehouse.SqlServer;

/// <summary>
/// How rows overwrite others in SQL Server's star. Rows are compared by the hash that they were staged with, so that
/// one that is the same again is not touched: it keeps the run that last changed it.
/// </summary>
internal sealed class SqlServerMerge(Table table) : MergeSql(table)
{
    protected override string True => "1";

    protected override string KeyLists => "stg.listed_key";

    protected override string Staged =>
        $"SELECT {Compared}, CASE WHEN {FillsGap()} THEN 1 ELSE 0 END AS fills_gap FROM stg.{Name}";

    protected override string Star => $"SELECT {Compared} FROM dw.{Name}";

    protected override string Differs => "(s.row_hash <> d.row_hash OR s.is_deleted <> d.is_deleted)";

    public string Truncate => $"TRUNCATE TABLE stg.{Name}";

    /// <summary>Overwrites the rows that are there and differ.</summary>
    public string Update =>
        $"""
            UPDATE d SET {string.Join(", ", Columns.Select(c => $"{c} = s.{c}"))}
            FROM dw.{Name} d INNER JOIN stg.{Name} s ON s.{Key} = d.{Key}
            WHERE NOT {FillsGap("s.")} AND (s.{SqlServerTables.RowHash} <> d.{SqlServerTables.RowHash}
                OR COALESCE(s.is_deleted, 0) <> COALESCE(d.is_deleted, 0))
            """;

    /// <summary>Adds the rows that are not there.</summary>
    public string Insert =>
        $"""
            INSERT INTO dw.{Name} ({Key}, {string.Join(", ", Columns)})
            SELECT s.{Key}, {string.Join(", ", Columns.Select(c => $"s.{c}"))}
            FROM stg.{Name} s WHERE NOT EXISTS (SELECT 1 FROM dw.{Name} d WHERE d.{Key} = s.{Key})
            """;

    private string Compared =>
        $"{Key} AS k, {Table.Id?.Name ?? "CAST(NULL AS int)"} AS id, {SqlServerTables.RowHash} AS row_hash, "
        + $"{(Table.Has("is_deleted") ? "COALESCE(is_deleted, 0)" : "0")} AS is_deleted, {Measures}";

    /// <summary>Every column but the key.</summary>
    private IEnumerable<string> Columns =>
        Table.Columns.Skip(1).Select(c => $"[{c.Name}]").Append($"[{SqlServerTables.RowHash}]");
}
