using Microsoft.Data.SqlClient;
using VPlanExport.Entities;
using VPlanExport.Tests.Support;
using VPlanExport.Warehouse.SqlServer;

namespace VPlanExport.Tests.Runs;

/// <summary>What the documented rights let an account do, and what it leaves alone, in a server.</summary>
[Collection(SqlServerFixture.Collection)]
[Trait("Tier", "platform")]
public sealed class SqlServerRightsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_account_with_the_documented_rights_alone_does_what_each_command_promises(bool deploys)
    {
        var place = SqlServerFixture.Empty();
        await using var house = (await TestExport.OpenAsync()).At(place);
        if (!deploys)
            await new SqlServerWarehouse(
                place.ConnectionString,
                isEntra: false,
                deploys: true,
                house.Clock
            ).PrepareAsync(Catalog.Tables, Token);
        var account = place.AccountWithGrants(deploys);
        var connectionString = new SqlConnectionStringBuilder(place.ConnectionString)
        {
            UserID = account.Name,
            Password = account.Password,
        }.ConnectionString;
        house.Settings = house.Settings with
        {
            Warehouse = house.Settings.Warehouse with { ConnectionString = connectionString, Deploys = deploys },
        };

        await house.NightlyAsync();
        var target = (await house.AllRunsAsync())[^1];
        house.World.ChangeSome(5, new Random(1));
        await house.FullAsync();
        await house.SweepAsync();
        await using (var runner = await house.OpenRunnerAsync())
            await runner.RollbackAsync(target.RunId, Token);
        var autumn = TestExport.Range("2026-09-01", "2026-10-31");
        await house.BackfillMonthsAsync(autumn);
        await house.Backfills().ApplyAsync(await house.Backfills().PlanAsync(autumn, Token), _ => { }, Token);
        await house.FullAsync();
        await house.BothSinksEqualVPlanAsync();
        foreach (var command in new[] { "check", "status", "verify", "load" })
            (await InvokeAsync(house, connectionString, deploys, command)).ShouldBe(ExitCode.Ok);
    }

    [Fact]
    public async Task A_table_of_another_tool_is_left_alone()
    {
        var place = SqlServerFixture.Empty();
        place.MakeSchemas();
        place.Execute("CREATE TABLE stg.dim_date (day date)");
        place.Execute("INSERT INTO stg.dim_date VALUES ('2026-01-01')");
        await using var house = (await TestExport.OpenAsync()).At(place);

        await house
            .Awaiting(h => h.NightlyAsync())
            .Should()
            .ThrowAsync<ConfigurationException>()
            .WithMessage("*stg.dim_date*a database of its own*");

        place.Rows("SELECT count(*) FROM stg.dim_date").Should().Equal("1");
        house.VPlan.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Preparing_again_finds_its_own_tables()
    {
        var place = SqlServerFixture.Empty();
        await using var house = (await TestExport.OpenAsync()).At(place);
        await house.NightlyAsync();
        place.Execute("ALTER TABLE stg.dim_label DROP COLUMN color");

        await house.FullAsync();

        await house.BothSinksEqualVPlanAsync();
    }

    private static async Task<Outcome> InvokeAsync(
        TestExport house,
        string connectionString,
        bool deploys,
        string command
    )
    {
        var (key, place) = (house.In("key.txt"), house.In("connection.txt"));
        await File.WriteAllTextAsync(key, TestExport.SecretKey, Token);
        await File.WriteAllTextAsync(place, connectionString, Token);
        var settings = house
            .Given.Append(new("VPlan:ApiKeyFile", key))
            .Append(new("Warehouse:ConnectionStringFile", place))
            .Append(new("Warehouse:Deploy", deploys ? "true" : "false"));
        return await CliHost.InvokeBareAsync(
            house.Clock,
            [.. settings.SelectMany(s => new[] { "--set", $"{s.Key}={s.Value}" }), command]
        );
    }
}
