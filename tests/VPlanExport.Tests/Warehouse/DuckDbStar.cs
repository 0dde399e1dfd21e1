using System.Globalization;
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

    public override string[] Rows(string sql)
    {
        using var answer = Warehouse.Query(sql);
        return [.. answer.Rows().Select(row => string.Join("|", row.Select(Text)))];
    }

    /// <summary>As SQL Server's answers look.</summary>
    private static string Text(object? value) => value switch
    {
        null => "null",
        string text when DateTime.TryParseExact(text, "yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time) => Text(time),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    public override void Tamper(string sql)
    {
        using var connection = new DuckDBConnection($"Data Source={File}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
