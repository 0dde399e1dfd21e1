using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using VPlanExport.PowerBi;

namespace VPlanExport.Tests.PowerBi;

/// <summary>The pages of the report: every field is of the model, nothing overlaps, and everyone can read them.</summary>
[Trait("Tier", "unit")]
public sealed class ReportTests
{
    private const string Pages = "VPlan.Report/definition/pages/";

    public static TheoryData<string> Projects => [.. Project.Kinds];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Every_field_of_every_visual_is_in_the_model(string kind) =>
        Missing(Project.Files(kind), Project.NamesOf(kind)).Should().BeEmpty();

    [Fact]
    public void A_field_that_the_model_lacks_is_noticed()
    {
        var files = Project.Files("lake").ToDictionary();
        var path = $"{Pages}delivery/visuals/late_orders/visual.json";
        files[path] = files[path].Replace("\"Promised date\"", "\"Promised day\"", StringComparison.Ordinal);

        Missing(files, ModelNames.English).Should().Equal($"{path}: Order.Promised day");
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Nothing_overlaps_or_leaves_its_page_and_a_picture_shows_it(string kind)
    {
        foreach (var page in Read(Project.Files(kind)).GroupBy(v => v.Page))
        {
            Draw(kind, page.Key, [.. page]);
            Misplaced([.. page]).Should().BeEmpty($"the picture of {page.Key} shows it");
        }
    }

    [Theory]
    [InlineData("\"x\": 20", "\"x\": 700", "late_collections overlaps overdue_cards")]
    [InlineData("\"x\": 20", "\"x\": -1", "late_collections leaves the page")]
    public void A_visual_at_a_wrong_place_is_noticed(string from, string to, string what)
    {
        var files = Project.Files("lake").ToDictionary();
        var path = $"{Pages}delivery/visuals/late_collections/visual.json";
        files[path] = files[path].Replace(from, to, StringComparison.Ordinal);

        Misplaced([.. Read(files).Where(v => v.Page == "delivery")]).Should().Contain(what);
    }

    [Fact]
    public void Every_visual_has_a_title_an_alternative_text_and_its_place_in_the_order_of_the_keyboard()
    {
        foreach (var page in Read(Project.Files("lake")).GroupBy(v => v.Page))
        {
            page.Select(v => v.TabOrder).Should().OnlyHaveUniqueItems(page.Key);
            page.OrderBy(v => v.TabOrder).Select(v => v.Y).Should().BeInAscendingOrder(page.Key);
            page.Should()
                .AllSatisfy(v =>
                    new[] { v.Title, v.Alternative }
                        .Should()
                        .AllSatisfy(text => text.Should().NotBeNullOrWhiteSpace(v.Name))
                );
        }
    }

    [Fact]
    public void The_pages_are_those_of_a_planners_day_with_slicers_and_the_way_to_the_cards()
    {
        var files = Project.Files("lake");
        var order = JsonNode.Parse(files[$"{Pages}pages.json"])!["pageOrder"]!
            .AsArray()
            .Select(p => (string)p!)
            .ToList();

        order
            .Should()
            .Equal(
                "overview",
                "planning_and_capacity",
                "planned_against_actual",
                "delivery",
                "plan_changes",
                "trust",
                "cards"
            );
        order
            .Take(5)
            .Should()
            .AllSatisfy(p =>
                Read(files)
                    .Where(v => v.Page == p && v.Type == "slicer")
                    .Select(v => v.Name)
                    .Should()
                    .BeEquivalentTo("slicer_date", "slicer_board", "slicer_team")
            );
        Read(files).Count(v => v.Page == "overview" && v.Type == "cardVisual").Should().Be(8);
        var cards = JsonNode.Parse(files[$"{Pages}cards/page.json"])!;
        ((string)cards["type"]!).Should().Be("Drillthrough");
        cards["pageBinding"]!["parameters"]!
            .AsArray()
            .Select(p => (string)p!["boundFilter"]!)
            .Should()
            .Equal(cards["filterConfig"]!["filters"]!.AsArray().Select(f => (string)f!["name"]!));
    }

    [Fact]
    public void The_Dutch_report_speaks_Dutch()
    {
        var files = Project.Files("incremental-nl");

        ((string)JsonNode.Parse(files[$"{Pages}overview/page.json"])!["displayName"]!).Should().Be("Overzicht");
        Read(files).Single(v => v is { Page: "delivery", Name: "late" }).Title.Should().Be("'Te laat'");
    }

    [Fact]
    public void Names_of_filters_are_told_apart_in_the_whole_report()
    {
        var names = Project
            .Files("lake")
            .Where(f => f.Key.StartsWith(Pages, StringComparison.Ordinal))
            .SelectMany(f =>
                JsonNode.Parse(f.Value)!["filterConfig"]?["filters"]?.AsArray().Select(x => (string)x!["name"]!) ?? []
            );

        names.Should().NotBeEmpty().And.OnlyHaveUniqueItems();
    }

    private static List<string> Missing(IReadOnlyDictionary<string, string> files, ModelNames names)
    {
        var model = new ProjectModel(files, names);
        return
        [
            .. from file in files
            where file.Key.StartsWith(Pages, StringComparison.Ordinal)
            from field in Fields(JsonNode.Parse(file.Value)!, "")
            where model.Table(field.Entity)?.Children.Any(c => c.Type == field.Kind && c.Name == field.Property) != true
            select $"{file.Key}: {field.Entity}.{field.Property}",
        ];
    }

    /// <summary>Columns and measures, with the table that they or their query name.</summary>
    private static IEnumerable<(string Kind, string Entity, string Property)> Fields(JsonNode node, string entity)
    {
        entity = (string?)(node as JsonObject)?["From"]?[0]?["Entity"] ?? entity;
        foreach (
            var (key, value) in node is JsonObject o ? o.Select(p => (p.Key, p.Value))
            : node is JsonArray a ? a.Select(v => ("", v))
            : []
        )
        {
            if (key is "Column" or "Measure" && value?["Property"] is { } property)
                yield return (
                    key.ToLowerInvariant(),
                    (string?)value["Expression"]!["SourceRef"]!["Entity"] ?? entity,
                    (string)property!
                );
            else if (value is not null)
            {
                foreach (var field in Fields(value, entity))
                    yield return field;
            }
        }
    }

    private static IEnumerable<string> Misplaced(IReadOnlyList<Placed> page) =>
        [
            .. page.Where(v =>
                    v.X < 0 || v.Y < 0 || v.X + v.Width > ReportPage.Width || v.Y + v.Height > ReportPage.Height
                )
                .Select(v => $"{v.Name} leaves the page"),
            .. from a in page
            from b in page
            where
                string.CompareOrdinal(a.Name, b.Name) < 0
                && a.X < b.X + b.Width
                && b.X < a.X + a.Width
                && a.Y < b.Y + b.Height
                && b.Y < a.Y + a.Height
            select $"{a.Name} overlaps {b.Name}",
        ];

    /// <summary>A picture beside the tests: a box with its title for each visual.</summary>
    private static void Draw(string kind, string page, IReadOnlyList<Placed> visuals)
    {
        var svg = new StringBuilder(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {ReportPage.Width} {ReportPage.Height}\" font-family=\"sans-serif\" font-size=\"14\">\n"
        );
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<rect width=\"{ReportPage.Width}\" height=\"{ReportPage.Height}\" fill=\"#fff\" stroke=\"#999\"/>\n"
        );
        foreach (var v in visuals)
        {
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<rect x=\"{v.X}\" y=\"{v.Y}\" width=\"{v.Width}\" height=\"{v.Height}\" fill=\"#e8f1f8\" stroke=\"#0072B2\"/>"
            );
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{v.X + 8}\" y=\"{v.Y + 20}\">{v.TabOrder / 1000}. {System.Net.WebUtility.HtmlEncode(v.Title!.Trim('\''))} ({v.Type})</text>\n"
            );
        }
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "power-bi-pages", kind)).FullName;
        File.WriteAllText(Path.Combine(folder, $"{page}.svg"), svg.Append("</svg>\n").ToString());
    }

    private static IEnumerable<Placed> Read(IReadOnlyDictionary<string, string> files) =>
        from file in files
        where file.Key.EndsWith("/visual.json", StringComparison.Ordinal)
        let json = JsonNode.Parse(file.Value)!
        let at = json["position"]!
        let visual = json["visual"]!
        let container = visual["visualContainerObjects"]!
        select new Placed(
            file.Key[Pages.Length..].Split('/')[0],
            (string)json["name"]!,
            (string)visual["visualType"]!,
            (int)at["x"]!,
            (int)at["y"]!,
            (int)at["width"]!,
            (int)at["height"]!,
            (int)at["tabOrder"]!,
            Literal(container, "title", "text"),
            Literal(container, "general", "altText")
        );

    private static string? Literal(JsonNode objects, string part, string property) =>
        (string?)objects[part]?[0]?["properties"]?[property]?["expr"]?["Literal"]?["Value"];

    private sealed record Placed(
        string Page,
        string Name,
        string Type,
        int X,
        int Y,
        int Width,
        int Height,
        int TabOrder,
        string? Title,
        string? Alternative
    );
}
