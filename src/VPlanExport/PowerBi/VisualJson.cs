using System.Text.Json.Nodes;

namespace VPlanExport.PowerBi;

/// <summary>The file of a visual.</summary>
internal sealed class VisualJson(ModelNames names, ReportVisual visual)
{
    private const string Schema =
        "https://developer.microsoft.com/json-schemas/fabric/item/report/definition/visualContainer/2.5.0/schema.json";

    /// <param name="place">In the order of the keyboard and of screen readers.</param>
    public JsonObject Container(int place)
    {
        var json = new JsonObject
        {
            ["$schema"] = Schema,
            ["name"] = visual.Name,
            ["position"] = new JsonObject
            {
                ["x"] = visual.Box.X,
                ["y"] = visual.Box.Y,
                ["z"] = place,
                ["height"] = visual.Box.Height,
                ["width"] = visual.Box.Width,
                ["tabOrder"] = place,
            },
            ["visual"] = Visual(),
        };
        if (visual.Only is { } only)
            json["filterConfig"] = new JsonObject { ["filters"] = new JsonArray(MoreThanNothing(only)) };
        return json;
    }

    /// <summary>A column or a measure of the model.</summary>
    public static JsonObject Field(ModelNames names, VisualField field, string? alias = null)
    {
        var source = alias is null
            ? new JsonObject { ["Entity"] = TableOf(names, field) }
            : new JsonObject { ["Source"] = alias };
        return new JsonObject
        {
            [field.Measure is null ? "Column" : "Measure"] = new JsonObject
            {
                ["Expression"] = new JsonObject { ["SourceRef"] = source },
                ["Property"] = PropertyOf(names, field),
            },
        };
    }

    private static string TableOf(ModelNames names, VisualField field) =>
        names.Table(ModelNames.All.Single(t => t.Name == field.Table));

    private static string PropertyOf(ModelNames names, VisualField field)
    {
        if (field.Measure is { } measure)
            return names.Measure(measure);
        var table = ModelNames.All.Single(t => t.Name == field.Table);
        return names.Column(table, table[field.Column!]);
    }

    private JsonObject Visual()
    {
        var json = new JsonObject { ["visualType"] = visual.Type };
        if (visual.Roles.Count > 0)
            json["query"] = Query();
        if (Objects() is { } objects)
            json["objects"] = objects;
        json["visualContainerObjects"] = new JsonObject
        {
            ["title"] = Properties(
                new JsonObject
                {
                    ["show"] = Literal(visual.IsText ? "false" : "true"),
                    ["text"] = Literal(Quoted(visual.Title.In(names))),
                }
            ),
            ["general"] = Properties(new JsonObject { ["altText"] = Literal(Quoted(Alternative())) }),
        };
        if (visual.IsBack)
            json["visualContainerObjects"]!["visualLink"] = Properties(
                new JsonObject { ["show"] = Literal("true"), ["type"] = Literal("'Back'") }
            );
        json["drillFilterOtherVisuals"] = true;
        return json;
    }

    private JsonObject Query()
    {
        var state = new JsonObject();
        foreach (var role in visual.Roles)
            state[role.Name] = new JsonObject
            {
                ["projections"] = new JsonArray([
                    .. role.Fields.Select(f => (JsonNode)Projection(f, role.Name is "Category" or "Rows" or "Columns")),
                ]),
            };
        var query = new JsonObject { ["queryState"] = state };
        if (visual.Roles.FirstOrDefault(r => r.Name == "Category") is { } category)
            query["sortDefinition"] = Sorted(category.Fields[0]);
        return query;
    }

    private JsonObject Projection(VisualField field, bool isActive)
    {
        var json = new JsonObject
        {
            ["field"] = Field(names, field),
            ["queryRef"] = $"{TableOf(names, field)}.{PropertyOf(names, field)}",
            ["nativeQueryRef"] = PropertyOf(names, field),
        };
        if (isActive)
            json["active"] = true;
        return json;
    }

    private JsonObject Sorted(VisualField field) =>
        new()
        {
            ["sort"] = new JsonArray(new JsonObject { ["field"] = Field(names, field), ["direction"] = "Ascending" }),
            ["isDefaultSort"] = true,
        };

    private JsonObject? Objects()
    {
        if (visual.Mode is { } mode)
            return new JsonObject { ["data"] = Properties(new JsonObject { ["mode"] = Literal(Quoted(mode)) }) };
        if (visual.IsBack)
            return new JsonObject { ["icon"] = Properties(new JsonObject { ["shapeType"] = Literal("'back'") }) };
        return visual.IsText
            ? new JsonObject { ["general"] = Properties(new JsonObject { ["paragraphs"] = Paragraphs() }) }
            : null;
    }

    private JsonArray Paragraphs() =>
        new(
            new JsonObject
            {
                ["textRuns"] = new JsonArray(
                    new JsonObject
                    {
                        ["value"] = visual.Title.In(names),
                        ["textStyle"] = new JsonObject { ["fontSize"] = "20pt", ["fontWeight"] = "bold" },
                    }
                ),
            }
        );

    /// <summary>What a screen reader says: the title, and the fields that are shown.</summary>
    private string Alternative()
    {
        var fields = visual.Roles.SelectMany(r => r.Fields).Select(f => PropertyOf(names, f)).Distinct().ToList();
        return visual.Alternative?.In(names)
            ?? (fields.Count == 0 ? visual.Title.In(names) : $"{visual.Title.In(names)}: {string.Join(", ", fields)}.");
    }

    private JsonObject MoreThanNothing(Model.Measure only) =>
        new()
        {
            ["name"] = $"{visual.Name}_only",
            ["field"] = Field(names, only),
            ["type"] = "Advanced",
            ["filter"] = new JsonObject
            {
                ["Version"] = 2,
                ["From"] = new JsonArray(
                    new JsonObject
                    {
                        ["Name"] = "t",
                        ["Entity"] = TableOf(names, only),
                        ["Type"] = 0,
                    }
                ),
                ["Where"] = new JsonArray(
                    new JsonObject
                    {
                        ["Condition"] = new JsonObject
                        {
                            ["Comparison"] = new JsonObject
                            {
                                ["ComparisonKind"] = 1,
                                ["Left"] = Field(names, only, "t"),
                                ["Right"] = new JsonObject { ["Literal"] = new JsonObject { ["Value"] = "0L" } },
                            },
                        },
                    }
                ),
            },
        };

    private static JsonArray Properties(JsonObject properties) => new(new JsonObject { ["properties"] = properties });

    private static JsonObject Literal(string value) =>
        new() { ["expr"] = new JsonObject { ["Literal"] = new JsonObject { ["Value"] = value } } };

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
