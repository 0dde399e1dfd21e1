using VPlanExport.Entities;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

/// <summary>What a night costs in which nothing changed.</summary>
public sealed class QuietNightTests
{
    [Fact]
    public async Task Each_tables_log_is_read_once_and_moved_forward_by_the_runs_own_commit()
    {
        await using var house = await TestExport.OpenAsync();
        var lake = new CountedPlace(house.Settings.Lake.Location);
        house.Settings = house.Settings with { Lake = house.Settings.Lake with { Location = lake } };
        await house.NightlyAsync();
        lake.Requests.Clear();

        await house.NightlyAsync();

        var readLogs = lake.Requests.Where(r => r.What == "list" && r.Path.EndsWith("/_delta_log/", StringComparison.Ordinal));
        readLogs.Select(r => r.Path.Split('/')[0]).Should().BeEquivalentTo(Catalog.Tables.Select(t => t.Name));
        await house.BothSinksEqualVPlanAsync();
    }
}
