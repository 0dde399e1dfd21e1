using System.Diagnostics;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>The program where its output goes to a full disk, to a program that has ended, or nowhere.</summary>
[Trait("Tier", "platform")]
public sealed class LostOutputTests : IDisposable
{
    private const string Said = "could not be written whole";

    private readonly CliHost _place = new();

    public LostOutputTests() => Assert.SkipUnless(OperatingSystem.IsLinux(), "/dev/full is Linux's.");

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("vplan status > /dev/full", ExitCode.Sink, 1)]
    [InlineData("vplan status --format json > /dev/full", ExitCode.Sink, 1)]
    [InlineData("vplan status --log-format json > /dev/full", ExitCode.Sink, 1)]
    [InlineData("vplan status --log-format azure > /dev/full", ExitCode.Sink, 1)]
    [InlineData("vplan --help > /dev/full", ExitCode.Sink, 1)]
    [InlineData("vplan status >&-", ExitCode.Sink, 1)]
    [InlineData("vplan status > /dev/full 2> /dev/full", ExitCode.Sink, 0)]
    [InlineData("vplan status >&- 2>&-", ExitCode.Sink, 0)]
    [InlineData("vplan nonsense --log-format azure > /dev/full", ExitCode.Configuration, 1)]
    [InlineData("vplan nonsense 2> /dev/full", ExitCode.Configuration, 0)]
    [InlineData("vplan nonsense 2>&-", ExitCode.Configuration, 0)]
    [InlineData("vplan --help | head -1 > /dev/null; exit ${PIPESTATUS[0]}", ExitCode.Ok, 0)]
    public async Task It_ends_with_an_exit_code_and_at_most_one_line(string line, ExitCode code, int lines)
    {
        var outcome = (await ShellAsync(line)).ShouldBe(code);

        outcome.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(lines);
        outcome.Errors.Should().NotContain("   at ");
        if (lines > 0 && code == ExitCode.Sink)
            outcome.Naming(Said);
    }

    [Fact]
    public async Task A_query_ends_when_nobody_reads_its_answer()
    {
        using (var warehouse = new DuckDB.NET.Data.DuckDBConnection($"Data Source={_place.Warehouse}"))
            warehouse.Open();

        var outcome = await ShellAsync(
            "timeout 120 $VPLAN query 'SELECT i FROM range(1000000000000) t(i)' --format csv | head -2; exit ${PIPESTATUS[0]}"
        );

        outcome.ShouldBe(ExitCode.Ok).Output.ReplaceLineEndings("\n").Should().Be("i\n0\n");
        outcome.Errors.Should().BeEmpty();
    }

    [Fact]
    public async Task A_run_whose_output_is_lost_is_committed()
    {
        await using var server = await _place.StartVPlanAsync();

        (await ShellAsync("vplan run --entity board > /dev/full")).ShouldBe(ExitCode.Sink).Naming(Said);

        (await _place.InvokeAsync("status")).ShouldBe(ExitCode.Ok).Output.Should().Contain("committed");
    }

    private async Task<Outcome> ShellAsync(string line)
    {
        var start = new ProcessStartInfo(
            "bash",
            [
                "--noprofile",
                "--norc",
                "-c",
                $"VPLAN='dotnet exec {Path.Combine(AppContext.BaseDirectory, "vplan-export.dll")}'; vplan() {{ $VPLAN \"$@\"; }}; {line}",
            ]
        )
        {
            WorkingDirectory = _place.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var setting in _place.Given)
            start.Environment[setting.Split('=')[0].Replace(":", "__", StringComparison.Ordinal)] = setting[
                (setting.IndexOf('=', StringComparison.Ordinal) + 1)..
            ];
        using var process = Process.Start(start)!;
        return await ExportProcess.EndAsync(process);
    }
}
