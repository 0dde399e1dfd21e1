using System.Text.Json.Nodes;
using Json.Schema;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.PowerBi;

/// <summary>Every JSON file of a project against Microsoft's schema of it.</summary>
[Trait("Tier", "unit")]
public sealed class ReportSchemaTests
{
    private const string Address = "https://developer.microsoft.com/json-schemas/";
    private static readonly string s_folder = Path.Combine(Repository.Root, "tests", "powerbi", "schemas");
    private static readonly Dictionary<string, JsonSchema> s_schemas = Registered();

    public static TheoryData<string> Projects => [.. Project.Kinds];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_file_is_what_its_schema_says(string kind)
    {
        var checkedFiles = Project.Files(kind).Where(f => IsJson(f.Key)).ToList();

        checkedFiles.Should().HaveCountGreaterThan(70);
        checkedFiles.SelectMany(f => Wrong(f.Key, f.Value)).Should().BeEmpty();
    }

    [Theory]
    [InlineData(
        "VPlan.Report/definition/pages/trust/visuals/freshness/visual.json",
        "\"visualType\"",
        "\"visualKind\""
    )]
    [InlineData(
        "VPlan.Report/definition/pages/trust/visuals/freshness/visual.json",
        "\"nativeQueryRef\": \"Table name\"",
        "\"nativeQueryReference\": 1"
    )]
    [InlineData("VPlan.Report/definition/pages/trust/page.json", "\"FitToPage\"", "\"FitToWall\"")]
    [InlineData("VPlan.Report/definition/pages/cards/page.json", "\"Categorical\"", "\"Numeric\"")]
    [InlineData("VPlan.Report/definition/report.json", "\"themeCollection\"", "\"themes\"")]
    [InlineData("VPlan.Report/definition.pbir", "\"byPath\"", "\"byName\"")]
    [InlineData("VPlan.SemanticModel/.platform", "\"logicalId\"", "\"id\"")]
    [InlineData("VPlan.pbip", "\"artifacts\"", "\"items\"")]
    public void A_broken_copy_is_noticed(string path, string from, string to)
    {
        var text = Project.Files("lake")[path];
        text.Should().Contain(from);

        Wrong(path, text.Replace(from, to, StringComparison.Ordinal)).Should().NotBeEmpty();
    }

    private static bool IsJson(string path) =>
        Path.GetExtension(path) is ".json" or ".pbir" or ".pbism" or ".pbip" or ".platform"
        && !path.Contains("StaticResources", StringComparison.Ordinal);

    private static IEnumerable<string> Wrong(string path, string text)
    {
        var json = JsonNode.Parse(text)!;
        var result = s_schemas[(string)json["$schema"]!]
            .Evaluate(json, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return result.IsValid
            ? []
            : result
                .Details.Where(d => d.HasErrors)
                .SelectMany(d => d.Errors!.Select(e => $"{path} {d.InstanceLocation}: {e.Value}"))
                .DefaultIfEmpty(path);
    }

    /// <summary>Registered under their addresses, so that nothing is fetched.</summary>
    private static Dictionary<string, JsonSchema> Registered()
    {
        var schemas = new Dictionary<string, JsonSchema>();
        foreach (var file in Directory.EnumerateFiles(s_folder, "*.json", SearchOption.AllDirectories))
        {
            var address = Address + Path.GetRelativePath(s_folder, file).Replace('\\', '/');
            var schema = JsonSchema.FromText(
                File.ReadAllText(file).Replace("schema.embedded.json", "schema-embedded.json", StringComparison.Ordinal)
            );
            SchemaRegistry.Global.Register(new Uri(address), schema);
            schemas[address] = schema;
        }
        return schemas;
    }
}
