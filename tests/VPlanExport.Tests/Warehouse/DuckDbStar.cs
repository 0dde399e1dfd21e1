using DuckDB.NET.Data;
using VPlanExport.Tests.Support;
using VPlanExport.Warehouse;
using VPlanExport.Warehouse.DuckDb;

namespace VPlanExport.Tests.Warehouse;

/// <summary>A star in a DuckDB file.</summary>
internal sealed class DuckDbStar : Star
{
    public DuckDbStar() => Warehouse = new DuckDbWarehouse($"Data Source={File}", new ImmediateTime(LoadedAt));

    public string File => Path.Combine(Folder, "vplan-data", "warehouse.duckdb");

    public DuckDbWarehouse Warehouse { get; }

    public override IWarehouse Loader => Warehouse;

    public static DuckDbStar Unprepared() => new();

    public static async Task<DuckDbStar> PreparedAsync()
    {
        var star = new DuckDbStar();
        await star.PrepareAsync();
        return star;
    }

    public override bool Restamps => true;

    public override string[] Rows(string sql)
    {
        using var answer = Warehouse.Query(sql);
        return [.. answer.Rows().Select(row => string.Join("|", row.Select(v => Convert.ToString(v is DateOnly d ? d.ToString("yyyy-MM-dd", null) : v ?? "null", System.Globalization.CultureInfo.InvariantCulture))))];
    }

    public override void Tamper(string sql)
    {
        using var connection = new DuckDBConnection($"Data Source={File}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
