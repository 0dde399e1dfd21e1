using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace VPlanExport.Sandbox;

/// <summary>Every endpoint of the API, read under the world's lock. Paths that no source names answer 404.</summary>
internal sealed class Api(SandboxWorld world)
{
    public ApiResponse Get(string path, IQueryCollection query)
    {
        lock (world.Gate)
            return Route(path.Split('/', StringSplitOptions.RemoveEmptyEntries), query);
    }

    private ApiResponse Route(string[] segments, IQueryCollection query) =>
        segments switch
        {
            ["me"] => Me.Write(world.Options),
            ["collection", "detail"] => List(Collections.Schema, query) with { Headers = Deprecation },
            ["time_tracking", "export"] => TimeSummary.Write(world, query),
            ["board", var board, "capacity", .. var kind] => new Capacity(world, Parent("board", board)).Write(
                string.Join('/', kind),
                query
            ),
            ["card"] when !world.Options.FlatCards => throw ApiException.NotFound("/card"),
            [var name] => List(Known(name), query),
            ["card", _] => throw ApiException.NotFound("/card/{id}"),
            [var name, var id] => Single(Parent(name, id), query),
            ["resource", var id, "schedule", .. var day] => ScheduleOf(id, day, query),
            ["collection", var id, "card", var card, "checklist"] => CardChecklists(id, card, query),
            [var parent, var id, var child] => Children(parent, id, child, query),
            [var parent, var id, var child, var childId] => Child(parent, id, child, childId, query),
            _ => throw ApiException.NotFound(string.Join('/', segments)),
        };

    private static Dictionary<string, string> Deprecation =>
        new() { ["Deprecated"] = "This endpoint will be removed, use /collection with eager loading" };

    private static EntitySchema Known(string name) =>
        Schemas.Listed.FirstOrDefault(schema => schema.Name == name) ?? throw ApiException.NotFound($"/{name}");

    private SandboxRecord Parent(string name, string id) =>
        world.Table(Known(name).Name).Find(id) ?? throw ApiException.NotFound($"{name} {id}");

    private ApiResponse List(EntitySchema schema, IQueryCollection query, IReadOnlyList<SandboxRecord>? within = null)
    {
        var question = ListQuery.Parse(schema, query, world.Options);
        var page = new QueryPlan(world, world.Table(schema.Name), question).Run(within);
        Weigh(page.Records, question.With);
        return ApiResponse.Ok(json => WriteList(json, question, page));
    }

    private void WriteList(Utf8JsonWriter json, ListQuery question, Page page)
    {
        json.WriteStartObject();
        WriteCount(json, page.Count);
        json.WriteNumber("limit", question.Limit);
        json.WriteNumber("offset", question.Offset);
        json.WritePropertyName("data");
        WriteData(json, question, page.Records);
        json.WriteEndObject();
    }

    private void WriteCount(Utf8JsonWriter json, int count)
    {
        json.WritePropertyName("count");
        json.WriteRawValue(
            world.Options.CountForm switch
            {
                CountForm.Number => $"{count}",
                CountForm.Text => $"\"{count}\"",
                CountForm.Fraction => $"{count}.0",
                CountForm.Exponent => $"{10L * count}e-1",
            }
        );
    }

    private void WriteData(Utf8JsonWriter json, ListQuery question, IReadOnlyList<SandboxRecord> records)
    {
        var isNumbered = world.Options.NumberedData;
        if (isNumbered)
            json.WriteStartObject();
        else
            json.WriteStartArray();
        var writer = new RecordWriter(world, json, single: false);
        foreach (var (number, record) in records.Index())
        {
            if (isNumbered)
                json.WritePropertyName($"{2 * number}");
            writer.Write(record, question.Projection, question.With, question.Include);
        }
        if (isNumbered)
            json.WriteEndObject();
        else
            json.WriteEndArray();
    }

    private ApiResponse Single(SandboxRecord record, IQueryCollection query)
    {
        var question = ListQuery.Parse(record.Schema, query, world.Options);
        Weigh([record], question.With);
        return ApiResponse.Ok(json =>
            new RecordWriter(world, json, single: true).Write(
                record,
                question.Projection,
                question.With,
                question.Include
            )
        );
    }

    /// <summary>Code 10005 comes with a status the vendor does not state; 500 is the reading
    /// (A:`memory-exhausted-344714m0`).</summary>
    private void Weigh(IReadOnlyList<SandboxRecord> records, WithTree with)
    {
        var options = world.Options;
        var isHeavy =
            options.HeavyRelations.Count > 0
            && records.Any(record =>
                with.Relations.Any(relation => options.HeavyRelations.Contains($"{record.Id}.{relation.Name}"))
            );
        if (isHeavy || (long)records.Count * (1 + with.Count) > options.HeavyPageUnits)
            throw new ApiException(500, 10005, "Memory Exhausted", "Use pagination, filters or fewer eager loads");
    }

    private static (EntitySchema Schema, string Key) ChildOf(string parent, string child) =>
        (parent, child) switch
        {
            ("collection", "card") => (Cards.Schema, "collection_id"),
            ("collection", "checklist") => (Checklists.Schema, "collection_id"),
            ("collection", "attachment") => (Attachments.Schema, "collection_id"),
            ("collection", "comment") => (Comments.Schema, "collection_id"),
            ("resource", "schedule") => (Schedules.Schema, "resource_id"),
            ("resource", "schedule_deviation") => (Deviations.Schema, "resource_id"),
            ("order", "row") => (OrderRows.Schema, "order_id"),
            _ => throw ApiException.NotFound($"/{parent}/{{id}}/{child}"),
        };

    /// <summary>Cards of an unknown collection are an empty list, not a 404 (README section 9, J).</summary>
    private ApiResponse Children(string parent, string id, string child, IQueryCollection query)
    {
        var (schema, key) = ChildOf(parent, child);
        if (schema != Cards.Schema)
            Parent(parent, id);
        return List(schema, query, world.Table(schema.Name).Children(key, id));
    }

    private ApiResponse Child(string parent, string id, string child, string childId, IQueryCollection query)
    {
        var (schema, key) = ChildOf(parent, child);
        schema.TryField(key, out var field);
        var record = world.Table(schema.Name).Find(childId);
        return record is not null && record[field!].Text == id
            ? Single(record, query)
            : throw ApiException.NotFound($"{child} {childId}");
    }

    private ApiResponse CardChecklists(string collection, string card, IQueryCollection query)
    {
        if (world.Table("card").Find(card)?[Cards.CollectionId].Text != collection)
            throw ApiException.NotFound($"card {card}");
        return List(Checklists.Schema, query, world.Table("checklist").Children("card_id", card));
    }

    /// <summary>Year, month and day reads hang below the list; their paths are inferred (gaps E11).</summary>
    private ApiResponse ScheduleOf(string resource, string[] day, IQueryCollection query)
    {
        if (day.Length > 3 || !day.All(part => part.All(char.IsAsciiDigit)))
            throw ApiException.NotFound("schedule");
        Parent("resource", resource);
        var start = string.Join('-', day.Select((part, i) => part.PadLeft(i == 0 ? 4 : 2, '0')));
        bool IsWithin(SandboxRecord row) =>
            CellText.Of(FieldType.Date, row[Schedules.Date]).StartsWith(start, StringComparison.Ordinal);
        return List(
            Schedules.Schema,
            query,
            [.. world.Table("schedule").Children("resource_id", resource).Where(IsWithin)]
        );
    }
}
