using System.Diagnostics;
using VPlanExport.Sandbox;

namespace VPlanExport.Tests.Commands;

/// <summary>A disk that is full while a run works, and has room again.</summary>
public sealed class FullDiskTests : IAsyncLifetime
{
    private readonly Workplace _place = new() { Clock = new ImpatientTime() };
    private SandboxServer _server = null!;
    private string? _disk;

    public async ValueTask InitializeAsync() => _server = await _place.StartVPlanAsync();

    public async ValueTask DisposeAsync()
    {
        if (_disk is not null)
            Shell("umount", _disk);
        await _server.DisposeAsync();
        _place.Dispose();
    }

    [Theory]
    [InlineData("Lake:Location={0}/lake")]
    [InlineData("Runs:WorkFolder={0}/work")]
    [InlineData("Warehouse:ConnectionString=Data Source={0}/warehouse.duckdb")]
    public async Task A_full_disk_stops_the_run_and_the_next_goes_on_when_there_is_room(string setting)
    {
        var disk = Directory.CreateDirectory(Path.Combine(_place.Folder, "disk")).FullName;
        Assert.SkipUnless(OperatingSystem.IsLinux() && Shell("mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", disk), "This account may not mount a small disk.");
        _disk = disk;
        _place.Settings.Add(string.Format(System.Globalization.CultureInfo.InvariantCulture, setting, disk));

        (await _place.InvokeAsync("run")).ShouldBe(ExitCode.Sink).Naming(disk, "disk");

        Shell("mount", "-o", "remount,size=600m", disk).Should().BeTrue();
        (await _place.InvokeAsync("run")).ShouldBe(ExitCode.Ok);
    }

    private static bool Shell(string program, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
