using System.Diagnostics;

namespace VPlanExport.Tests.Support;

[Trait("Tier", "platform")]
public class OwnEnvironmentTests
{
    /// <summary>Tests that read settings in this process, run a command line in it, and start the program.</summary>
    private static readonly string[] Some =
    [
        "*.SettingsReaderTests.Nothing_set_is_every_default",
        "*.QueryCommandTests.Every_line_of_json_is_a_row",
        "*.ProgramTests.A_flag_beats_the_environment_which_beats_the_file",
    ];

    [Fact]
    public async Task Tests_pass_whatever_settings_the_developers_shell_holds()
    {
        var start = new ProcessStartInfo(
            "dotnet",
            [typeof(OwnEnvironmentTests).Assembly.Location, .. Some.SelectMany(method => new[] { "-method", method })]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (
            var (name, value) in new[]
            {
                ("VPlan__ApiKey", "abc"),
                ("VPLAN__APIENV", "x"),
                ("Lake__Location", "s3://nowhere"),
                ("Warehouse__Kind", "oracle"),
                ("Runs__KeepDays", "3"),
                ("VPlan__NoSetting", "1"),
            }
        )
            start.Environment[name] = value;

        using var process = Process.Start(start)!;
        var outcome = await ExportProcess.EndAsync(process);

        outcome.ShouldBe(ExitCode.Ok).Output.Should().Contain("Total: 3");
    }
}
