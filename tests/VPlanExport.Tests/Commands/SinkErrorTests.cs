using DuckDB.NET.Data;
using VPlanExport.Runs;
using VPlanExport.Sandbox;
using VPlanExport.Storage;
using VPlanExport.Tests.Support;
using VPlanExport.Tests.Warehouse;

namespace VPlanExport.Tests.Commands;

/// <summary>What an operator is told when the lake, the warehouse or the work folder is not as a run needs it; nothing is damaged.</summary>
[Trait("Tier", "scenario")]
public sealed class SinkErrorTests : IAsyncLifetime
{
    private readonly CliHost _place = new() { Clock = new ImpatientTime() };
    private SandboxServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await _place.StartVPlanAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _place.Dispose();
    }

    [Fact]
    public async Task A_file_where_the_lake_should_be_stops_the_run_before_the_first_request()
    {
        File.WriteAllText(_place.Lake, "something else");

        (await _place.InvokeAsync("run")).ShouldBe(ExitCode.Sink).Naming(_place.Lake);

        File.ReadAllText(_place.Lake).Should().Be("something else");
        _server.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("Lake:Location=/proc/vplan/lake")]
    [InlineData("Runs:WorkFolder=/proc/vplan/work")]
    [InlineData("Warehouse:ConnectionString=Data Source=/proc/vplan/warehouse.duckdb")]
    public async Task A_folder_that_cannot_be_made_stops_the_run_before_the_first_request(string setting)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc is Linux's.");
        _place.Settings.Add(setting);

        (await _place.InvokeAsync("run")).ShouldBe(ExitCode.Sink).Naming("/proc/vplan");

        _server.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_second_run_in_the_same_work_folder_is_told_who_works_there()
    {
        await using var held = await RunLock.AcquireAsync(
            new FolderStore(_place.Work),
            "vplan-export load",
            TimeProvider.System,
            TestContext.Current.CancellationToken
        );

        (await _place.InvokeAsync("run"))
            .ShouldBe(ExitCode.Locked)
            .Naming(
                _place.Work,
                FormattableString.Invariant($"process {Environment.ProcessId}"),
                "'vplan-export load'",
                "Wait"
            );
    }

    [Fact]
    public async Task A_warehouse_that_another_program_holds_open_stops_query_and_check_and_not_the_status()
    {
        (await _place.InvokeAsync("run")).ShouldBe(ExitCode.Ok);
        using var holder = FileHolder.Hold(_place.Warehouse);

        (await _place.InvokeAsync("query", "SELECT 1"))
            .ShouldBe(ExitCode.Sink)
            .Naming(_place.Warehouse, "Another program");
        (await _place.InvokeAsync("check"))
            .ShouldBe(ExitCode.Sink)
            .Output.Should()
            .Contain("FAIL  warehouse: ")
            .And.Contain("ok    vPlan: ");
        (await _place.InvokeAsync("status"))
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .Contain("nightly run")
            .And.Contain("No freshness of tables: ")
            .And.Contain("Another program");
    }

    [Theory]
    [InlineData("{ \"RunId\": ")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("")]
    public async Task A_corrupt_manifest_stops_every_command_that_needs_it_until_it_is_moved_away(string content)
    {
        (await _place.InvokeAsync("run", "--entity", "board")).ShouldBe(ExitCode.Ok);
        var manifest = Directory.GetFiles(_place.Work, "manifest.json", SearchOption.AllDirectories).Single();
        File.WriteAllText(manifest, content);

        foreach (var command in new[] { "run", "load", "status" })
            (await _place.InvokeAsync(command))
                .ShouldBe(ExitCode.Sink)
                .Naming(manifest, "nothing was touched", "backup");
        (await _place.InvokeAsync("check"))
            .ShouldBe(ExitCode.Sink)
            .Output.Should()
            .Contain($"FAIL  last run: {manifest}")
            .And.Contain("ok    vPlan: ");

        File.ReadAllText(manifest).Should().Be(content);
        Directory.Delete(Path.GetDirectoryName(manifest)!, recursive: true);
        (await _place.InvokeAsync("run", "--entity", "board")).ShouldBe(ExitCode.Ok);
    }

    [Fact]
    public async Task A_renamed_column_in_the_warehouse_is_a_broken_contract()
    {
        (await _place.InvokeAsync("run")).ShouldBe(ExitCode.Ok);
        using (var warehouse = new DuckDBConnection($"Data Source={_place.Warehouse}"))
        {
            warehouse.Open();
            using var rename = warehouse.CreateCommand();
            rename.CommandText =
                "DROP VIEW bi.time_entry; DROP VIEW bi.planned_vs_actual; DROP VIEW bi.card; ALTER TABLE dw.dim_user RENAME COLUMN email TO mail";
            rename.ExecuteNonQuery();
        }
        var asked = _server.Requests.Count;

        (await _place.InvokeAsync("run")).ShouldBe(ExitCode.Contract).Naming("dim_user", "mail");

        _server.Requests.Should().HaveCount(asked);
    }

    [Fact]
    public async Task A_full_read_that_would_delete_most_cards_is_refused()
    {
        (await _place.InvokeAsync("run")).ShouldBe(ExitCode.Ok);
        foreach (var card in _server.World.Records("card"))
            _server.World.Delete("card", card.Id);

        (await _place.InvokeAsync("run", "--full", "--set", "Runs:MinDeletes=25"))
            .ShouldBe(ExitCode.Refused)
            .Naming("Entity card", "Nothing was published", "Runs:MaxDeletePercent");

        (await _place.InvokeAsync("status")).Output.Should().Contain("refused");
        (await _place.InvokeAsync("run", "--full", "--set", "Runs:MinDeletes=25", "--allow-deletes", "120")).ShouldBe(
            ExitCode.Ok
        );
    }
}
