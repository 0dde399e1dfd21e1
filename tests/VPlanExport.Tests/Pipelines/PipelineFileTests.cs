using System.Globalization;
using System.Text.RegularExpressions;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Pipelines;

/// <summary>The pipelines cannot run here: each is held against the tool, its settings and the templates that it uses.</summary>
[Trait("Tier", "unit")]
public sealed partial class PipelineFileTests
{
    public static TheoryData<string> Files =>
        [
            "azure-pipelines.yml",
            .. Directory
                .EnumerateFiles(Path.Combine(Repository.Root, "pipelines"), "*.yml", SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(Repository.Root, f).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_names_only_commands_options_settings_templates_and_paths_that_are_there(string path) =>
        new PipelineFile(path, ReadOrNull).Problems().Should().BeEmpty();

    [Fact]
    public void Every_template_is_used() =>
        Files
            .SelectMany(f => new PipelineFile(f.Data, ReadOrNull).Templates())
            .Select(t => t.File.Path)
            .Distinct()
            .Should()
            .BeEquivalentTo(Files.Select(f => f.Data).Where(f => f.Contains("/steps/", StringComparison.Ordinal)));

    [Fact]
    public void Whoever_passes_the_key_passes_the_one_to_go_on_with() =>
        Files
            .Select(f => (File: f.Data, Text: Repository.Read(f.Data)))
            .Where(f => Regex.IsMatch(f.Text, @"VPlan__ApiKey\b"))
            .Should()
            .HaveCount(5)
            .And.OnlyContain(f =>
                f.Text.Contains("VPlan__ApiKeyNext", StringComparison.Ordinal)
                && f.Text.Contains("vplan-api-key-next", StringComparison.Ordinal)
            );

    [Fact]
    public void Whoever_passes_the_secret_of_the_app_passes_the_key_of_the_tokens() =>
        Files
            .Select(f => Repository.Read(f.Data))
            .Where(text => text.Contains("VPlan__OAuth__ClientSecret", StringComparison.Ordinal))
            .Should()
            .HaveCount(4)
            .And.OnlyContain(text =>
                text.Contains("VPlan__OAuth__TokenKey", StringComparison.Ordinal)
                && text.Contains("vplan-oauth-token-key", StringComparison.Ordinal)
            );

    [Theory]
    [InlineData("nightly.yml", "weekly-full.yml", "command: run --full")]
    [InlineData("kubernetes-cronjob.yml", "kubernetes-cronjob-weekly.yml", "args: [run, --full,")]
    [InlineData("container-apps-job.yml", "container-apps-job-weekly.yml", "args: [run, --full,")]
    public void Every_schedule_of_the_nightly_has_a_weekly_full_read(string nightly, string weekly, string call)
    {
        Files
            .Select(f => Path.GetFileName(f.Data))
            .Where(IsScheduled)
            .Should()
            .BeEquivalentTo(
                [
                    "nightly.yml",
                    "weekly-full.yml",
                    "kubernetes-cronjob.yml",
                    "kubernetes-cronjob-weekly.yml",
                    "container-apps-job.yml",
                    "container-apps-job-weekly.yml",
                ],
                "another schedule needs its line above"
            );
        Repository.Read($"pipelines/{weekly}").Should().Contain(call).And.MatchRegex(Weekly().ToString());
        Repository.Read($"pipelines/{nightly}").Should().NotContain("--full").And.NotMatchRegex(Weekly().ToString());
    }

    private static bool IsScheduled(string file) =>
        File.Exists(Path.Combine(Repository.Root, "pipelines", file))
        && Regex.IsMatch(Repository.Read($"pipelines/{file}"), "(cron|schedule|cronExpression): '");

    [Theory]
    [InlineData("- bash: vplan-export run --ful", "'--ful'")]
    [InlineData("- bash: vplan-export runn", "'runn'")]
    [InlineData(
        "- script: cd x && A=1 vplan-export run --summary x | tee log || vplan-export load --onl lake",
        "'--onl'"
    )]
    [InlineData("- bash: |\n    set -e\n    vplan-export backfill \\\n      --from \"$FROM\"", "--to")]
    [InlineData(
        "- bash: vplan-export backfill --from \"$(from)\" --to 1 ${E:+--entities \"$E\"} # from",
        "'--entities'"
    )]
    [InlineData("- bash: vplan-export backfill --from 1 --to 1 --entity card --dryrun", "'--dryrun'")]
    [InlineData("- bash: vplan-export run --set VPlan:PageSise=10", "VPlan:PageSise")]
    [InlineData("- bash: docker run --rm vplan-export:1 statuss", "'statuss'")]
    [InlineData("- bash: dotnet pack src/VPlanExprt", "src/VPlanExprt is not there")]
    [InlineData("- bash: vplan-export run\n  env:\n    VPlan__ApiKy: x", "VPlan__ApiKy is no setting")]
    [InlineData(
        "- bash: vplan-export run\n  env:\n    VPlan__OAuth__ClientSecrt: x",
        "VPlan__OAuth__ClientSecrt is no setting"
    )]
    [InlineData("- image: vplan-export\n  args: [run, --log-format, xml]", "'xml'")]
    [InlineData("- bash: echo $(secret)", "$(secret) is a variable that nothing sets")]
    [InlineData("- bash: echo ${{ parameters.day }}", "parameters.day is not declared")]
    [InlineData("- template: stepps/run.yml", "pipelines/stepps/run.yml is not there")]
    [InlineData(
        "- template: steps/run.yml\n  parameters: { name: x, command: run, comand: run }",
        "has no parameter comand"
    )]
    [InlineData("- template: steps/run.yml\n  parameters: { command: run }", "needs parameter name")]
    [InlineData("- template: steps/run.yml\n  parameters: { name: x, command: run --fast }", "'--fast'")]
    [InlineData("- bash: x\n  bash: y", "is no YAML")]
    public void What_is_wrong_in_a_pipeline_is_found(string steps, string problem)
    {
        var file = new PipelineFile(
            "pipelines/wrong.yml",
            path => path == "pipelines/wrong.yml" ? $"steps:\n{steps}" : ReadOrNull(path)
        );

        file.Problems().Should().Contain(p => p.Contains(problem, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_time_in_UTC_is_told_in_Amsterdams_time(string path)
    {
        foreach (Match cron in Cron().Matches(Repository.Read(path)))
            cron.Groups["comment"]
                .Value.Should()
                .Contain($"{Amsterdam(cron, month: 1)} in winter and {Amsterdam(cron, month: 7)} in summer");
    }

    private static string? ReadOrNull(string path) =>
        File.Exists(Path.Combine(Repository.Root, path)) ? Repository.Read(path) : null;

    private static string Amsterdam(Match cron, int month)
    {
        var utc = new DateTime(
            2026,
            month,
            15,
            int.Parse(cron.Groups["hour"].Value, CultureInfo.InvariantCulture),
            int.Parse(cron.Groups["minute"].Value, CultureInfo.InvariantCulture),
            0,
            DateTimeKind.Utc
        );
        return TimeZoneInfo
            .ConvertTimeFromUtc(utc, TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam"))
            .ToString("HH:mm", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"'\d+ \d+ \* \* 0'")]
    private static partial Regex Weekly();

    [GeneratedRegex(@"(?<comment># .*)\n\s*(- )?cron(Expression)?: '(?<minute>\d+) (?<hour>\d+) ")]
    private static partial Regex Cron();
}
