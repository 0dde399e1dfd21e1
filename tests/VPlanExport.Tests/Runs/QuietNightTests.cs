using VPlanExport.Entities;
using VPlanExport.Storage;
using VPlanExport.Tests.Storage;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

/// <summary>What a night costs in which nothing changed.</summary>
[Trait("Tier", "scenario")]
public sealed class QuietNightTests
{
    private static readonly int s_tables = Catalog.Tables.Count;

    public static TheoryData<string> Stores => ["folder", "azurite"];

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Nothing_is_committed_to_the_lake_and_its_logs_are_read_once(string store)
    {
        await using var house = await QuietAsync(store);
        var lake = new CountedPlace(house.Settings.Lake.Location);
        house.Settings = house.Settings with { Lake = house.Settings.Lake with { Location = lake } };
        var before = await FilesAsync(house);

        (await house.NightlyAsync()).Tables.Sum(t => t.Changed + t.Deleted).Should().Be(0);

        lake.Requests.Where(r => r.What == "list" && r.Path.EndsWith("/_delta_log/", StringComparison.Ordinal))
            .Select(r => r.Path.Split('/')[0])
            .Should()
            .BeEquivalentTo(Catalog.Tables.Select(t => t.Name));
        var after = await FilesAsync(house);
        after.Select(f => f.Path).Should().Equal(before.Select(f => f.Path), "no table has a new commit or a new file");
        await house.BothSinksEqualVPlanAsync();
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public async Task Few_requests_go_to_the_store(string store)
    {
        await using var house = await QuietAsync(store);
        var lake = new CountedPlace(house.Settings.Lake.Location);
        house.Settings = house.Settings with { Lake = house.Settings.Lake with { Location = lake } };

        await house.NightlyAsync();

        var (rows, others) = (lake.Requests.Where(IsOfRows).ToList(), lake.Requests.Where(r => !IsOfRows(r)).ToList());
        others.Should().HaveCountLessThanOrEqualTo(4 * s_tables);
        rows.Should().OnlyContain(r => r.What == "get");
        rows.Should()
            .HaveCountLessThanOrEqualTo(
                3 * rows.Distinct().Count(),
                "a file is read to merge, and of some tables to know what is there before"
            );
    }

    [Fact]
    public async Task Few_statements_go_to_DuckDB_and_its_file_is_opened_to_look_and_to_load()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        using var asked = new MeteredWarehouse(house.In("warehouse.duckdb"));

        await house.NightlyAsync();

        asked.Statements.Should().BeLessThanOrEqualTo(120);
        asked.Sessions.Should().Be(2);
    }

    [Fact]
    public async Task A_row_that_came_again_unchanged_keeps_the_run_that_changed_it_last_in_both_sinks()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        var card = house.World.Records("card").First();
        house.World.Edit("card", card.Id, new System.Text.Json.Nodes.JsonObject { ["name"] = "Renamed" });

        await house.NightlyAsync();

        var runs = (await house.AllRunsAsync()).Select(r => r.RunId).ToList();
        house
            .Warehouse($"SELECT DISTINCT run_id FROM dw.dim_card WHERE card_key <> -1 ORDER BY 1")
            .Should()
            .BeEquivalentTo([runs[0], runs[^1]]);
        house.Warehouse($"SELECT card_id FROM dw.dim_card WHERE run_id = '{runs[^1]}'").Should().Equal(card.Id);
        await house.BothSinksEqualVPlanAsync();
    }

    private static bool IsOfRows(StoreRequest request) =>
        request.Path.EndsWith(".parquet", StringComparison.Ordinal)
        && !request.Path.Contains("_delta_log", StringComparison.Ordinal);

    /// <summary>A vPlan that was read in the night before.</summary>
    private static async Task<TestExport> QuietAsync(string store)
    {
        var house = await TestExport.OpenAfterFirstNightAsync();
        return store == "folder" ? house : await house.MovedToAsync(AzuriteServer.Shared.NewPlace());
    }

    private static async Task<IReadOnlyList<StoredFile>> FilesAsync(TestExport house)
    {
        var files = await house.Settings.Lake.Location.Open(house.Clock).ListAsync("", CancellationToken.None);
        return
        [
            .. files
                .Where(f => Catalog.Tables.Any(t => f.Path.StartsWith($"{t.Name}/", StringComparison.Ordinal)))
                .OrderBy(f => f.Path, StringComparer.Ordinal),
        ];
    }
}
