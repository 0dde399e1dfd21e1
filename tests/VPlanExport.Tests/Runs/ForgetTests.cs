using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using VPlanExport.Runs;
using VPlanExport.Tests.Storage;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

/// <summary>A person who is forgotten is nowhere, and stays so.</summary>
[Trait("Tier", "scenario")]
public class ForgetTests
{
    [Fact]
    public async Task A_person_is_nowhere_and_stays_so_in_full_reads_backfills_and_rebuilds()
    {
        await using var house = await TestExport.OpenAfterFirstRunAsync();
        var person = PersonOf(house);
        var before = house.Warehouse(MinutesOf(person));
        Holding(house, person).Should().Contain(["lake", "work", "warehouse.duckdb"]);

        var told = (await house.InvokeAsync("forget", "--user", person.Id, "--dry-run")).ShouldBe(ExitCode.Ok);
        told.Output.Should().Contain("nothing was changed").And.MatchRegex(@"warehouse +dw\.dim_user +1 ");
        (await house.InvokeAsync("forget", "--user", person.Id, "--yes")).ShouldBe(ExitCode.Ok);

        Holding(house, person).Should().BeEmpty();
        await house.SinksAgreeAsync();
        house.Warehouse(MinutesOf(person)).Should().Equal(before);
        house
            .Warehouse($"SELECT full_name || email FROM dw.dim_user WHERE user_id = '{person.Id}'")
            .Should()
            .ContainSingle()
            .Which.Should()
            .MatchRegex("^(~[0-9a-f]{20}){2}$");

        (await house.InvokeAsync("run", "--full")).ShouldBe(ExitCode.Ok);
        (await house.InvokeAsync("backfill", "--from", "2026-09-01", "--to", "2026-10-31")).ShouldBe(ExitCode.Ok);
        (await house.InvokeAsync("verify")).ShouldBe(ExitCode.Ok);
        Holding(house, person).Should().BeEmpty();

        house.Remove("lake");
        house.Remove("warehouse.duckdb");
        (await house.InvokeAsync("load", "--all")).ShouldBe(ExitCode.Ok);
        Holding(house, person).Should().BeEmpty();
        await house.SinksAgreeAsync();
    }

    [Fact]
    public async Task Rows_that_were_read_again_before_are_forgotten_in_older_versions_and_a_rollback_keeps_it()
    {
        await using var house = await TestExport.OpenAfterFirstRunAsync();
        var person = PersonOf(house);
        house.World.Edit("user", person.Id, new JsonObject { ["role"] = "member" });
        // The first name of all stands in the log of the lake.
        house.World.Edit("card", house.World.Records("card")[0].Id, new JsonObject { ["name"] = $"!! {person.Name}" });
        (await house.InvokeAsync("run")).ShouldBe(ExitCode.Ok);
        File.ReadAllText(house.In("lake/dim_card/_delta_log/00000000000000000001.json"))
            .Should()
            .Contain($"!! {person.Name}");
        (await house.InvokeAsync("forget", "--user", person.Id, "--yes")).ShouldBe(ExitCode.Ok);
        Holding(house, person).Should().BeEmpty();
        await house.SinksAgreeAsync();
        var kept = (await house.AllRunsAsync())[^1].RunId;
        house.World.Edit(
            "card",
            house.World.Records("card")[0].Id,
            new JsonObject { ["name"] = $"Call {person.Name} back" }
        );
        (await house.InvokeAsync("run")).ShouldBe(ExitCode.Ok);
        house.Warehouse("SELECT count(*) FROM dw.dim_card WHERE name = 'Call *** back'").Should().Equal("1");

        (await house.InvokeAsync("rollback", "--to", kept)).ShouldBe(ExitCode.Ok);

        Holding(house, person).Should().BeEmpty();
        await house.SinksAgreeAsync();
    }

    [Fact]
    public async Task What_was_interrupted_is_finished_by_the_next_command_that_writes()
    {
        await using var house = await TestExport.OpenAfterFirstRunAsync();
        var person = PersonOf(house);
        for (var step = 1; step <= 3; step++)
        {
            var (seen, dies) = (0, step);
            var die = async () =>
            {
                await using var runner = await house.OpenRunnerAsync(happened =>
                {
                    if (
                        happened is RunEvent.Info { Message: var m }
                        && m.StartsWith("Forgetting in", StringComparison.Ordinal)
                        && ++seen == dies
                    )
                        throw new SuddenDeathException();
                });
                await runner.ForgetAsync(person.Id, CancellationToken.None);
            };
            await die.Should().ThrowAsync<SuddenDeathException>();
        }
        Holding(house, person).Should().NotBeEmpty();

        (await house.InvokeAsync("load")).ShouldBe(ExitCode.Ok).Output.Should().Contain("which was interrupted");

        Holding(house, person).Should().BeEmpty();
        await house.SinksAgreeAsync();
    }

