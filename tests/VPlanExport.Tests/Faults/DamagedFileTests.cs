using VPlanExport.Runs;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Faults;

/// <summary>A damaged file is found before anything is made of it and told by name; what the message says to do brings everything back.</summary>
[Trait("Tier", "scenario")]
public sealed class DamagedFileTests
{
    private const int GzipHead = 10;

    [Theory]
    [InlineData("damaged-plan", "extract", "plan.json")]
    [InlineData("damaged-page-entry", "card 2", "raw/card/page-000001.json")]
    [InlineData("damaged-page", "card 2", "raw/card/page-000001.json.gz")]
    [InlineData("damaged-extract", "board read", "raw/board/extract.json")]
    [InlineData("damaged-mark", "transform", "extracted.json")]
    [InlineData("damaged-page-of-a-finished-reading", "transform", "raw/card/page-000003.json.gz")]
    [InlineData("damaged-rows", "publish", "rows/dim_card.parquet")]
    public async Task A_damaged_file_of_an_interrupted_run_is_named(string name, string at, string file)
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        var story = Story(house, name);
        house.World.ChangeSome(20, new Random(1));
        var full = new RunRequest(RunKind.Full, []);
        (await house.DiesAtAsync(happened => Point(happened) == at, full)).Should().BeTrue();
        var run = (await house.AllRunsAsync())[^1].Store.Location;
        var told = "";

        story.Say($"A full run dies at '{at}'.");
        await Damage.OfEveryKindAsync(
            Path.Combine(run, file),
            GzipHead,
            async damage =>
            {
                story.Say($"{file} {damage}.");
                told = (await story.RunAsync("run --full", ExitCode.Sink)).Naming(file).Errors;
            }
        );

