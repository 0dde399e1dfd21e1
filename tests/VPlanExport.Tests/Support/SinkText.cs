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
        _warehouse = new DuckDBConnection($"Data Source={warehouse};access_mode=READ_ONLY;threads=1");
        _warehouse.Open();
        using var command = _warehouse.CreateCommand();
        command.CommandText = "SET TimeZone = 'UTC'";
        command.ExecuteNonQuery();
    }

    public void Dispose() => _warehouse.Dispose();

    /// <summary>Each table's rows are the same on both sides: their text is compared in DuckDB, and read only where it differs.</summary>
    /// <param name="without">Columns that are left out.</param>
    public void ShouldAgree(params string[] without)
    {
        var sides = Catalog.Tables.Select(t => SidesOf(t, without)).ToList();
        var lake = StrictDelta.Query(string.Join(" UNION ALL ", sides.Select(s => Checksum(s.Table, s.Lake))));
        var warehouse = Query(string.Join(" UNION ALL ", sides.Select(s => Checksum(s.Table, s.Warehouse))));
        var differing = lake.Except(warehouse).Select(sum => sum.Split(' ')[0]).ToList();
        lake.Should().HaveSameCount(warehouse).And.HaveSameCount(sides);
        foreach (var (table, ofLake, ofWarehouse) in sides.Where(s => differing.Contains(s.Table.Name)))
        {
            StrictDelta
                .Query(ofLake)
                .Order(StringComparer.Ordinal)
                .Should()
                .Equal(
                    Query(ofWarehouse).Order(StringComparer.Ordinal),
                    $"{table.Name} must be the same in lake and warehouse"
                );
        }
        differing.Should().BeEmpty();
    }

    public void ShouldNotDangle()
    {
        var references = Catalog.Tables.SelectMany(t =>
            t.Columns.Where(c => c.References is not null)
                .Select(c => (Table: t, Column: c, Target: Catalog.Table(c.References!)))
        );
        Query(
                string.Join(
                    " UNION ALL ",
                    references.Select(r =>
                        $"SELECT '{r.Table}.{r.Column.Name}' FROM dw.{r.Table} s ANTI JOIN dw.{r.Target} d ON d.{r.Target.Key.Name} = s.{r.Column.Name}"
                    )
                )
            )
            .Should()
            .BeEmpty("every key refers to a row of its dimension");
    }

    /// <summary>The chosen columns of the rows that stand for something in vPlan: not deleted, inferred or the unknown member.</summary>
    public List<string> Live(Table table, IReadOnlyList<string> columns) =>
        [
            .. Query(
                    $"SELECT concat_ws(' | ', {string.Join(", ", columns.Select(c => $"coalesce({Plain(table[c])}, 'NULL')"))}) FROM dw.{table.Name} WHERE NOT is_deleted AND {table.Key.Name} <> -1{(table.Has("is_inferred") ? " AND NOT is_inferred" : "")}"
                )
                .Order(StringComparer.Ordinal),
        ];

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
        column.Type.Kind == ColumnKind.Timestamp
            ? $"strftime({column.Name}, '%Y-%m-%dT%H:%M:%SZ')"
            : $"{column.Name}::VARCHAR";

    private (Table Table, string Lake, string Warehouse) SidesOf(Table table, string[] without)
    {
        var folder = Path.Combine(_lake, table.Name);
        var state = StrictDelta.Read(folder);
        var there = StrictDelta.Names(state);
        var added = table.Columns.Where(c => !there.Contains(c.Name)).ToList();
        foreach (var column in added)
            ShouldBeEmpty(table, column);
        var columns = table.Columns.Where(c => !without.Contains(c.Name) && !added.Contains(c));
        var selected = string.Join(", ", columns.Select(c => $"coalesce({Lakelike(c)}::VARCHAR, '-')"));
        string[] partition = StrictDelta.PartitionColumn(state) is { } name ? [name] : [];
        return (
            table,
            StrictDelta.RowsSql(folder, state, [.. without, .. partition]),
            $"SELECT concat_ws('|', {selected}) AS row FROM dw.{table.Name}"
        );
    }

    private static string Checksum(Table table, string rows) =>
        $"SELECT concat_ws(' ', '{table.Name}', count(*), sum(hash(row))) FROM ({rows})";

    /// <summary>The lake's timestamps carry their zone, the warehouse's are UTC by contract.</summary>
    private static string Lakelike(Column column) =>
        column.Type.Kind == ColumnKind.Timestamp ? $"({column.Name} AT TIME ZONE 'UTC')" : column.Name;
}
