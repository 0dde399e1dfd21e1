using VPlanExport.Runs;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Faults;

/// <summary>A damaged file is found before anything is made of it and told by name; what the message says to do brings everything back.</summary>
public sealed class DamagedFileTests
{
    private const int GzipHead = 10;

    [Theory]
    [InlineData("extract", "plan.json")]
    [InlineData("card 2", "raw/card/page-000001.json")]
    [InlineData("card 2", "raw/card/page-000001.json.gz")]
    [InlineData("board read", "raw/board/extract.json")]
    [InlineData("transform", "extracted.json")]
    [InlineData("transform", "raw/card/page-000003.json.gz")]
    [InlineData("publish", "rows/dim_card.parquet")]
    public async Task A_damaged_file_of_an_interrupted_run_is_named(string at, string file)
    {
        await using var house = await House.OpenAsync();
        await house.NightlyAsync();
        house.World.ChangeSome(20, new Random(1));
        var full = new RunRequest(RunKind.Full, []);
        (await house.DiesAtAsync(happened => Point(happened) == at, full)).Should().BeTrue();
        var run = house.AllRuns[^1].Store.Location;
        var told = "";

        await Damage.OfEveryKindAsync(Path.Combine(run, file), GzipHead, async () =>
            told = (await FluentActions.Awaiting(() => house.RunAsync(full)).Should().ThrowAsync<SinkException>()).Which.Message);

        told.Should().Contain(file);
        if (!told.Contains("--fresh", StringComparison.Ordinal))
            Directory.Delete(run, recursive: true);
        await house.RunAsync(full, fresh: told.Contains("--fresh", StringComparison.Ordinal));
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task A_damaged_manifest_is_named_and_without_it_everything_is_read_again()
    {
        await using var house = await House.OpenAsync();
        await house.NightlyAsync();
        house.World.ChangeSome(20, new Random(2));
        var run = house.AllRuns.Single().Store.Location;

        await Damage.OfEveryKindAsync(Path.Combine(run, "manifest.json"), 0, () =>
            FluentActions.Awaiting(() => house.NightlyAsync()).Should().ThrowAsync<SinkException>().WithMessage("*manifest.json*nothing was touched*"));

        Directory.Delete(run, recursive: true);
        await house.NightlyAsync();
        await house.BothSinksEqualVPlanAsync();
    }

    [Theory]
    [InlineData("_delta_log/00000000000000000000.json")]
    [InlineData("part-*.parquet")]
    public async Task A_damaged_file_of_the_lake_is_named_and_its_table_is_loaded_again(string pattern)
    {
        await using var house = await House.OpenAsync();
        await house.NightlyAsync();
        house.World.ChangeSome(20, new Random(3));
        var table = house.In("lake/dim_card");
        var file = Directory.GetFiles(table, pattern).Single();

        await Damage.OfEveryKindAsync(file, FirstLine(file), () =>
            FluentActions.Awaiting(() => house.FullAsync()).Should().ThrowAsync<SinkException>().WithMessage($"*dim_card/*{Path.GetFileName(file)}*delete the folder 'dim_card'*load --all*"));

        Directory.Delete(table, recursive: true);
        await using (var runner = await house.OpenRunnerAsync())
            await runner.CatchUpAsync(null, null, CancellationToken.None);
        await house.FullAsync();
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task A_damaged_list_of_the_lakes_versions_is_named_and_put_anew_by_the_next_run()
    {
        await using var house = await House.OpenAsync();
        await house.NightlyAsync();

        await Damage.OfEveryKindAsync(house.In("lake/lake.json"), 0, async () =>
        {
            await using var runner = await house.OpenRunnerAsync();
            await runner.Sinks.Lake.Awaiting(lake => lake.ReadConsistentSetAsync()).Should().ThrowAsync<SinkException>().WithMessage("*lake.json*the next run puts it anew*");
        });

        await house.FullAsync();
        await house.BothSinksEqualVPlanAsync();
        await using var after = await house.OpenRunnerAsync();
        (await after.Sinks.Lake.ReadConsistentSetAsync(TestContext.Current.CancellationToken))!.Run.Should().Be(house.AllRuns[^1].RunId);
    }

    [Fact]
    public async Task A_torn_warehouse_is_named_and_built_anew_when_it_is_moved_away()
    {
        await using var house = await House.OpenAsync();
        await house.NightlyAsync();
        var file = house.In("warehouse.duckdb");
        using (var torn = new FileStream(file, FileMode.Open))
            torn.SetLength(torn.Length / 3);

        await FluentActions.Awaiting(() => house.NightlyAsync()).Should().ThrowAsync<SinkException>().WithMessage("*warehouse.duckdb*load --all*");

        File.Delete(file);
        await house.FullAsync();
        await house.BothSinksEqualVPlanAsync();
    }

    /// <summary>The lake shows the run already, and nobody can bring it to the warehouse any more.</summary>
    [Theory]
    [InlineData("rows/dim_card.parquet")]
    [InlineData("transformed.json")]
    public async Task A_damaged_file_of_a_run_that_only_the_lake_shows_is_named_and_the_lake_is_built_anew(string file)
    {
        await using var house = await House.OpenAsync();
        await house.NightlyAsync();
        house.World.ChangeSome(20, new Random(4));
        (await house.DiesAtAsync(happened => Point(happened) == "load", new RunRequest(RunKind.Full, []))).Should().BeTrue();
        var run = house.AllRuns[^1].Store.Location;
        await Damage.OfEveryKindAsync(Path.Combine(run, file), 0, () => FluentActions.Awaiting(() => house.FullAsync()).Should().ThrowAsync<SinkException>().WithMessage($"*{file}*"));

        Directory.Delete(run, recursive: true);
        await FluentActions.Awaiting(() => house.FullAsync()).Should().ThrowAsync<SinkException>().WithMessage("The lake shows the run that ends in -*move the lake away*");

        Directory.Delete(house.In("lake"), recursive: true);
        await house.FullAsync();
        await house.BothSinksEqualVPlanAsync();
    }

    private static string Point(RunEvent happened) => happened switch
    {
        RunEvent.Started started => started.Phase,
        RunEvent.Reading { Progress: var progress } => $"{progress.Entity} {progress.Pages}",
        RunEvent.Read read => $"{read.Entity} read",
        _ => "",
    };

    /// <summary>A commit's first line says who made it; nothing is made of it.</summary>
    private static int FirstLine(string file) => file.EndsWith(".json", StringComparison.Ordinal) ? Array.IndexOf(File.ReadAllBytes(file), (byte)'\n') : 0;
}
