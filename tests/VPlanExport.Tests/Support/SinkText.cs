using System.Globalization;
using DuckDB.NET.Data;
using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Tests.Lake;

namespace VPlanExport.Tests.Support;

/// <summary>What is in the sinks, as text, read without the program's own readers. The warehouse stays open until it is disposed.</summary>
internal sealed class SinkText : IDisposable
{
    private readonly string _lake;
    private readonly DuckDBConnection _warehouse;

    public SinkText(string lake, string warehouse)
    {
        _lake = lake;
        _warehouse = new DuckDBConnection($"Data Source={warehouse};access_mode=READ_ONLY");
        _warehouse.Open();
        using var command = _warehouse.CreateCommand();
        command.CommandText = "SET TimeZone = 'UTC'";
        command.ExecuteNonQuery();
    }

    public void Dispose() => _warehouse.Dispose();

    /// <param name="without">Columns that are left out.</param>
    public void ShouldAgree(params string[] without)
    {
        foreach (var table in Catalog.Tables)
        {
            var there = StrictDelta.Names(Path.Combine(_lake, table.Name));
            var added = table.Columns.Where(c => !there.Contains(c.Name)).ToList();
            foreach (var column in added)
                ShouldBeEmpty(table, column);
            OfLake(table, without).Should().Equal(
                OfWarehouse(table, [.. without, .. added.Select(c => c.Name)]),
                $"{table.Name} must be the same in lake and warehouse");
        }
    }

    public void ShouldNotDangle()
    {
        var references = Catalog.Tables.SelectMany(t => t.Columns.Where(c => c.References is not null).Select(c => (Table: t, Column: c, Target: Catalog.Table(c.References!))));
        Query(string.Join(" UNION ALL ", references.Select(r =>
            $"SELECT '{r.Table}.{r.Column.Name}' FROM dw.{r.Table} s ANTI JOIN dw.{r.Target} d ON d.{r.Target.Key.Name} = s.{r.Column.Name}")))
            .Should().BeEmpty("every key refers to a row of its dimension");
    }

    /// <summary>The chosen columns of the rows that stand for something in vPlan: not deleted, inferred or the unknown member.</summary>
    public List<string> Live(Table table, IReadOnlyList<string> columns) =>
        [.. Query($"SELECT concat_ws(' | ', {string.Join(", ", columns.Select(c => $"coalesce({Plain(table[c])}, 'NULL')"))}) FROM dw.{table.Name} WHERE NOT is_deleted AND {table.Key.Name} <> -1{(table.Has("is_inferred") ? " AND NOT is_inferred" : "")}").Order(StringComparer.Ordinal)];

    /// <summary>The first column of a question to the warehouse.</summary>
    public List<string> Query(string sql)
    {
        using var command = _warehouse.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        return rows;
    }

    /// <summary>A lake that went back to before a column was added lacks it, and the warehouse holds nothing there.</summary>
    private void ShouldBeEmpty(Table table, Column column)
    {
        var isFilled = column.Type.IsNullable ? "IS NOT NULL" : "<> -1";
        Query($"SELECT {column.Name} FROM dw.{table.Name} WHERE {column.Name} {isFilled}").Should().BeEmpty();
    }

    private static string Plain(Column column) =>
        column.Type.Kind == ColumnKind.Timestamp ? $"strftime({column.Name}, '%Y-%m-%dT%H:%M:%SZ')" : $"{column.Name}::VARCHAR";

    private List<string> OfLake(Table table, string[] without)
    {
        var rows = StrictDelta.Rows(Path.Combine(_lake, table.Name), without);
        return table.PartitionDate is null ? rows : [.. rows.Select(r => r[..r.LastIndexOf('|')]).Order(StringComparer.Ordinal)];
    }

    private List<string> OfWarehouse(Table table, string[] without) =>
        [.. Query($"SELECT concat_ws('|', {string.Join(", ", table.Columns.Where(c => !without.Contains(c.Name)).Select(c => $"coalesce({Lakelike(c)}::VARCHAR, '-')"))}) FROM dw.{table.Name}").Order(StringComparer.Ordinal)];

    /// <summary>The lake's timestamps carry their zone, the warehouse's are UTC by contract.</summary>
    private static string Lakelike(Column column) => column.Type.Kind == ColumnKind.Timestamp ? $"({column.Name} AT TIME ZONE 'UTC')" : column.Name;
}
