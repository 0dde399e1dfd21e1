using System.Text.Json;
using VPlanExport.Extract.Http;
using VPlanExport.Model;
using VPlanExport.Package;

namespace VPlanExport.Extract;

/// <summary>
/// Rewrites an entity's pages so that they hold nothing personal: what feeds a personal column becomes what
/// <see cref="PersonalDataPolicy"/> makes of it, and what no column reads becomes null, since nobody knows what is in
/// it; its name stays, so that drift is still seen. What tells of people who were forgotten is replaced whatever the
/// mode.
/// </summary>
internal sealed class Scrubber
{
    private static readonly string[] Always = ["id", "created_at", "updated_at", "deleted_at", "archived_at"];

    private readonly Entity _entity;
    private readonly PersonalDataPolicy _personal;
    private readonly Place _record;

    private Scrubber(Entity entity, PersonalDataPolicy personal)
    {
        (_entity, _personal) = (entity, personal);
        var root = new Place();
        foreach (var table in entity.Tables)
        {
            foreach (var place in table.IsNested ? table.Paths.Select(root.At) : [root])
                Add(table, root, place);
        }
        if (entity.Endpoint.Unnest is { } array)
            root.Inner[array] = root;
        _record = entity.Main.IsNested ? root.At(entity.Main.Path) : root;
    }

    /// <summary>Null when personal data is kept and nobody was forgotten.</summary>
    public static Scrubber? Of(Entity entity, PersonalDataPolicy personal) =>
        personal is { Mode: PersonalDataMode.Keep, Forgotten: null } ? null : new Scrubber(entity, personal);

    /// <exception cref="JsonException">The page is not whole JSON.</exception>
    public void Write(ReadOnlyMemory<byte> page, Stream to)
    {
        if (_personal.Forgotten is not { } forgotten)
        {
            WriteByMode(page, to);
            return;
        }
        using var scrubbed = new MemoryStream();
        WriteByMode(page, scrubbed);
        var kept = scrubbed.GetBuffer().AsMemory(0, (int)scrubbed.Length);
        using var json = WholeJson.ParseFirst(WholeJson.Unmarked(kept.Span));
        to.Write((forgotten.Page(_entity, json.RootElement) ?? kept).Span);
    }

