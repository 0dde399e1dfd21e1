using System.Text.Json.Nodes;
using VPlanExport.Tests.Storage;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>The folder that relative paths and the settings file start from, wherever a scheduler starts the program.</summary>
[Trait("Tier", "platform")]
public sealed class FolderTests : IDisposable
{
    private readonly TempFolder _elsewhere = new();
    private readonly TempFolder _folder = new();

    public FolderTests() =>
        File.WriteAllText(
            Path.Combine(_folder.Path, "appsettings.json"),
            """{ "VPlan": { "RequestsPerDay": 1234 }, "Runs": { "WorkFolder": "./own" } }"""
        );

    public void Dispose()
    {
        _elsewhere.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Settings_and_relative_paths_start_from_the_folder_that_is_named(bool byOption)
    {
        var status = byOption
            ? await StartAsync("", "status", "--format", "json", "--folder", _folder.Path)
            : await StartAsync(_folder.Path, "status", "--format", "json");

        var json = JsonNode.Parse(status.ShouldBe(ExitCode.Ok).Output)!;
        ((int)json["requestsPerDay"]!).Should().Be(1234);
        ((string)json["places"]!["settingsFile"]!).Should().Be(Path.Combine(_folder.Path, "appsettings.json"));
        ((string)json["places"]!["workFolder"]!).Should().Be(Path.Combine(_folder.Path, "own"));
        ((string)json["places"]!["lake"]!).Should().Be(Path.Combine(_folder.Path, "vplan-data", "lake"));
        Directory.GetFileSystemEntries(_elsewhere.Path).Should().BeEmpty();
    }

    [Fact]
    public async Task Where_there_is_no_settings_file_a_run_says_so_and_its_trace_is_in_the_folder()
    {
        var run = (await StartAsync("", "run")).ShouldBe(ExitCode.Configuration).Naming("VPlan:ApiKey is not set");

        run.Output.Should()
            .Contain($"Settings: no appsettings.json in {_elsewhere.Path}; work folder: {_elsewhere.Path}");
        Directory.GetFiles(Path.Combine(_elsewhere.Path, "vplan-data/work/logs")).Should().ContainSingle();
    }

    [Fact]
    public async Task A_report_needs_no_option_in_the_folder()
    {
        var report = (await StartAsync("", "report", "--folder", _folder.Path)).ShouldBe(ExitCode.Ok);

        var file = Path.Combine(_folder.Path, "report.html");
        report.Output.Should().Contain($"Report: {file}");
        (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Should().Contain("No run yet");
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_told()
    {
        var nowhere = Path.Combine(_folder.Path, "nowhere");

        (await StartAsync(nowhere, "status"))
            .ShouldBe(ExitCode.Configuration)
            .Naming($"VPLAN_EXPORT_FOLDER is '{nowhere}'", "appsettings.json");
        (await StartAsync("", "status", "--folder", nowhere))
            .ShouldBe(ExitCode.Configuration)
            .Naming($"--folder is '{nowhere}'");
    }

    private Task<Outcome> StartAsync(string variable, params string[] words) =>
        ExportProcess.RunAsync(
            _elsewhere.Path,
            new Dictionary<string, string> { ["VPLAN_EXPORT_FOLDER"] = variable },
            words
        );
}
