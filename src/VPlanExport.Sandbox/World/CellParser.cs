using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VPlanExport.Sandbox;

/// <summary>Reads a JSON value into a cell; a value that would not be written back the same is kept as raw JSON
/// too.</summary>
internal static class CellParser
{
    public static void Put(SandboxRecord record, string property, JsonNode? value)
    {
        if (!record.Schema.TryField(property, out var field))
        {
            record.Override(property, value?.ToJsonString() ?? "null");
            return;
        }
        if (Exact(field.Type, value, out var cell))
            record.DropOverride(property);
        else
            record.Override(property, value?.ToJsonString() ?? "null");
        Store(record, field, cell);
    }

    private static void Store(SandboxRecord record, Field field, Cell cell)
    {
        var seconds = cell.IsNull ? SandboxRecord.NoTime : cell.Number;
        if (field.Ordinal >= 0)
            record[field] = cell;
        else if (field.Ordinal == Field.CreatedOrdinal)
            record.Created = seconds;
        else if (field.Ordinal == Field.UpdatedOrdinal)
            record.Updated = seconds;
    }

    private static bool Exact(FieldType type, JsonNode? value, out Cell cell)
    {
        cell = value is null ? default : Parse(type, value);
        if (value is null)
            return true;
        if (cell.IsNull)
            return false;
        return type == FieldType.Json || CellText.Of(type, cell) == value.ToString() && Kind(type) == Kind(value);
    }

    private static Cell Parse(FieldType type, JsonNode value) =>
        type switch
        {
            FieldType.Json => value.ToJsonString(),
            FieldType.Text => value.GetValueKind() == JsonValueKind.String ? value.ToString() : value.ToJsonString(),
            FieldType.Integer => Cell.Of((long?)Decimal(value)),
            FieldType.Number => Decimal(value) is { } number ? Cell.Decimal(number) : default,
            FieldType.Boolean => value.GetValueKind() is JsonValueKind.True or JsonValueKind.False
                ? value.GetValue<bool>()
                : default(Cell),
            FieldType.Date => Moment(value) is { } day ? DateOnly.FromDateTime(day.UtcDateTime) : default(Cell),
            FieldType.Timestamp => Cell.Of(Moment(value)?.ToUnixTimeSeconds()),
        };

    private static decimal? Decimal(JsonNode value) =>
        decimal.TryParse(value.ToString(), NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static DateTimeOffset? Moment(JsonNode value) =>
        DateTimeOffset.TryParse(
            value.ToString(),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var moment
        )
            ? moment
            : null;

    private static JsonValueKind Kind(FieldType type) =>
        type switch
        {
            FieldType.Integer or FieldType.Number => JsonValueKind.Number,
            FieldType.Boolean => JsonValueKind.True,
            FieldType.Text or FieldType.Date or FieldType.Timestamp => JsonValueKind.String,
            FieldType.Json => JsonValueKind.Object,
        };

    private static JsonValueKind Kind(JsonNode value) =>
        value.GetValueKind() == JsonValueKind.False ? JsonValueKind.True : value.GetValueKind();
}
