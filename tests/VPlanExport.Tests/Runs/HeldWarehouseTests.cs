using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using VPlanExport.Configuration;
using VPlanExport.Runs;
using VPlanExport.Tests.Support;
using VPlanExport.Tests.Warehouse;

namespace VPlanExport.Tests.Runs;

/// <summary>Nights in which the warehouse is away: another program has the file open, or the server is not there.</summary>
[Trait("Tier", "scenario")]
public sealed class HeldWarehouseTests
{
    private const string Renamed = "SELECT count(*) FROM dw.dim_stage WHERE name = 'Zagerij Noord' AND NOT is_deleted";
    private static readonly string[] Run = ["run", "--entity", "stage"];

    [Fact]
    public async Task A_program_that_reads_the_warehouse_stops_no_night_and_sees_it_when_it_opens_the_file_again()
    {
        SkipOnWindows();
        await using var house = await ExportedAsync();
        Protect(house, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Rename(house);

        using (var reader = FileHolder.Read(File(house)))
        {
            var run = (await house.InvokeAsync(Run)).ShouldBe(ExitCode.Ok);

            run.Output.Should().Contain("loaded into a copy").And.NotContain("behind");
            reader.Ask(Renamed).Should().Be("0", "it reads the file that it opened");
            using var again = FileHolder.Read(File(house));
            again.Ask(Renamed).Should().Be("1");
            (await house.InvokeAsync("query", Renamed)).ShouldBe(ExitCode.Ok);
            (await house.InvokeAsync("check")).ShouldBe(ExitCode.Ok).Output.Should().Contain("Another program reads");
            (await house.InvokeAsync("verify", "--entity", "stage")).ShouldBe(ExitCode.Ok);
        }

        await house.SinksAgreeAsync();
        Beside(house).Should().BeEmpty();
        if (!OperatingSystem.IsWindows())
            System.IO.File.GetUnixFileMode(File(house)).Should().HaveFlag(UnixFileMode.GroupRead);
    }

    [Fact]
    public async Task A_program_that_reads_the_warehouse_stops_no_rollback()
    {
        SkipOnWindows();
        await using var house = await ExportedAsync();
        Rename(house);
        await house.NightlyAsync("stage");

        using (FileHolder.Read(File(house)))
            (await house.InvokeAsync("rollback", "--to", (await house.AllRunsAsync())[0].RunId)).ShouldBe(ExitCode.Ok);

        house.Warehouse(Renamed).Should().Equal("0");
        await house.SinksAgreeAsync();
    }

    [Fact]
    public async Task A_program_that_writes_the_warehouse_leaves_the_night_to_the_lake_and_the_next_run_catches_up()
    {
        await using var house = await ExportedAsync();
        var asked = house.VPlan.Requests.Count;
        Rename(house);

        using (var writer = FileHolder.Hold(File(house)))
        {
            var run = (await house.InvokeAsync([.. Run, "--summary", house.In("summary.md")]))
                .ShouldBe(ExitCode.Sink)
                .Naming(
                    File(house),
                    "The lake holds the run",
                    "the warehouse is behind",
                    "Another program holds it",
                    "vplan-export load"
                );
            run.Output.Should().Contain("the warehouse is behind");
            (await System.IO.File.ReadAllTextAsync(house.In("summary.md"), Token))
                .Should()
                .Contain("the warehouse is behind");
            writer.Ask("CREATE TABLE main.own AS SELECT 1 AS a; SELECT count(*) FROM main.own").Should().Be("1");
        }

        house.VPlan.Requests.Count.Should().BeGreaterThan(asked);
        (await house.Runs.CommittedAsync(Token)).Should().HaveCount(2);
        house.Warehouse(Renamed).Should().Equal("0");
        var status = (await house.InvokeAsync("status")).ShouldBe(ExitCode.Ok);
        status.Output.Should().Contain($"The warehouse is behind: it lacks {(await house.AllRunsAsync())[1].RunId}.");
        (await house.InvokeAsync("verify", "--entity", "stage"))
            .ShouldBe(ExitCode.Sink)
            .Naming("is behind", (await house.AllRunsAsync())[1].RunId, "vplan-export load");

        (await house.InvokeAsync(Run)).ShouldBe(ExitCode.Ok);

        house.Warehouse(Renamed).Should().Equal("1");
        house.Warehouse("SELECT count(*) FROM etl.load").Should().Equal("3");
        house.Warehouse("SELECT a FROM main.own").Should().Equal("1");
        await house.SinksAgreeAsync();
        (await house.InvokeAsync("status")).ShouldBe(ExitCode.Ok).Output.Should().NotContain("is behind");
    }

    [Fact]
    public async Task Commands_that_need_the_warehouse_say_who_holds_it_and_change_nothing()
    {
        await using var house = await ExportedAsync();
        await house.NightlyAsync("stage");
        var runs = await house.AllRunsAsync();

        using (FileHolder.Hold(File(house)))
        {
            (await house.InvokeAsync(Run)).ShouldBe(ExitCode.Sink);
            foreach (
                var command in (string[][])
                    [
                        ["load"],
                        ["load", "--all", "--only", "warehouse"],
                        ["rollback", "--to", runs[0].RunId],
                        ["verify"],
                        ["query", "SELECT 1"],
                        [
                            "backfill",
                            "--from",
                            "2026-10-01",
                            "--to",
                            "2026-10-02",
                            "--entity",
                            "stage",
                            "--plan",
                            house.In("plan.json"),
                        ],
                    ]
            )
                (await house.InvokeAsync(command))
                    .ShouldBe(ExitCode.Sink)
                    .Naming(File(house), "Another program holds it");
            (await house.InvokeAsync("check"))
                .ShouldBe(ExitCode.Sink)
                .Output.Should()
                .Contain("FAIL  warehouse: ")
                .And.Contain("Another program holds it");
            (await house.InvokeAsync("status"))
                .ShouldBe(ExitCode.Ok)
                .Output.Should()
                .Contain("No freshness of tables: ")
                .And.Contain("Another program holds it")
                .And.Contain($"it lacks {(await house.AllRunsAsync())[^1].RunId}.");
            (await house.InvokeAsync("load", "--only", "lake")).ShouldBe(ExitCode.Ok);
        }

        (await house.AllRunsAsync()).Should().HaveCount(3);
        (await house.InvokeAsync("load"))
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .Contain($"{(await house.AllRunsAsync())[^1].RunId}: applied");
        await house.SinksAgreeAsync();
    }

    [Fact]
    public async Task Every_month_of_a_backfill_goes_to_the_lake_while_the_warehouse_is_held()
    {
        await using var house = await TestExport.OpenAsync();
        await house.NightlyAsync("time_tracking");
        string[] backfill = ["backfill", "--from", "2026-09-01", "--to", "2026-10-31", "--entity", "time_tracking"];

        using (FileHolder.Hold(File(house)))
            (await house.InvokeAsync(backfill)).ShouldBe(ExitCode.Sink).Naming("the warehouse is behind");

        (await house.Runs.CommittedAsync(Token)).Should().HaveCount(3);
        (await house.InvokeAsync("load"))
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .Contain($"{(await house.AllRunsAsync())[1].RunId}: applied")
            .And.Contain($"{(await house.AllRunsAsync())[2].RunId}: applied");
        await house.SinksAgreeAsync();
    }

    [Theory]
    [InlineData(true, ExitCode.Ok)]
    [InlineData(false, ExitCode.Sink)]
    public async Task A_program_that_opens_the_warehouse_while_vPlan_is_read_harms_no_run(
        bool onlyReads,
        ExitCode expected
    )
    {
        SkipOnWindows();
        await using var house = await ExportedAsync();
        Rename(house);
        FileHolder? holder = null;

        var summary = await house.RunAsync(
            new RunRequest(RunKind.Nightly, ["stage"]),
            tell: happened =>
            {
                if (happened is RunEvent.Started { Phase: "publish" })
                    holder = onlyReads ? FileHolder.Read(File(house)) : FileHolder.Hold(File(house));
            }
        );

        (summary.Behind is null ? ExitCode.Ok : ExitCode.Sink).Should().Be(expected);
        holder!.Dispose();
        (await house.InvokeAsync(Run)).ShouldBe(ExitCode.Ok);
        house.Warehouse(Renamed).Should().Equal("1");
        await house.SinksAgreeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_column_that_is_missing_is_added_whether_the_reader_stays_or_goes(bool stays)
    {
        SkipOnWindows();
        await using var house = await ExportedAsync();
        Change(house, "DROP VIEW bi.card; DROP VIEW bi.stage_load; ALTER TABLE dw.dim_stage DROP COLUMN sequence");
        Rename(house);
        var reader = FileHolder.Read(File(house));

        await house.RunAsync(
            new RunRequest(RunKind.Full, ["stage"]),
            tell: happened =>
            {
                if (happened is RunEvent.Started { Phase: "publish" } && !stays)
                    reader.Dispose();
            }
        );

        if (stays)
            reader.Dispose();
        house.Warehouse(Renamed).Should().Equal("1");
        house.Warehouse("SELECT count(sequence) > 0 FROM dw.dim_stage").Should().Equal("True");
        Beside(house).Should().BeEmpty();
    }

    [Fact]
    public async Task The_tables_of_a_warehouse_that_is_read_are_checked_before_the_first_request()
    {
        SkipOnWindows();
        await using var house = await ExportedAsync();
        Change(house, "ALTER TABLE dw.dim_user RENAME COLUMN role TO part");
        var asked = house.VPlan.Requests.Count;
        using var reader = FileHolder.Read(File(house));

        (await house.InvokeAsync(Run)).ShouldBe(ExitCode.Contract).Naming("dim_user", "part");

        house.VPlan.Requests.Count.Should().Be(asked);
    }

    [Fact]
    public async Task What_a_crashed_program_had_not_written_into_the_file_is_in_the_copy_once()
    {
        SkipOnWindows();
        await using var house = await ExportedAsync();
        using (var crashing = FileHolder.Hold(File(house)))
        {
            crashing.Ask("CREATE TABLE main.own AS SELECT 7 AS a; SELECT a FROM main.own");
            crashing.Kill();
        }
        System.IO.File.Exists(File(house) + ".wal").Should().BeTrue("the test is about a log that was left");
        System.IO.File.WriteAllText(File(house) + ".next", "what is left of a copy");
        Rename(house);

        using (FileHolder.Read(File(house)))
            (await house.InvokeAsync(Run)).ShouldBe(ExitCode.Ok);

        Beside(house).Should().BeEmpty();
        house.Warehouse("SELECT a FROM main.own").Should().Equal("7");
        house.Warehouse(Renamed).Should().Equal("1");
        await house.SinksAgreeAsync();
    }

    [Fact]
    public async Task A_load_that_fails_leaves_the_file_of_the_reader_as_it_was()
    {
        SkipOnWindows();
        await using var house = await ExportedAsync();
        Rename(house);
        var before = await System.IO.File.ReadAllBytesAsync(File(house), Token);
        Directory.CreateDirectory(File(house) + ".next");

        using (FileHolder.Read(File(house)))
            (await house.InvokeAsync(Run))
                .ShouldBe(ExitCode.Sink)
                .Naming("the warehouse is behind", File(house) + ".next");

        (await System.IO.File.ReadAllBytesAsync(File(house), Token)).Should().Equal(before);
        Directory.Delete(File(house) + ".next");
        (await house.InvokeAsync("load")).ShouldBe(ExitCode.Ok);
        await house.SinksAgreeAsync();
    }

    [Fact]
    public async Task A_SQL_Server_that_is_not_there_leaves_the_night_to_the_lake()
    {
        await using var house = await ExportedAsync();
        var file = house.Settings.Warehouse;
        Rename(house);
        house.Settings = house.Settings with
        {
            Warehouse = new WarehouseSettings(
                WarehouseSettings.SqlServer,
                "Server=127.0.0.1,1;Database=d;User ID=u;Connect Timeout=1"
            ),
        };

        (await house.InvokeAsync(Run))
            .ShouldBe(ExitCode.Sink)
            .Naming("127.0.0.1,1/d", "The lake holds the run", "the warehouse is behind");

        house.Settings = house.Settings with { Warehouse = file };
        (await house.InvokeAsync("load")).ShouldBe(ExitCode.Ok);
        house.Warehouse(Renamed).Should().Equal("1");
        await house.SinksAgreeAsync();
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static async Task<TestExport> ExportedAsync()
    {
        var house = await TestExport.OpenAsync();
        await house.NightlyAsync("stage");
        return house;
    }

    private static string File(TestExport house) => house.In("warehouse.duckdb");

    /// <summary>What a load has left beside the file.</summary>
    /// <summary>Other files than the warehouse: the pattern alone matches a name without an ending, too.</summary>
    private static IEnumerable<string> Beside(TestExport house) =>
        Directory.GetFileSystemEntries(house.Folder, "warehouse.duckdb.*").Where(path => path != File(house));

    private static void Rename(TestExport house) =>
        house.World.Edit("stage", house.World.Records("stage")[0].Id, new JsonObject { ["name"] = "Zagerij Noord" });

    private static void Change(TestExport house, string sql)
    {
        using var connection = new DuckDBConnection($"Data Source={File(house)}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static void Protect(TestExport house, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            System.IO.File.SetUnixFileMode(File(house), mode);
    }

    private static void SkipOnWindows() =>
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows lets no file be replaced that a program has open.");
}
