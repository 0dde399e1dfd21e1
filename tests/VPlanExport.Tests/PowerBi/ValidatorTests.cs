using System.Diagnostics;
using System.Text.Json.Nodes;
using VPlanExport.PowerBi;
using VPlanExport.Tests.Storage;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.PowerBi;

/// <summary>Microsoft's own report validator and its parser of M, which npm brings.</summary>
[Trait("Tier", "platform")]
public sealed class ValidatorTests
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "tests", "powerbi");

    [Fact]
    public async Task Both_find_nothing_in_a_project_and_the_faults_of_a_broken_copy()
    {
        Assert.SkipUnless(
            Directory.Exists(Path.Combine(s_folder, "node_modules", "@microsoft")),
            "Microsoft's validators are not there: npm install --prefix tests/powerbi --ignore-scripts"
        );
        using var folder = new TempFolder();
        foreach (var kind in Project.Kinds)
            ProjectFolder.Write(Path.Combine(folder.Path, kind), Project.Files(kind));
        var broken = Path.Combine(folder.Path, "broken");
        ProjectFolder.Write(broken, Project.Files("lake"));
        Change(
            broken,
            "VPlan.Report/definition/pages/overview/visuals/hours_by_week/visual.json",
            "\"Category\"",
            "\"Categories\""
        );
        Change(broken, "VPlan.SemanticModel/definition/tables/Board.tmdl", "\t\t\t\tlet\n", "\t\t\t\tlet let\n");
        Change(broken, "VPlan.SemanticModel/definition/expressions.tmdl", "\"C:\\lake\"", "\"C:\\lake");

        var found = await ValidateAsync([.. Project.Kinds.Select(kind => Path.Combine(folder.Path, kind)), broken]);

        found.Should().HaveCount(Project.Kinds.Count() + 1);
        foreach (var project in found.SkipLast(1))
        {
            project["diagnostics"]!.AsObject().Should().BeEmpty();
            project["wrong"]!.AsArray().Should().BeEmpty();
            ((int)project["parsed"]!).Should().BeGreaterThan(ModelNames.All.Count);
        }
        found[^1]["diagnostics"]!.ToJsonString().Should().Contain("hours_by_week");
        found[^1]["wrong"]!.AsArray().Should().HaveCount(2);
    }

    private static void Change(string folder, string path, string from, string to)
    {
        var file = Path.Combine(folder, path);
        File.ReadAllText(file).Should().Contain(from);
        File.WriteAllText(file, File.ReadAllText(file).Replace(from, to, StringComparison.Ordinal));
    }

    private static async Task<List<JsonNode>> ValidateAsync(IReadOnlyList<string> folders)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(s_folder, "validate.mjs"), .. folders])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var node = Process.Start(start)!;
        var errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        node.ExitCode.Should().Be(0, await errors);
        return [.. JsonNode.Parse(output)!.AsArray().Select(n => n!)];
    }
}
