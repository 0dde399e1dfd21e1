using System.Diagnostics;
using VPlanExport.Commands.Output;
using VPlanExport.Tests.Storage;
using VPlanExport.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace VPlanExport.Tests.Pipelines;

/// <summary>The script of steps/run.yml, run by bash around a stand-in for the tool that writes down its words and ends with a code.</summary>
[Trait("Tier", "platform")]
public sealed class RunStepTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<ExitCode> Codes => [.. Enum.GetValues<ExitCode>()];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Codes))]
    public void What_mends_itself_is_a_warning_and_everything_else_keeps_its_exit_code(ExitCode code)
    {
        var (exit, output) = Run("run", code);

        exit.Should().Be(new Failure(code, "").IsPassing ? 0 : (int)code);
        output
            .Contains("##vso[task.complete result=SucceededWithIssues]", StringComparison.Ordinal)
            .Should()
            .Be(new Failure(code, "").IsPassing);
        File.ReadAllText(Path.Combine(_folder.Path, "kept", "some.log"))
            .Should()
            .StartWith("run\n--log-format\nazure\n--summary\nkept/some.md\n");
    }

    [Theory]
    [InlineData("card,board; touch x", "--entity\ncard,board; touch x\n")]
    [InlineData(null, "")]
    public void What_an_analyst_types_is_one_word_of_the_command(string? entities, string words)
    {
        var backfill = Yaml("pipelines/backfill.yml")
            .AllNodes.OfType<YamlScalarNode>()
            .Select(n => n.Value!)
            .Single(v =>
                v.StartsWith("backfill --from", StringComparison.Ordinal)
                && v.Contains("--plan", StringComparison.Ordinal)
            );

        var (_, output) = Run(
            backfill,
            ExitCode.Ok,
            ("FROM", "$(touch x)"),
            ("TO", "2026-10-31"),
            ("ENTITIES", entities)
        );

        output
            .Should()
            .StartWith(
                $"backfill\n--from\n$(touch x)\n--to\n2026-10-31\n{words}--plan\nplan.json\n--rows\nrows.csv\n--wait\n--log-format\n"
            );
        File.Exists(Path.Combine(_folder.Path, "x")).Should().BeFalse();
    }

    [Fact]
    public void What_was_approved_is_applied_and_nothing_else()
    {
        var nodes = Yaml("pipelines/backfill.yml").AllNodes.OfType<YamlMappingNode>().ToList();
        var steps = nodes
            .Where(n => n.Children.ContainsKey("publish") || n.Children.ContainsKey("download"))
            .Select(n =>
                $"{n.Children.First().Key} {n.Children.First().Value} {(n.Children.TryGetValue("artifact", out var artifact) ? artifact : "")}"
            );
        var commands = nodes.Where(n => n.Children.ContainsKey("command")).Select(n => $"{n["command"]}").ToList();

        steps
            .Should()
            .Equal("publish $(Agent.TempDirectory)/plan.json plan", "download none ", "download current plan");
        commands.Should().HaveCount(2).And.EndWith("backfill --apply \"$(Pipeline.Workspace)/plan/plan.json\" --wait");
    }

    [Theory]
    [InlineData("none", "137", "0")]
    [InlineData("none", "2", "2")]
    [InlineData("https://example.com/?code=$(touch x)&state=s", "0", "0")]
    [InlineData("https://example.com/?code=c&state=s", "2", "2")]
    public void A_connection_shows_its_address_first_and_then_takes_the_one_that_was_typed(
        string redirected,
        string code,
        string exit
    )
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The agents of the pipelines run Linux.");
        var script = Yaml("pipelines/connect.yml")
            .AllNodes.OfType<YamlMappingNode>()
            .Single(n => n.Children.ContainsKey("bash"))["bash"]
            .ToString();
        var tool =
            $"vplan-export() {{ cat redirected.txt 2>/dev/null; printf '%s\n' \"$@\"; return {code}; }}\ntimeout() {{ shift 2; \"$@\"; }}\n";

        var (ended, output) = Bash(tool + script, ("REDIRECTED", redirected));

        $"{ended}".Should().Be(exit);
        output
            .Should()
            .Be(
                $"{(redirected == "none" ? "" : redirected)}connect\n--redirected-file\nredirected.txt\n--log-format\nazure\n"
            );
        File.Exists(Path.Combine(_folder.Path, "x")).Should().BeFalse();
    }

    private (int Exit, string Output) Run(
        string command,
        ExitCode code,
        params (string Name, string? Value)[] environment
    )
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The agents of the pipelines run Linux.");
        var script = Yaml("pipelines/steps/run.yml")
            .AllNodes.OfType<YamlMappingNode>()
            .Single(n => n.Children.ContainsKey("bash"))["bash"]
            .ToString()
            .Replace("${{ parameters.command }}", command, StringComparison.Ordinal)
            .Replace("${{ parameters.name }}", "some", StringComparison.Ordinal);
        var tool = $"vplan-export() {{ printf '%s\\n' \"$@\"; return {(int)code}; }}\n";
        return Bash(tool + script, environment);
    }

    private (int Exit, string Output) Bash(string script, params (string Name, string? Value)[] environment)
    {
        var start = new ProcessStartInfo("bash", ["--noprofile", "--norc", "-c", script])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    private static YamlNode Yaml(string path)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Repository.Read(path)));
        return yaml.Documents.Single().RootNode;
    }
}