        if (told.Contains("--fresh", StringComparison.Ordinal))
            await story.RunAsync("run --full --fresh");
        else
        {
            Directory.Delete(run, recursive: true);
            story.Say("The run's folder is deleted.");
            await story.RunAsync("run --full");
        }
        await story.EndsWellAsync();
    }

    [Fact]
    public async Task A_damaged_manifest_is_named_and_without_it_everything_is_read_again()
    {
        await using var house = await TestExport.OpenAfterFirstRunAsync();
        var story = Story(house, "damaged-manifest");
        story.ShowFirstRun();
        house.World.ChangeSome(20, new Random(2));
        var run = (await house.AllRunsAsync()).Single().Store.Location;

        await Damage.OfEveryKindAsync(
            Path.Combine(run, "manifest.json"),
            0,
            async damage =>
            {
                story.Say($"manifest.json {damage}.");
                (await story.RunAsync("run", ExitCode.Sink)).Naming("manifest.json", "nothing was touched");
            }
        );

        Directory.Delete(run, recursive: true);
        story.Say("The run's folder is deleted.");
        await story.RunAsync("run");
        await story.EndsWellAsync();
    }

    [Theory]
    [InlineData("damaged-log-of-a-table", "_delta_log/00000000000000000000.json")]
    [InlineData("damaged-data-of-a-table", "part-*.parquet")]
    public async Task A_damaged_file_of_the_lake_is_named_and_its_table_is_loaded_again(string name, string pattern)
    {
        await using var house = await TestExport.OpenAfterFirstRunAsync();
        var story = Story(house, name);
        story.ShowFirstRun();
        house.World.ChangeSome(20, new Random(3));
        var table = house.In("lake/dim_card");
        var file = Directory.GetFiles(table, pattern).Single();

        await Damage.OfEveryKindAsync(
            file,
            FirstLine(file),
            async damage =>
            {
                story.Say($"dim_card/{pattern} {damage}.");
                (await story.RunAsync("run --full", ExitCode.Sink)).Naming(
                    "dim_card/",
                    Path.GetFileName(file),
                    "delete the folder 'dim_card'",
                    "load --all"
                );
            }
        );

        Directory.Delete(table, recursive: true);
        story.Say("The folder dim_card is deleted.");
        await story.RunAsync("load --all");
        await story.RunAsync("run --full");
        await story.EndsWellAsync();
    }

    [Fact]
    public async Task A_damaged_list_of_the_lakes_versions_is_named_and_put_anew_by_the_next_run()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();

        await Damage.OfEveryKindAsync(
            house.In("lake/lake.json"),
            0,
            async _ =>
            {
                await using var runner = await house.OpenRunnerAsync();
                await runner
                    .Sinks.Lake.Awaiting(lake => lake.ReadConsistentSetAsync(TestContext.Current.CancellationToken))
                    .Should()
                    .ThrowAsync<SinkException>()
                    .WithMessage("*lake.json*the next run writes it again*");
            }
        );

        await house.FullAsync();
        await house.BothSinksEqualVPlanAsync();
        await using var after = await house.OpenRunnerAsync();
        (await after.Sinks.Lake.ReadConsistentSetAsync(TestContext.Current.CancellationToken))!
            .Run.Should()
            .Be((await house.AllRunsAsync())[^1].RunId);
    }

    [Fact]
    public async Task A_torn_warehouse_is_named_and_built_anew_when_it_is_moved_away()
    {
        await using var house = await TestExport.OpenAfterFirstRunAsync();
        var story = Story(house, "torn-warehouse");
        story.ShowFirstRun();
        var file = house.In("warehouse.duckdb");
        using (var torn = new FileStream(file, FileMode.Open))
            torn.SetLength(torn.Length / 3);

        story.Say("warehouse.duckdb has lost two thirds.");
        (await story.RunAsync("run", ExitCode.Sink)).Naming("warehouse.duckdb", "load --all");

        File.Delete(file);
        story.Say("It is moved away.");
        await story.RunAsync("run --full");
        await story.EndsWellAsync();
    }

    /// <summary>The lake shows the run already, and nobody can bring it to the warehouse any more.</summary>
    [Theory]
    [InlineData("damaged-rows-that-only-the-lake-has", "rows/dim_card.parquet")]
    [InlineData("damaged-mark-of-what-only-the-lake-has", "transformed.json")]
    public async Task A_damaged_file_of_a_run_that_only_the_lake_shows_is_named_and_the_lake_is_built_anew(
        string name,
        string file
    )
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        var story = Story(house, name);
        house.World.ChangeSome(20, new Random(4));
        (await house.DiesAtAsync(happened => Point(happened) == "load", new RunRequest(RunKind.Full, [])))
            .Should()
            .BeTrue();
        var run = (await house.AllRunsAsync())[^1].Store.Location;
        story.Say("A full run dies at 'load'.");
        await Damage.OfEveryKindAsync(
            Path.Combine(run, file),
            0,
            async damage =>
            {
                story.Say($"{file} {damage}.");
                (await story.RunAsync("run --full", ExitCode.Sink)).Naming(file);
            }
        );

        Directory.Delete(run, recursive: true);
        story.Say("The run's folder is deleted.");
        (await story.RunAsync("run --full", ExitCode.Sink)).Naming(
            "The lake shows the run that ends in -",
            "move the lake away"
        );

        house.Remove("lake");
        story.Say("The lake is moved away.");
        await story.RunAsync("run --full");
        await story.EndsWellAsync();
    }

    /// <summary>What exactly is wrong with a file, and where, depends on the times that it holds.</summary>
    private static Transcript Story(TestExport house, string name)
    {
        var story = new Transcript(house, name);
        story.Vary(@"BytePositionInLine: \d+", "BytePositionInLine: …");
        story.Vary("cannot be read: .* The file was changed", "cannot be read: … The file was changed");
        story.Vary(@"is damaged( at line \d+)? \(.*\)", "is damaged (…)");
        story.Vary(@"attempted to read \d+ bytes from location \d+", "attempted to read …");
        story.Vary(@"part-.*?\.parquet", "part-….parquet");
        return story;
    }

    private static string Point(RunEvent happened) =>
        happened switch
        {
            RunEvent.Started started => started.Phase,
            RunEvent.PagesRead { Progress: var progress } => $"{progress.Entity} {progress.Pages}",
            RunEvent.Read read => $"{read.Entity} read",
            _ => "",
        };

    /// <summary>A commit's first line says who made it; nothing is made of it.</summary>
    private static int FirstLine(string file) =>
        file.EndsWith(".json", StringComparison.Ordinal) ? Array.IndexOf(File.ReadAllBytes(file), (byte)'\n') : 0;
}
