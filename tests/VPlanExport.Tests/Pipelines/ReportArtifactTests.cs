using VPlanExport.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace VPlanExport.Tests.Pipelines;

/// <summary>Every scheduled run hands over the report of the night.</summary>
[Trait("Tier", "unit")]
public sealed class ReportArtifactTests
{
    [Theory]
    [InlineData("nightly.yml")]
    [InlineData("weekly-full.yml")]
    public void A_pipeline_keeps_the_report_of_a_night_whether_it_failed_or_not(string file)
    {
        var nodes = Nodes(file);
        var written = nodes.Single(n => n.Children.ContainsKey("command"))["command"].ToString().Split(' ')[^1];

        var kept = nodes.Single(n => n.Children.ContainsKey("publish"));

        $"{kept["publish"]}".Should().Be($"$(Agent.TempDirectory)/{written}");
        $"{kept["condition"]}".Should().Be("succeededOrFailed()");
        $"{nodes.Single(n => n.Children.ContainsKey("bash"))["bash"]}".Should().Contain("##vso[task.uploadsummary]");
    }

    [Theory]
    [InlineData("kubernetes-cronjob.yml")]
    [InlineData("kubernetes-cronjob-weekly.yml")]
    public void A_job_on_Kubernetes_puts_it_beside_the_lake(string file) =>
        Nodes(file)
            .Single(n => n.Children.ContainsKey("args"))["args"]
            .ToString()
            .Should()
            .Contain("Report:Location=$(Lake__Location)/_report");

    private static List<YamlMappingNode> Nodes(string file)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Repository.Read($"pipelines/{file}")));
        return [.. stream.Documents[0].AllNodes.OfType<YamlMappingNode>()];
    }
}