    private void WriteByMode(ReadOnlyMemory<byte> page, Stream to)
    {
        if (_personal.Mode == PersonalDataMode.Keep)
        {
            to.Write(page.Span);
            return;
        }
        using var json = WholeJson.ParseFirst(page.Span);
        using var writer = new Utf8JsonWriter(to, new JsonWriterOptions { SkipValidation = true });
        if (json.RootElement.ValueKind != JsonValueKind.Object)
        {
            WriteValue(writer, json.RootElement, _record);
            return;
        }
        writer.WriteStartObject();
        foreach (var (name, value) in SentJson.PropertiesOf(json.RootElement))
        {
            writer.WritePropertyName(name);
            if (string.Equals(name, "data", StringComparison.OrdinalIgnoreCase))
                WriteValue(writer, value, _record);
            else
                WriteScalar(
                    writer,
                    value,
                    isRead: value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)
                );
        }
        writer.WriteEndObject();
    }

    private static void Add(Table table, Place root, Place element)
    {
        foreach (var name in Always)
            (element.At(name).IsRead, root.At(name).IsRead) = (true, true);
        foreach (var column in table.Columns)
        {
            foreach (var path in PathsOf(column.Source))
            {
                var place =
                    path.StartsWith("../", StringComparison.Ordinal) ? root.At(path[3..])
                    : column.Source is Source.Sum ? root.At(path)
                    : element.At(path);
                place.IsRead = true;
                place.IsPersonal |= column.IsPersonal;
            }
            if (column.Source is Source.Count count)
                root.At(count.Array);
            if (column.Source is Source.Parsed parsed)
            {
                var (text, kind) = (PathsOf(table[parsed.Column].Source), PathsOf(table[parsed.KindColumn].Source)[0]);
                foreach (var place in text.Select(element.At))
                    (place.KindProperty, _) = (kind, place.ImpersonalKinds.Add(parsed.Kind));
            }
        }
    }

    private static IReadOnlyList<string> PathsOf(Source source) =>
        source switch
        {
            Source.Json json => [json.Path, json.Or ?? json.Path],
            Source.Label label => [label.Path, label.Or ?? label.Path],
            Source.IsPresent present => [present.Path],
            Source.KeyOf key => [.. key.Paths, key.Or ?? key.Paths[0]],
            Source.BusinessDate date => [date.Path],
            Source.Sum sum => [$"{sum.Array}.{sum.Path}", $"{sum.Array}.{sum.Or ?? sum.Path}"],
            _ => [],
        };

    private void WriteValue(Utf8JsonWriter writer, JsonElement value, Place place)
    {
        var isKnown = place.Inner.Count > 0 || !place.IsRead;
        if (value.ValueKind == JsonValueKind.Object && isKnown && IsNumbered(value))
            WriteNumbered(writer, value, place);
        else if (value.ValueKind == JsonValueKind.Object && isKnown)
            WriteObject(writer, value, place);
        else if (value.ValueKind == JsonValueKind.Array && isKnown)
            WriteArray(writer, value, element => WriteValue(writer, element, place));
        else
            WriteScalar(writer, value, place.IsRead);
    }

    private void WriteObject(Utf8JsonWriter writer, JsonElement value, Place place)
    {
        writer.WriteStartObject();
        foreach (var (name, inner) in SentJson.PropertiesOf(value))
        {
            writer.WritePropertyName(name);
            if (place.Find(name) is not { } known)
                writer.WriteNullValue();
            else if (known.IsPersonal && !known.IsImpersonalIn(value))
                WritePersonal(writer, inner);
            else
                WriteValue(writer, inner, known);
        }
        writer.WriteEndObject();
    }

    /// <summary>A list from which PHP has filtered an element: an object with numbers for names.</summary>
    private static bool IsNumbered(JsonElement value) =>
        SentJson
            .PropertiesOf(value)
            .Select(p => p.Name)
            .DefaultIfEmpty("")
            .All(name => name != "" && name.All(char.IsAsciiDigit));

    private void WriteNumbered(Utf8JsonWriter writer, JsonElement value, Place place)
    {
        writer.WriteStartObject();
        foreach (var (name, element) in SentJson.PropertiesOf(value))
        {
            writer.WritePropertyName(name);
            WriteValue(writer, element, place);
        }
        writer.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter writer, JsonElement array, Action<JsonElement> write)
    {
        writer.WriteStartArray();
        foreach (var element in array.EnumerateArray())
            write(element);
        writer.WriteEndArray();
    }

    /// <summary>Texts and numbers, however deep; what stands around them has no meaning of its own.</summary>
    private void WritePersonal(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var (name, inner) in SentJson.PropertiesOf(value))
                {
                    writer.WritePropertyName(name);
                    WritePersonal(writer, inner);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                WriteArray(writer, value, element => WritePersonal(writer, element));
                break;
            case JsonValueKind.String or JsonValueKind.Number:
                writer.WriteStringValue(_personal.Of(TextOf(value)));
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static void WriteScalar(Utf8JsonWriter writer, JsonElement value, bool isRead)
    {
        if (isRead)
            writer.WriteRawValue(value.GetRawText(), skipInputValidation: true);
        else
            writer.WriteNullValue();
    }

    /// <summary>Half a character cannot be decoded: then the text as it was sent stands for itself.</summary>
    private static string TextOf(JsonElement value) =>
        (value.ValueKind == JsonValueKind.String ? SentJson.TextOf(value) : null) ?? value.GetRawText();

    /// <summary>A property of a record or of an element, and what is known of it.</summary>
    private sealed class Place
    {
        public Dictionary<string, Place> Inner { get; } = new(StringComparer.OrdinalIgnoreCase);

        public bool IsRead { get; set; }

        public bool IsPersonal { get; set; }

        /// <summary>The property beside it that says what kind of value it is.</summary>
        public string? KindProperty { get; set; }

        /// <summary>Kinds of values that are nobody's: numbers, dates and flags have columns of their own.</summary>
        public HashSet<string> ImpersonalKinds { get; } = new(StringComparer.Ordinal);

        public Place At(string path)
        {
            var place = this;
            foreach (var name in path.Split('.'))
                place = place.Inner.TryGetValue(name, out var inner) ? inner : place.Inner[name] = new Place();
            return place;
        }

        public Place? Find(string name) => Inner.GetValueOrDefault(name);

        public bool IsImpersonalIn(JsonElement around) =>
            KindProperty is not null
            && SentJson
                .PropertiesOf(around)
                .Any(p =>
                    string.Equals(p.Name, KindProperty, StringComparison.OrdinalIgnoreCase)
                    && p.Value.ValueKind == JsonValueKind.String
                    && ImpersonalKinds.Contains(TextOf(p.Value))
                );
    }
}
