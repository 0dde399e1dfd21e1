using System.Text.Json;
using System.Text.RegularExpressions;
using VPlanExport.Commands.Output;
using VPlanExport.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace VPlanExport.Tests.Pipelines;

/// <summary>The image is built by the CI pipeline; here its instructions are held against the repository, and the manifests against the image.</summary>
[Trait("Tier", "platform")]
public sealed partial class ContainerTests
{
    private static readonly IReadOnlyList<IReadOnlyList<Instruction>> s_stages = Dockerfile.Stages(
        Repository.Read("pipelines/Dockerfile")
    );

    private static IReadOnlyList<Instruction> Final => s_stages[^1];

    private static IEnumerable<string> Copied =>
        s_stages[0].Where(i => i.Name == "COPY").SelectMany(i => i.Words[..^1]);

    [Fact]
    public void What_is_copied_is_in_the_repository() =>
        Copied.Where(path => !Path.Exists(Path.Combine(Repository.Root, path))).Should().BeEmpty();

    [Fact]
    public void What_the_projects_need_is_copied()
    {
        var projects = Directory
            .GetFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(File.ReadAllText);
        var shared = Directory.GetFiles(Repository.Root, "Directory.*.props");
        var needed = projects
            .SelectMany(p => Outside().Matches(p))
            .Concat(shared.SelectMany(s => BesideProps().Matches(File.ReadAllText(s))))
            .Select(m => m.Groups[1].Value)
            .Concat(shared.Select(Path.GetFileName))
            .Append("global.json")
            .ToList();

        needed.Should().Contain("BannedSymbols.txt").And.Contain(n => n!.StartsWith("sql/", StringComparison.Ordinal));
        needed
            .Where(n => !Copied.Any(c => n == c || (c.EndsWith('/') && n!.StartsWith(c, StringComparison.Ordinal))))
            .Should()
            .BeEmpty();
    }

    [Fact]
    public void The_published_project_is_what_the_final_stage_starts()
    {
        var publish = s_stages[0].Single(i => i.Name == "RUN").Words;
        var project = Directory.GetFiles(Path.Combine(Repository.Root, publish[2]), "*.csproj").Single();
        var output = publish[Array.IndexOf(publish, "--output") + 1];

        publish[..2].Should().Equal("dotnet", "publish");
        Final.Single(i => i.Name == "COPY").Words.Should().Equal("--from=build", output, output);
        List("ENTRYPOINT")
            .Should()
            .Equal($"{output}/{AssemblyName().Match(File.ReadAllText(project)).Groups[1].Value}");
        ToolCommand.Problems(List("CMD")).Should().BeEmpty();
    }

    [Fact]
    public void The_final_image_has_the_frameworks_that_the_tool_asks_for()
    {
        using var runtime = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vplan-export.runtimeconfig.json"))
        );
        var framework = runtime
            .RootElement.GetProperty("runtimeOptions")
            .GetProperty("frameworks")
            .EnumerateArray()
            .Single(f => f.GetProperty("name").GetString() == "Microsoft.AspNetCore.App");

        Final[0]
            .Rest.Should()
            .Be($"mcr.microsoft.com/dotnet/aspnet:{framework.GetProperty("version").GetString()![..^2]}");
    }

    [Fact]
    public void The_final_stage_ends_as_a_user_that_is_not_root() =>
        Final
            .Last(i => i.Name == "USER")
            .Rest.Should()
            .Be("$APP_UID", "it is the user that the images of .NET make, 1654");

    [Fact]
    public void The_settings_in_it_are_known() =>
        PipelineFile
            .SettingProblems(Repository.Read("pipelines/Dockerfile") + Repository.Read("pipelines/README.md"))
            .Should()
            .BeEmpty();

    [Fact]
    public void The_pod_writes_only_to_the_volumes_of_the_image_and_is_not_root()
    {
        var mounts = ((YamlSequenceNode)Container["volumeMounts"]).Select(m => $"{m["mountPath"]}");

        mounts.Should().Equal(List("VOLUME"));
        $"{Container["securityContext"]["readOnlyRootFilesystem"]} {Container["securityContext"]["allowPrivilegeEscalation"]} {Pod["securityContext"]["runAsNonRoot"]}"
            .Should()
            .Be("true false true");
    }

    [Fact]
    public void The_pod_is_tried_again_only_when_vPlan_was_down_or_it_was_stopped()
    {
        var rule = ((YamlSequenceNode)Job["podFailurePolicy"]["rules"]).Single(r => $"{r["action"]}" == "FailJob");

        ((YamlSequenceNode)rule["onExitCodes"]["values"])
            .Select(v => $"{v}")
            .Should()
            .Equal(
                ExitCodeAdvice
                    .All.Select(a => a.Code)
                    .Except([ExitCode.Ok, ExitCode.SourceUnavailable, Failure.Stopped])
                    .Select(c => $"{(int)c}")
            );
        $"{Pod["restartPolicy"]}".Should().Be("Never", "else the policy does not hold");
    }

    private static YamlNode Job
    {
        get
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(Repository.Read("pipelines/kubernetes-cronjob.yml")));
            return yaml.Documents.Single().RootNode["spec"]["jobTemplate"]["spec"];
        }
    }

    private static YamlNode Pod => Job["template"]["spec"];

    private static YamlNode Container => ((YamlSequenceNode)Pod["containers"]).Single();

    private static string[] List(string instruction) =>
        JsonSerializer.Deserialize<string[]>(Final.Single(i => i.Name == instruction).Rest)!;

    [GeneratedRegex(@"Include=""\.\./\.\./([^""]+)""")]
    private static partial Regex Outside();

    [GeneratedRegex(@"\$\(MSBuildThisFileDirectory\)([\w./]+)")]
    private static partial Regex BesideProps();

    [GeneratedRegex("<AssemblyName>(.*)</AssemblyName>")]
    private static partial Regex AssemblyName();
}
