using VPlanExport.Entities;
using VPlanExport.Tests.Runs;
using VPlanExport.Tests.Storage;
using VPlanExport.Tests.Support;
using VPlanExport.Warehouse.DuckDb;

[assembly: AssemblyFixture(typeof(FirstNight))]

namespace VPlanExport.Tests.Support;

/// <summary>The first night of a house, which most tests begin with: it is made once and copied for each of them.</summary>
public sealed class FirstNight : IAsyncDisposable
{
    private static readonly Lazy<Task<TestExport>> s_byRunner = new(() => MakeAsync(house => house.NightlyAsync()));
    private static readonly Lazy<Task<TestExport>> s_byCommand = new(() =>
        MakeAsync(house => house.WithFirstRunAsync())
    );

    private static readonly TempFolder s_folder = new();

    internal static async Task<TestExport> OpenAsync() => await (await s_byRunner.Value).CopyAsync();

    internal static async Task<TestExport> OpenByCommandAsync() => await (await s_byCommand.Value).CopyAsync();

    /// <summary>Two nights that the tests of rollbacks begin with.</summary>
    internal static readonly Lazy<Task<TestExport>> TwoNights = new(() => MakeAsync(RollbackTests.TwoNightsAsync));

    /// <summary>Two more after those, which most of them undo.</summary>
    internal static readonly Lazy<Task<RollbackTests.FourNights>> FourNights = new(RollbackTests.FourNightsAsync);

    /// <summary>The file of a warehouse with every table and no row: to make all tables and views takes longer than a night.</summary>
    internal static readonly Lazy<Task<string>> EmptyWarehouse = new(MakeWarehouseAsync);

    public async ValueTask DisposeAsync()
    {
        s_folder.Dispose();
        if (FourNights is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            await (await FourNights.Value).House.DisposeAsync();
        foreach (
            var made in new[] { s_byRunner, s_byCommand, TwoNights }.Where(m =>
                m is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }
            )
        )
            await (await made.Value).DisposeAsync();
    }

    private static async Task<string> MakeWarehouseAsync()
    {
        var path = Path.Combine(s_folder.Path, "warehouse.duckdb");
        await using var warehouse = new DuckDbWarehouse($"Data Source={path};threads=1", TimeProvider.System);
        await warehouse.PrepareAsync(Catalog.Tables, CancellationToken.None);
        return path;
    }

    private static async Task<TestExport> MakeAsync(Func<TestExport, Task> run)
    {
        var house = await TestExport.OpenAsync();
        await run(house);
        return house;
    }
}
