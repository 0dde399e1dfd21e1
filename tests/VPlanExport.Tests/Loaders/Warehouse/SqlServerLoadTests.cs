using VPlanExport.Entities;
using VPlanExport.Loaders.Warehouse;
using VPlanExport.Storage;
using VPlanExport.Tests.Extractors;
using VPlanExport.Tests.Storage;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Loaders.Warehouse;

/// <summary>What only a server over a network does to a load.</summary>
[Collection(SqlServerPlace.Collection)]
public sealed class SqlServerLoadTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SqlServerPlace _place = SqlServerPlace.Empty();
    private readonly IStore _store;

    public SqlServerLoadTests() => _store = new FolderStore(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_connection_that_is_cut_at_any_statement_only_costs_another_attempt(bool afterServerHasIt)
    {
        await using var measure = new SqlProxy(_place.ConnectionString);
        await PreparedAsync(measure);
        var before = measure.Messages;
        await LoadAsync(measure, First);
        var statements = measure.Messages - before;
        statements.Should().BeGreaterThan(10);

        for (var cut = 1; cut <= statements; cut++)
        {
            await using var proxy = new SqlProxy(_place.ConnectionString) { CutAt = cut, AfterServerHasIt = afterServerHasIt };
            await LoadAsync(proxy, Next(cut));
            Star().Should().Equal(Expected(cut), $"the connection was cut at message {cut}");
        }
    }

    private static Landing First => new Landing(1).With(Stages.Dim, new { stage_key = 1, stage_id = "s1", name = "Saw" });

    private static Landing Next(int n) => new Landing(n + 1).With(Stages.Dim, new { stage_key = 1, stage_id = "s1", name = $"Saw {n}" });

    private async Task PreparedAsync(SqlProxy proxy) => await Warehouse(proxy).PrepareAsync(Catalog.Tables, TestContext.Current.CancellationToken);

    private async Task LoadAsync(SqlProxy proxy, Landing landing) =>
        await Warehouse(proxy).LoadAsync(await landing.StoreAsync(_store), _store, Catalog.Tables, landing.Log, TestContext.Current.CancellationToken);

    private static SqlServerWarehouse Warehouse(SqlProxy proxy) => new(proxy.ConnectionString, isEntra: false, deploys: true, new HastyTime());

    private string[] Star() => _place.Rows("SELECT stage_key, name, is_deleted FROM dw.dim_stage ORDER BY stage_key");

    private static string[] Expected(int n) => ["-1|null|False", $"1|Saw {n}|False"];
}
