using System.Globalization;
using DuckDB.NET.Data;
using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Tests.Loaders.Lake;

namespace VPlanExport.Tests.Support;

/// <summary>What is in the sinks, as text, read without the program's own readers.</summary>
internal static class SinkText
{
    public static void ShouldAgree(string lake, string warehouse)
    {
        foreach (var table in Catalog.Tables)
            OfLake(lake, table).Should().Equal(OfWarehouse(warehouse, table), $"{table.Name} must be the same in lake and warehouse");
    }

    public static void ShouldNotDangle(string warehouse)
    {
        foreach (var (table, column) in Catalog.Tables.SelectMany(t => t.Columns.Where(c => c.References is not null).Select(c => (t, c))))
        {
            var target = Catalog.Table(column.References!);
            Query(warehouse, $"SELECT count(*) FROM dw.{table.Name} s ANTI JOIN dw.{target.Name} d ON d.{target.Key.Name} = s.{column.Name}")
                .Should().Equal(["0"], $"every {table.Name}.{column.Name} refers to a row of {target.Name}");
        }
    }

    /// <summary>The chosen columns of the rows that stand for something in vPlan: not deleted, inferred or the unknown member.</summary>
    public static List<string> Live(string warehouse, Table table, IReadOnlyList<string> columns) =>
        [.. Query(warehouse, $"SELECT concat_ws(' | ', {string.Join(", ", columns.Select(c => $"coalesce({Plain(table[c])}, 'NULL')"))}) FROM dw.{table.Name} WHERE NOT is_deleted AND {table.Key.Name} <> -1{(table.Has("is_inferred") ? " AND NOT is_inferred" : "")}").Order(StringComparer.Ordinal)];

    private static string Plain(Column column) =>
        column.Type.Kind == ColumnKind.Timestamp ? $"strftime({column.Name}, '%Y-%m-%dT%H:%M:%SZ')" : $"{column.Name}::VARCHAR";

    public static List<string> OfLake(string lake, Table table)
    {
        var rows = StrictDelta.Rows(Path.Combine(lake, table.Name));
        return table.PartitionDate is null ? rows : [.. rows.Select(r => r[..r.LastIndexOf('|')]).Order(StringComparer.Ordinal)];
    }

    public static List<string> OfWarehouse(string file, Table table) =>
        [.. Query(file, $"SELECT concat_ws('|', {string.Join(", ", table.Columns.Select(c => $"coalesce({Lakelike(c)}::VARCHAR, '-')"))}) FROM dw.{table.Name}").Order(StringComparer.Ordinal)];

    /// <summary>The lake's timestamps carry their zone, the warehouse's are UTC by contract.</summary>
    private static string Lakelike(Column column) => column.Type.Kind == ColumnKind.Timestamp ? $"({column.Name} AT TIME ZONE 'UTC')" : column.Name;

    public static List<string> Query(string file, string sql)
    {
        using var connection = new DuckDBConnection($"Data Source={file};access_mode=READ_ONLY");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SET TimeZone = 'UTC'";
        command.ExecuteNonQuery();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        return rows;
    }
}
