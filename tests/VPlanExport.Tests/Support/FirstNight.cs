using VPlanExport.Tests.Runs;
using VPlanExport.Tests.Support;

[assembly: AssemblyFixture(typeof(FirstNight))]

namespace VPlanExport.Tests.Support;

/// <summary>The first night of a house, which most tests begin with: it is made once and copied for each of them.</summary>
public sealed class FirstNight : IAsyncDisposable
{
    private static readonly Lazy<Task<TestExport>> s_byRunner = new(() => MakeAsync(house => house.NightlyAsync()));
    private static readonly Lazy<Task<TestExport>> s_byCommand = new(() =>
        MakeAsync(house => house.WithFirstRunAsync())
    );

    internal static async Task<TestExport> OpenAsync() => await (await s_byRunner.Value).CopyAsync();

    internal static async Task<TestExport> OpenByCommandAsync() => await (await s_byCommand.Value).CopyAsync();

    /// <summary>Two nights that the tests of rollbacks begin with.</summary>
    internal static readonly Lazy<Task<TestExport>> TwoNights = new(() => MakeAsync(RollbackTests.TwoNightsAsync));

    /// <summary>Two more after those, which most of them undo.</summary>
    internal static readonly Lazy<Task<RollbackTests.FourNights>> FourNights = new(RollbackTests.FourNightsAsync);

    public async ValueTask DisposeAsync()
    {
        if (FourNights is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
            await (await FourNights.Value).House.DisposeAsync();
        foreach (
            var made in new[] { s_byRunner, s_byCommand, TwoNights }.Where(m =>
                m is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }
            )
        )
            await (await made.Value).DisposeAsync();
    }

    private static async Task<TestExport> MakeAsync(Func<TestExport, Task> run)
    {
        var house = await TestExport.OpenAsync();
        await run(house);
        return house;
    }
}
