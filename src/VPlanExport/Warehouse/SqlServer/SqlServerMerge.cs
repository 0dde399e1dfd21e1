using VPlanExport.Dialects;
using VPlanExport.Model;

namespace VPlanExport.Warehouse.SqlServer;

/// <summary>
/// How rows overwrite others in SQL Server's star. Rows are compared by the hash that they were staged with, so that one that is the same again is
/// not touched: it keeps the run that last changed it.
/// </summary>
internal sealed class SqlServerMerge(Table table) : MergeSql(table)
{
    protected override string True => "1";

    protected override string KeyLists => "stg.listed_key";

    /// <summary>A key whose id is another one in the star, if there is one; null where the table has no ids.</summary>
    public string? Clash => Table.Id is { } id
        ? $"SELECT min(s.{Key}) FROM stg.{Name} s INNER JOIN dw.{Name} d ON d.{Key} = s.{Key} WHERE s.{id.Name} <> d.{id.Name} AND s.{Key} <> {SurrogateKey.Unknown}"
        : null;

    /// <summary>Overwrites the rows that are there and differ.</summary>
    public string Update => $"""
        UPDATE d SET {string.Join(", ", Columns.Select(c => $"{c} = s.{c}"))}
        FROM dw.{Name} d INNER JOIN stg.{Name} s ON s.{Key} = d.{Key}
        WHERE NOT {FillsGap("s.")} AND (s.{SqlServerTables.RowHash} <> d.{SqlServerTables.RowHash} OR COALESCE(s.is_deleted, 0) <> COALESCE(d.is_deleted, 0))
        """;

    /// <summary>Adds the rows that are not there.</summary>
    public string Insert => $"""
        INSERT INTO dw.{Name} ({Key}, {string.Join(", ", Columns)})
        SELECT s.{Key}, {string.Join(", ", Columns.Select(c => $"s.{c}"))}
        FROM stg.{Name} s WHERE NOT EXISTS (SELECT 1 FROM dw.{Name} d WHERE d.{Key} = s.{Key})
        """;

    /// <summary>Every column but the key.</summary>
    private IEnumerable<string> Columns => Table.Columns.Skip(1).Select(c => $"[{c.Name}]").Append($"[{SqlServerTables.RowHash}]");
}
