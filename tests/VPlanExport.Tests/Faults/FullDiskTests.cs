using System.Diagnostics;
using VPlanExport.Configuration;
using VPlanExport.Runs;
using VPlanExport.Storage;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Faults;

/// <summary>A disk that is full while a run works, and has room again.</summary>
[Trait("Tier", "scenario")]
public sealed class FullDiskTests : IAsyncLifetime
{
    private TestExport _house = null!;

    private string Disk => _house.In("disk");

    public async ValueTask InitializeAsync() => _house = await TestExport.OpenAsync();

    public async ValueTask DisposeAsync()
    {
        if (Directory.Exists(Disk))
            Shell("umount", "--lazy", Disk);
        await _house.DisposeAsync();
    }

    [Fact]
    public Task The_lakes_disk_is_full() =>
        IsFullAsync(
            "full-disk-lake",
            _house.Settings with
            {
                Lake = _house.Settings.Lake with { Location = new StoreLocation.Folder($"{Disk}/lake") },
            }
        );

    [Fact]
    public Task The_disk_of_the_runs_is_full() =>
        IsFullAsync(
            "full-disk-work",
            _house.Settings with
            {
                Runs = _house.Settings.Runs with { WorkFolder = new StoreLocation.Folder($"{Disk}/work") },
            }
        );

    [Fact]
    public Task The_warehouses_disk_is_full() =>
        IsFullAsync(
            "full-disk-warehouse",
            _house.Settings with
            {
                Warehouse = new WarehouseSettings(WarehouseSettings.DuckDb, $"Data Source={Disk}/warehouse.duckdb"),
            },
            size: "1m"
        );

    [Fact]
    public async Task A_folder_that_cannot_be_tidied_is_a_warning_and_leaves_no_lock()
    {
        var (spool, isMounted) = (_house.In("work/spool"), false);
        await _house.RunAsync(
            new RunRequest(RunKind.Nightly, ["board"]),
            tell: happened =>
            {
                if (happened is not RunEvent.Started { Phase: "publish" })
                    return;
                Directory.CreateDirectory(spool);
                isMounted = OperatingSystem.IsLinux() && Shell("mount", "-t", "tmpfs", "tmpfs", spool);
            }
        );
        Assert.SkipUnless(isMounted, "This account may not mount a disk, which nobody can remove.");
        Shell("umount", "--lazy", spool).Should().BeTrue();

        _house
            .Told.OfType<RunEvent.Warning>()
            .Should()
            .ContainSingle(w => w.Message.Contains($"{spool} cannot be tidied", StringComparison.Ordinal));
        (await _house.InvokeAsync("run", "--entity", "board")).ShouldBe(ExitCode.Ok);
    }

    /// <param name="size">More than an empty warehouse takes, and less than a full one.</param>
    private async Task IsFullAsync(string name, Settings settings, string size = "200k")
    {
        Directory.CreateDirectory(Disk);
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Shell("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", Disk),
            "This account may not mount a small disk."
        );
        _house.Settings = settings;
        var story = new Transcript(_house, name);
        story.Vary(
            @"Cannot use '[^']*' in (FOLDER/disk/\w+)[^']*'[^']*'",
            "Cannot use '…' in $1: No space left on device"
        );

        await story.RunAsync("run", ExitCode.Sink);
        Shell("mount", "-o", "remount,size=600m", Disk).Should().BeTrue();
        story.Say("There is room again.");
        await story.RunAsync("run");

        await story.EndsWellAsync();
    }

    private static bool Shell(string program, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
