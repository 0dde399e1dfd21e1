using System.Text.Json.Nodes;

namespace VPlanExport.Sandbox;

/// <summary>Records as JSON that gives back the very same records, whatever the makers lay out by then.</summary>
internal static class KeptRecords
{
    public static JsonObject Save(SandboxRecord record)
    {
        var json = new JsonObject
        {
            ["id"] = record.Id,
            ["created"] = record.Created,
            ["updated"] = record.Updated,
            ["links"] = new JsonArray([.. record.Links.Select(Save)]),
        };
        var cells = new JsonObject();
        foreach (var field in Stored(record.Schema))
            cells[field.Name] = Save(record[field]);
        json["cells"] = cells;
        return json;
    }

    public static SandboxRecord Read(EntitySchema schema, JsonNode json)
    {
        var record = schema.New((string)json["id"]!, (long)json["created"]!, (long)json["updated"]!);
        foreach (var field in Stored(schema))
            if (json["cells"]!.AsObject().TryGetPropertyValue(field.Name, out var cell))
                record[field] = CellOf(field, cell);
        record.Links = [.. json["links"]!.AsArray().Select(link => LinkOf(link!.AsArray()))];
        return record;
    }

    private static IEnumerable<Field> Stored(EntitySchema schema) => schema.Fields.Where(field => field.Ordinal >= 0);

    private static JsonNode? Save(Cell cell) =>
        cell.IsNull ? null
        : cell.Text is { } text ? JsonValue.Create(text)
        : JsonValue.Create(cell.Number);

    private static Cell CellOf(Field field, JsonNode? json) =>
        json is null ? default
        : field.Type is FieldType.Text or FieldType.Json ? (string?)json
        : (long)json;

    private static JsonNode Save(Link link) =>
        new JsonArray(link.Relation, link.TargetId, link.Time, link.Remaining, link.Original, link.Position);

    private static Link LinkOf(JsonArray json) =>
        new((string)json[0]!, (string)json[1]!, (int)json[2]!, (int)json[3]!, (int)json[4]!, (int)json[5]!);
}
