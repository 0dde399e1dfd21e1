using VPlanExport.Tests.Report;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>The first thing a newcomer runs.</summary>
[Trait("Tier", "scenario")]
public sealed class DemoCommandTests : IDisposable
{
    private readonly CliHost _place = new();

    private string Out => _place.PathOf("demo");

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_demo_exports_twice_asks_three_questions_and_can_be_repeated()
    {
        var first = (await DemoAsync()).ShouldBe(ExitCode.Ok);
        File.WriteAllText(Path.Combine(Out, "notes.txt"), "my own");
        var second = (await DemoAsync("--log-format", "json")).ShouldBe(ExitCode.Ok);

        first
            .Output.Should()
            .ContainAll(
                "First run",
                "Second run",
                "Planned against actual",
                "Hours by week",
                "Open cards by stage",
                "vplan-export status"
            );
        var lines = first.Lines.Select(l => l.TrimEnd()).ToList();
        lines.Count(l => l.StartsWith("Run 2", StringComparison.Ordinal)).Should().Be(4, "each is told twice");
        lines.IndexOf("Planned against actual by activity, minutes").Should().BeLessThan(lines.FindIndex(IsTable));
        MachineOutputTests
            .Events(second.Output)
            .Select(e => e.GetProperty("event").GetString())
            .Where(e => e is "summary" or "answer")
            .Should()
            .Equal("answer", "answer", "answer", "summary", "summary");
        var report = Path.Combine(Out, "report.html");
        first.Output.Should().Contain("Hours waiting for approval");
        first.Lines[^1].Trim().Should().Be(report, "the last thing that is said names the report");
        ReportPage.Of(File.ReadAllText(report)).Verdict.Should().StartWith("Complete as of ");
        first.Output.Should().Contain($"A Power BI project on this lake is in {Path.Combine(Out, "powerbi")}");
        File.ReadAllText(Path.Combine(Out, "powerbi/VPlan.SemanticModel/definition/expressions.tmdl"))
            .Should()
            .Contain($"\"{Path.Combine(Out, "lake")}\"");
        File.Exists(Path.Combine(Out, "notes.txt")).Should().BeTrue("a demo removes only what a demo made");
        Directory.GetDirectories(Path.Combine(Out, "work", "runs")).Should().HaveCount(2);
    }

    [Fact]
    public async Task A_demo_signs_in_by_OAuth_where_that_is_asked()
    {
        var demo = (await DemoAsync("--oauth")).ShouldBe(ExitCode.Ok);

        demo.Output.Should()
            .ContainAll("a made-up person", "vPlan is connected: environment", "First run", "Second run");
        Directory.GetFiles(Path.Combine(Out, "work", "auth")).Should().Contain(f => f.EndsWith(".tokens"));
        ReportPage.Of(File.ReadAllText(Path.Combine(Out, "report.html"))).Verdict.Should().StartWith("Complete as of ");
    }

    [Theory]
    [InlineData("appsettings.json")]
    [InlineData("lake/part.parquet")]
    public async Task A_folder_that_no_demo_made_is_left_alone(string name)
    {
        var file = Path.Combine(Out, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        Directory.CreateDirectory(Path.Combine(Out, "work"));
        File.WriteAllText(file, "mine");

        (await DemoAsync()).ShouldBe(ExitCode.Configuration).Naming(Out, "no demo made");

        File.ReadAllText(file).Should().Be("mine");
    }

    [Fact]
    public async Task A_file_is_no_folder_for_a_demo()
    {
        File.WriteAllText(Out, "mine");

        (await DemoAsync()).ShouldBe(ExitCode.Configuration).Naming(Out, "is a file");
    }

    [Fact]
    public async Task A_demo_takes_settings() =>
        (await DemoAsync("--set", "VPlan:PageSize=0")).ShouldBe(ExitCode.Configuration).Naming("VPlan:PageSize is '0'");

    private static bool IsTable(string line) => line.StartsWith("table ", StringComparison.Ordinal);

    private Task<Outcome> DemoAsync(params string[] more) =>
        _place.InvokeBareAsync(["demo", "--size", "tiny", "--out", Out, .. more]);
}
