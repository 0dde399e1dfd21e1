using System.Collections.Concurrent;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>What holds personal data belongs to the account that runs the export, from the moment it is made.</summary>
[Trait("Tier", "scenario")]
public sealed class PrivateFilesTests : IDisposable
{
    private const UnixFileMode Others = (UnixFileMode)0b000_111_111;

    private readonly CliHost _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Whatever_a_demo_makes_on_its_way_only_its_owner_may_use()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Files of Windows have other rights.");
        var folder = _place.PathOf("demo");

        var seen = await WatchAsync(folder, () => _place.InvokeBareAsync("demo", "--size", "tiny", "--out", folder));

        seen.Keys.Select(Path.GetFileName)
            .Should()
            .Contain([
                "warehouse.duckdb",
                "lake.json",
                "run.lock",
                "budget.json",
                "keys.json",
                "manifest.json",
                "spool",
                "raw",
            ]);
        seen.Keys.Should()
            .Contain(path => path.EndsWith(".json.gz", StringComparison.Ordinal))
            .And.Contain(path => path.EndsWith(".parquet", StringComparison.Ordinal));
        seen.Where(f => (f.Value & Others) != 0).Should().BeEmpty();
    }

    [Fact]
    public async Task A_summary_only_its_owner_may_read()
    {
        if (OperatingSystem.IsWindows())
            return;
        await using var server = await _place.StartVPlanAsync(new SandboxOptions { Size = SandboxSize.Tiny });

        (await _place.InvokeAsync("run", "--entity", "board", "--summary", _place.PathOf("summary.md"))).ShouldBe(
            ExitCode.Ok
        );

        File.GetUnixFileMode(_place.PathOf("summary.md")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>Everything that is below a folder at some moment of the work, with the rights on it: those that it had at any time.</summary>
    private static async Task<IReadOnlyDictionary<string, UnixFileMode>> WatchAsync(
        string folder,
        Func<Task<Outcome>> work
    )
    {
        var seen = new ConcurrentDictionary<string, UnixFileMode>();
        var working = Task.Run(work);
        while (!working.IsCompleted)
        {
            Look(folder, seen);
            await Task.Delay(5);
        }
        (await working).ShouldBe(ExitCode.Ok);
        Look(folder, seen);
        return seen;
    }

    /// <summary>What .NET says of a file that was moved or removed since it was listed.</summary>
    private const UnixFileMode Gone = (UnixFileMode)(-1);

    private static void Look(string folder, ConcurrentDictionary<string, UnixFileMode> seen)
    {
        var all = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            IgnoreInaccessible = true,
            AttributesToSkip = 0,
        };
        try
        {
            foreach (
                var entry in Directory.Exists(folder)
                    ? new DirectoryInfo(folder).EnumerateFileSystemInfos("*", all)
                    : []
            )
            {
                if (entry.UnixFileMode is var mode and not Gone)
                    seen.AddOrUpdate(entry.FullName, mode, (_, before) => before | mode);
            }
        }
        catch (IOException)
        {
            // It was moved or removed meanwhile.
        }
    }
}
