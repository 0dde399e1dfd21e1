using System.Text.Json.Nodes;

namespace VPlanExport.PowerBi;

/// <summary>A Power BI project (PBIP): a semantic model that is useful alone, and a report on it. The same bytes for
/// the same catalog and parameters.</summary>
internal sealed class PowerBiProject(ModelNames names, ModelSource source)
{
    /// <summary>Lists what was generated, so that a later generation removes what is no longer.</summary>
    public const string FileList = ".vplan-export";

    private const string Name = "VPlan";
    private const string Schemas = "https://developer.microsoft.com/json-schemas/fabric/";

    /// <summary>Text of every file, by path below the project's folder.</summary>
    public IReadOnlyDictionary<string, string> Files()
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [$"{Name}.pbip"] = Json.Text(
                new JsonObject
                {
                    ["$schema"] = $"{Schemas}pbip/pbipProperties/1.0.0/schema.json",
                    ["version"] = "1.0",
                    ["artifacts"] = new JsonArray(
                        new JsonObject { ["report"] = new JsonObject { ["path"] = $"{Name}.Report" } }
                    ),
                    ["settings"] = new JsonObject { ["enableAutoRecovery"] = true },
                }
            ),
            [".gitignore"] = "**/.pbi/localSettings.json\n**/.pbi/cache.abf\n",
            [$"{Name}.SemanticModel/.platform"] = Platform("SemanticModel"),
            [$"{Name}.SemanticModel/definition.pbism"] = Json.Text(
                new JsonObject
                {
                    ["$schema"] = $"{Schemas}item/semanticModel/definitionProperties/1.0.0/schema.json",
                    ["version"] = "4.2",
                    ["settings"] = new JsonObject(),
                }
            ),
            [$"{Name}.Report/.platform"] = Platform("Report"),
            [$"{Name}.Report/definition.pbir"] = Json.Text(
                new JsonObject
                {
                    ["$schema"] = $"{Schemas}item/report/definitionProperties/2.0.0/schema.json",
                    ["version"] = "4.0",
                    ["datasetReference"] = new JsonObject
                    {
                        ["byPath"] = new JsonObject { ["path"] = $"../{Name}.SemanticModel" },
                    },
                }
            ),
        };
        foreach (var (path, text) in new SemanticModel(names, source).Files())
            files[$"{Name}.SemanticModel/definition/{path}"] = text;
        foreach (var (path, text) in new ReportFiles(names).Files())
            files[$"{Name}.Report/{path}"] = text;
        files[FileList] = string.Concat(files.Keys.Select(path => $"{path}\n"));
        return files;
    }

    private static string Platform(string type) =>
        Json.Text(
            new JsonObject
            {
                ["$schema"] = $"{Schemas}gitIntegration/platformProperties/2.0.0/schema.json",
                ["metadata"] = new JsonObject { ["type"] = type, ["displayName"] = Name },
                ["config"] = new JsonObject { ["version"] = "2.0", ["logicalId"] = StableGuid.Of($"item/{type}") },
            }
        );
}
