using DuckDB.NET.Data;
using VPlanExport.Tests.Extractors;
using VPlanExport.Entities;
using VPlanExport.Loaders.Warehouse;
using VPlanExport.Model;
using VPlanExport.Storage;
using VPlanExport.Tests.Storage;

namespace VPlanExport.Tests.Loaders.Warehouse;

/// <summary>A warehouse and a run store in a folder of their own.</summary>
internal sealed class Star : IAsyncDisposable
{
    public static readonly DateTimeOffset LoadedAt = new(2026, 10, 5, 3, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();

    private Star()
    {
        Store = new FolderStore(Path.Combine(_folder.Path, "runs [1]"));
        Warehouse = new DuckDbWarehouse($"Data Source={File}", new HastyTime(LoadedAt));
    }

    public string File => Path.Combine(_folder.Path, "vplan-data", "warehouse.duckdb");

    public IStore Store { get; }

    public DuckDbWarehouse Warehouse { get; }

    public static Star Unprepared() => new();

    public static async Task<Star> PreparedAsync()
    {
        var star = new Star();
        await star.Warehouse.PrepareAsync(Catalog.Tables, TestContext.Current.CancellationToken);
        return star;
    }

    public async Task<WarehouseLoad> LoadAsync(Landing landing) => await LoadAsync(await landing.StoreAsync(Store), landing.Log);

    public Task<WarehouseLoad> LoadAsync(ChangeSet changes, LoadLog log) =>
        Warehouse.LoadAsync(changes, Store, Catalog.Tables, log, TestContext.Current.CancellationToken);

    /// <summary>Counts of one table of a load.</summary>
    public async Task<TableCounts> LoadAsync(Landing landing, Table table) => (await LoadAsync(landing)).Tables.Single(t => t.Table == table.Name);

    /// <summary>Rows as text, values separated by a bar.</summary>
    public string[] Rows(string sql)
    {
        using var answer = Warehouse.Query(sql);
        return [.. answer.Rows().Select(row => string.Join("|", row.Select(v => Convert.ToString(v is DateOnly d ? d.ToString("yyyy-MM-dd", null) : v ?? "null", System.Globalization.CultureInfo.InvariantCulture))))];
    }

    /// <summary>Everything in the star and the journal, as text: equal before and after means nothing was changed.</summary>
    public string[] Everything() =>
    [
        .. Catalog.Tables.SelectMany(t => Rows($"SELECT '{t.Name}', x::VARCHAR FROM dw.{t.Name} x ORDER BY 2")),
        .. new[] { "run", "certificate", "drift", "load", "load_table" }.SelectMany(t => Rows($"SELECT '{t}', x::VARCHAR FROM etl.{t} x ORDER BY 2")),
    ];

    /// <summary>Does to the file what someone else might.</summary>
    public void Tamper(string sql)
    {
        using var connection = new DuckDBConnection($"Data Source={File}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync()
    {
        await Warehouse.DisposeAsync();
        _folder.Dispose();
    }
}
