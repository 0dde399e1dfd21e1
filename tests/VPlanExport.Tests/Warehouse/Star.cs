using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Storage;
using VPlanExport.Tests.Storage;
using VPlanExport.Warehouse;

namespace VPlanExport.Tests.Warehouse;

/// <summary>A warehouse of some engine, and a run store in a folder of its own.</summary>
internal abstract class Star : IAsyncDisposable
{
    public static readonly DateTimeOffset LoadedAt = new(2026, 10, 5, 3, 0, 0, TimeSpan.Zero);

    private readonly TempFolder _folder = new();

    protected Star() => Store = new FolderStore(Path.Combine(_folder.Path, "runs [1]"));

    /// <summary>The engines that a view gives the same answer in; what cannot be tested here is skipped, and says why.</summary>
    public static TheoryData<string> Engines => ["duckdb", "sqlserver"];

    public IStore Store { get; }

    protected string Folder => _folder.Path;

    public abstract IWarehouse Loader { get; }

    /// <summary>A star without rows.</summary>
    public static async Task<Star> PreparedAsync(string engine)
    {
        if (engine == "duckdb")
            return await DuckDbStar.PreparedAsync();
        var star = new SqlServerStar();
        await star.PrepareAsync();
        return star;
    }

    public async Task<LoadResult> LoadAsync(Landing landing) =>
        await LoadAsync(await landing.StoreAsync(Store), landing.Log);

    public Task<LoadResult> LoadAsync(ChangeSet changes, RunReport log) =>
        Loader.LoadAsync(changes, Store, Catalog.Tables, log, TestContext.Current.CancellationToken);

    /// <summary>Counts of one table of a load, without what its stations held.</summary>
    public async Task<TableCounts> LoadAsync(Landing landing, Table table) =>
        (await LoadAsync(landing)).Tables.Single(t => t.Table == table.Name) with
        {
            Loaded = null,
        };

    /// <summary>Rows as text, values separated by a bar: the same for a value in every engine.</summary>
    public abstract string[] Rows(string sql);

    /// <summary>Does to the warehouse what someone else might.</summary>
    public abstract void Tamper(string sql);

    /// <summary>Everything in the star and the journal, as text: equal before and after means nothing was changed.</summary>
    public string[] Everything() =>
        RowsOfAll([
            .. Catalog.Tables.Select(t =>
                $"SELECT '{t.Name}', {string.Join(", ", t.Columns.Select(c => $"\"{c.Name}\""))} FROM dw.{t.Name} ORDER BY {t.Key.Name}"
            ),
            .. new[] { "run", "certificate", "drift", "load_table", "\"load\"" }.Select(t =>
                $"SELECT * FROM etl.{t} ORDER BY 1, 2, 3"
            ),
        ]);

    protected virtual string[] RowsOfAll(IReadOnlyList<string> statements) => [.. statements.SelectMany(Rows)];

    public virtual async ValueTask DisposeAsync()
    {
        await Loader.DisposeAsync();
        _folder.Dispose();
    }

    protected Task PrepareAsync() => Loader.PrepareAsync(Catalog.Tables, TestContext.Current.CancellationToken);
}
