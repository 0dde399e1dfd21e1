using System.Globalization;
using System.Text.Json.Nodes;

namespace VPlanExport.PowerBi;

/// <summary>The files of the report (PBIR), in the oldest versions of the schemas that Power BI Desktop of August 2025
/// and later reads.</summary>
internal sealed class ReportFiles(ModelNames names)
{
    public const string Theme = "VPlan.json";

    private const string Schemas = "https://developer.microsoft.com/json-schemas/fabric/item/report/definition/";

    /// <summary>Okabe-Ito: told apart by readers with any colour vision.</summary>
    private static readonly string[] Palette = ["#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7"];

    /// <summary>By path below the report's folder.</summary>
    public IReadOnlyDictionary<string, string> Files()
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["definition/version.json"] = Json.Text(
                new JsonObject { ["$schema"] = $"{Schemas}versionMetadata/1.0.0/schema.json", ["version"] = "2.0.0" }
            ),
            ["definition/report.json"] = Json.Text(Report()),
            ["definition/pages/pages.json"] = Json.Text(
                new JsonObject
                {
                    ["$schema"] = $"{Schemas}pagesMetadata/1.0.0/schema.json",
                    ["pageOrder"] = new JsonArray([.. ReportPages.All.Select(p => (JsonNode)p.Name)]),
                    ["activePageName"] = ReportPages.All[0].Name,
                }
            ),
            [$"StaticResources/RegisteredResources/{Theme}"] = Json.Text(ThemeFile()),
        };
        foreach (var page in ReportPages.All)
        {
            files[$"definition/pages/{page.Name}/page.json"] = Json.Text(Page(page));
            foreach (
                var (visual, place) in page
                    .Visuals.OrderBy(v => v.Box.Y)
                    .ThenBy(v => v.Box.X)
                    .Select((v, i) => (v, (i + 1) * 1000))
            )
                files[$"definition/pages/{page.Name}/visuals/{visual.Name}/visual.json"] = Json.Text(
                    new VisualJson(names, visual).Container(place)
                );
        }
        return files;
    }

    private static JsonObject Report() =>
        new()
        {
            ["$schema"] = $"{Schemas}report/3.0.0/schema.json",
            ["themeCollection"] = new JsonObject
            {
                ["customTheme"] = new JsonObject
                {
                    ["name"] = Theme,
                    ["reportVersionAtImport"] = new JsonObject
                    {
                        ["visual"] = "2.5.0",
                        ["report"] = "3.0.0",
                        ["page"] = "2.0.0",
                    },
                    ["type"] = "RegisteredResources",
                },
            },
            ["resourcePackages"] = new JsonArray(
                new JsonObject
                {
                    ["name"] = "RegisteredResources",
                    ["type"] = "RegisteredResources",
                    ["items"] = new JsonArray(
                        new JsonObject
                        {
                            ["name"] = Theme,
                            ["path"] = Theme,
                            ["type"] = "CustomTheme",
                        }
                    ),
                }
            ),
        };

    private static JsonObject ThemeFile() =>
        new()
        {
            ["name"] = Theme,
            ["dataColors"] = new JsonArray([.. Palette.Select(c => (JsonNode)c)]),
            ["background"] = "#FFFFFF",
            ["foreground"] = "#1F2328",
            ["tableAccent"] = Palette[0],
            ["good"] = Palette[2],
            ["neutral"] = Palette[1],
            ["bad"] = Palette[3],
        };

    private JsonObject Page(ReportPage page)
    {
        var json = new JsonObject
        {
            ["$schema"] = $"{Schemas}page/2.0.0/schema.json",
            ["name"] = page.Name,
            ["displayName"] = page.Title.In(names),
            ["displayOption"] = "FitToPage",
            ["height"] = ReportPage.Height,
            ["width"] = ReportPage.Width,
        };
        if (page.DrillsBy.Count == 0)
            return json;
        json["filterConfig"] = new JsonObject
        {
            ["filters"] = new JsonArray([.. page.DrillsBy.Select((f, i) => (JsonNode)Filter(page, f, i))]),
        };
        json["pageBinding"] = new JsonObject
        {
            ["name"] = $"{page.Name}_drillthrough",
            ["type"] = "Drillthrough",
            ["parameters"] = new JsonArray([
                .. page.DrillsBy.Select(
                    (f, i) =>
                        (JsonNode)
                            new JsonObject
                            {
                                ["name"] = $"{page.Name}_parameter_{Number(i)}",
                                ["boundFilter"] = FilterName(page, i),
                                ["fieldExpr"] = VisualJson.Field(names, f),
                            }
                ),
            ]),
        };
        json["type"] = "Drillthrough";
        json["visibility"] = "HiddenInViewMode";
        return json;
    }

    private JsonObject Filter(ReportPage page, VisualField field, int place) =>
        new()
        {
            ["name"] = FilterName(page, place),
            ["field"] = VisualJson.Field(names, field),
            ["type"] = "Categorical",
            ["howCreated"] = "Drillthrough",
        };

    private static string FilterName(ReportPage page, int place) => $"{page.Name}_filter_{Number(place)}";

    private static string Number(int place) => place.ToString(CultureInfo.InvariantCulture);
}
