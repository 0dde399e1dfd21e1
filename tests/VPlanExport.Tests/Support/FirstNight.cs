using VPlanExport.Tests.Support;

[assembly: AssemblyFixture(typeof(FirstNight))]

namespace VPlanExport.Tests.Support;

/// <summary>The first night of a house, which most tests begin with: it is made once and copied for each of them.</summary>
public sealed class FirstNight : IAsyncDisposable
{
    private static readonly Lazy<Task<TestExport>> s_byRunner = new(() => MakeAsync(house => house.NightlyAsync()));
    private static readonly Lazy<Task<TestExport>> s_byCommand = new(() => MakeAsync(house => house.WithFirstRunAsync()));

    internal static async Task<TestExport> OpenAsync() => await (await s_byRunner.Value).CopyAsync();

    internal static async Task<TestExport> OpenByCommandAsync() => await (await s_byCommand.Value).CopyAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var made in new[] { s_byRunner, s_byCommand }.Where(m => m is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }))
            await (await made.Value).DisposeAsync();
    }

    private static async Task<TestExport> MakeAsync(Func<TestExport, Task> run)
    {
        var house = await TestExport.OpenAsync();
        await run(house);
        return house;
    }
}