    [Fact]
    public async Task Nothing_is_done_without_a_word_beside_another_run_or_for_a_user_who_is_not_there()
    {
        await using var house = await TestExport.OpenAfterFirstRunAsync();
        var person = PersonOf(house);
        (await house.InvokeAsync("forget", "--user", person.Id))
            .ShouldBe(ExitCode.Configuration)
            .Naming("--dry-run", "--yes", person.Id);
        (await house.InvokeAsync("forget", "--user", "nobody", "--yes"))
            .ShouldBe(ExitCode.Configuration)
            .Naming("--user is 'nobody'", "dw.dim_user");
        await using (await house.OpenRunnerAsync())
        {
            (await house.InvokeAsync("forget", "--user", person.Id, "--yes")).ShouldBe(ExitCode.Locked);
            (await house.InvokeAsync("forget", "--user", person.Id, "--dry-run")).ShouldBe(ExitCode.Locked);
        }
        Holding(house, person).Should().Contain(["lake", "work", "warehouse.duckdb"]);
        File.Exists(house.In("work/forgotten.json")).Should().BeFalse();
    }

    [Fact]
    public async Task A_rejected_value_is_forgotten_and_no_rollback_goes_back_before_that()
    {
        await using var house = await TestExport.OpenAfterFirstRunAsync();
        var person = PersonOf(house);
        house.World.Edit(
            "time_tracking",
            house.World.Records("time_tracking")[0].Id,
            new JsonObject { ["start"] = $"when {person.Name} comes" }
        );
        var before = (await house.AllRunsAsync()).Single().RunId;
        house.World.Edit("user", person.Id, new JsonObject { ["role"] = "member" });
        (await house.InvokeAsync("run", "--full")).ShouldBe(ExitCode.Ok);
        var rejects = Path.Combine((await house.AllRunsAsync())[^1].Store.Location, "rows", "rejects.csv");
        File.ReadAllText(rejects).Should().Contain(person.Name);

        (await house.InvokeAsync("forget", "--user", person.Id, "--yes")).ShouldBe(ExitCode.Ok);

        Holding(house, person).Should().BeEmpty();
        File.ReadAllText(rejects).Should().Contain("when *** comes");
        (await house.InvokeAsync("rejects", "list")).ShouldBe(ExitCode.Ok).Output.Should().Contain("fact_time_entry");
        (await house.InvokeAsync("rollback", "--to", before))
            .ShouldBe(ExitCode.Configuration)
            .Naming(before, "dim_user");
        Holding(house, person).Should().BeEmpty();
        await house.SinksAgreeAsync();
    }

    [Fact]
    public async Task A_person_is_nowhere_in_Blob_Storage()
    {
        var place = AzuriteServer.Shared.NewPlace();
        await using var house = await (await TestExport.OpenAfterFirstRunAsync()).MovedToAsync(place);
        var person = PersonOf(house);

        await using (var runner = await house.OpenRunnerAsync())
            await runner.ForgetAsync(person.Id, CancellationToken.None);

        await place.Open(house.Clock).CopyToAsync(house.In("copy"), "");
        Directory.GetFiles(house.In("copy"), "*.parquet", SearchOption.AllDirectories).Should().NotBeEmpty();
        Directory.GetFiles(house.In("copy"), "*.gz", SearchOption.AllDirectories).Should().NotBeEmpty();
        Holding(house, person).Should().BeEmpty();
        await house.NightlyAsync();
        await house.SinksAgreeAsync();
    }

    private static string MinutesOf(Person person) =>
        "SELECT sum(f.minutes) FROM dw.fact_time_entry f JOIN dw.dim_user u ON u.user_key = f.user_key WHERE "
        + $"u.user_id = '{person.Id}'";

    private static Person PersonOf(TestExport house)
    {
        var row = house
            .Warehouse(
                "SELECT u.user_id || '|' || u.full_name || '|' || u.email FROM dw.dim_user u JOIN dw.fact_time_entry f "
                    + "ON f.user_key = u.user_key WHERE u.user_key <> -1 GROUP BY ALL ORDER BY 1 LIMIT 1"
            )
            .Single()
            .Split('|');
        return new Person(row[0], row[1], row[2]);
    }

    /// <summary>The folders and files of the house that hold the name or the address.</summary>
    private static List<string> Holding(TestExport house, Person person)
    {
        using var memory = new DuckDBConnection("Data Source=:memory:;threads=1");
        memory.Open();
        return
        [
            .. Directory
                .EnumerateFiles(house.Folder, "*", SearchOption.AllDirectories)
                .Where(path =>
                    TextOf(path, memory) is var text
                    && new[] { person.Name, person.Email }.Any(told =>
                        text.Contains(told, StringComparison.OrdinalIgnoreCase)
                    )
                )
                .Select(path => Path.GetRelativePath(house.Folder, path).Split(Path.DirectorySeparatorChar)[0])
                .Distinct(),
        ];
    }

    private static string TextOf(string path, DuckDBConnection memory)
    {
        if (path.EndsWith(".parquet", StringComparison.Ordinal))
            return Cells(path, memory);
        using var file = File.OpenRead(path);
        using var text = new MemoryStream();
        using Stream content = path.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(file, CompressionMode.Decompress)
            : file;
        content.CopyTo(text);
        return Encoding.UTF8.GetString(text.ToArray());
    }

    private static string Cells(string path, DuckDBConnection memory)
    {
        using var command = memory.CreateCommand();
        command.CommandText =
            $"SELECT string_agg(CAST(p AS VARCHAR), ' ') FROM read_parquet('{path}', hive_partitioning = false) p";
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture)!;
    }

    private sealed record Person(string Id, string Name, string Email);
}
