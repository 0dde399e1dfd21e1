using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace VPlanExport.Sandbox;

/// <summary>Writes records as JSON: fields in their order, embedded relations, then those of `with`.</summary>
internal sealed class RecordWriter(SandboxWorld world, Utf8JsonWriter json, bool single)
{
    public static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>The same escaping for JSON that is kept as text.</summary>
    public static readonly JsonSerializerOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>A record's own properties, as on a single read.</summary>
    public static byte[] Bare(SandboxRecord record)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            WriteFields(json, record, Projection.Everything, single: true);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>One value as JSON, or null.</summary>
    public static string? Value(Field field, Cell cell)
    {
        if (cell.IsNull)
            return null;
        var text = CellText.Of(field.Type, cell);
        return field.Type is FieldType.Text or FieldType.Date or FieldType.Timestamp
            ? JsonSerializer.Serialize(text, Relaxed)
            : text;
    }

    public void Write(SandboxRecord record, Projection projection, WithTree with, IReadOnlyList<string>? include = null)
    {
        json.WriteStartObject();
        WriteFields(json, record, projection, single);
        foreach (var relation in record.Schema.Embedded)
            if (projection.Shows(relation.Name))
                WriteRelation(record, relation, WithTree.None);
        foreach (var relation in with.Relations)
            if (projection.ShowsRelation(relation.Name))
                WriteRelation(record, relation, with.Below(relation));
        foreach (var name in include ?? [])
            Inclusions.Write(json, world, record, name);
        json.WriteEndObject();
    }

    private static void WriteFields(Utf8JsonWriter json, SandboxRecord record, Projection projection, bool single)
    {
        foreach (var field in record.Schema.Fields)
        {
            if (field.SingleOnly && !single || !projection.Shows(field.Name))
                continue;
            if (record.Overlay is { } overlay && overlay.ContainsKey(field.Name))
                continue;
            json.WritePropertyName(field.EncodedName);
            CellText.Write(json, field.Type, record[field]);
        }
        foreach (var (name, raw) in record.Overlay ?? [])
        {
            if (raw is null || record.Schema.TryField(name, out _) && !projection.Shows(name))
                continue;
            json.WritePropertyName(name);
            json.WriteRawValue(raw, skipInputValidation: true);
        }
    }

    private void WriteRelation(SandboxRecord owner, Relation relation, WithTree with)
    {
        json.WritePropertyName(relation.Name);
        if (relation.IsSingle)
        {
            var target = relation.Of(owner, world).FirstOrDefault();
            if (target.Record is null)
                json.WriteNullValue();
            else
                Write(target.Record, Projection.Everything, with);
            return;
        }
        json.WriteStartArray();
        foreach (var related in relation.Of(owner, world))
            WriteRelated(related, with);
        json.WriteEndArray();
    }

    private void WriteRelated(Related related, WithTree with)
    {
        if (related.Link is not { Time: >= 0 } link)
        {
            Write(related.Record, Projection.Everything, with);
            return;
        }
        json.WriteStartObject();
        WriteFields(json, related.Record, Projection.Everything, single: false);
        if (world.Options.PlannedTimesInPivot)
            json.WriteStartObject("pivot");
        WritePlannedTimes(link);
        if (world.Options.PlannedTimesInPivot)
            json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Minutes; flat or in a `pivot` (gaps E3, E4).</summary>
    private void WritePlannedTimes(Link link)
    {
        json.WriteNumber("position", link.Position);
        json.WriteNumber("time", link.Time);
        json.WriteNumber("time_remaining", link.Remaining);
        json.WriteNumber("time_original", link.Original);
    }
}
