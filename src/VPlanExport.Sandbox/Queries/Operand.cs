using System.Globalization;

namespace VPlanExport.Sandbox;

/// <summary>The value of a condition, read once by the type of its field. Timestamps are held in ticks, so that a
/// fraction counts.</summary>
internal sealed class Operand
{
    private readonly bool isText;
    private readonly long scale = 1;
    private readonly long number;

    public Operand(Field field, string text, bool textual)
    {
        Text = text;
        isText = field.Type is FieldType.Text or FieldType.Json;
        if (isText || textual)
            return;
        if (field.Type == FieldType.Timestamp)
            scale = TimeSpan.TicksPerSecond;
        number =
            Parse(field.Type, text)
            ?? throw ApiException.BadRequest($"Invalid value: {text}", $"{field.Name} is of type {field.Type}");
    }

    public string Text { get; }

    /// <summary>Sign of the stored value against this one.</summary>
    public int Order(Cell cell) =>
        isText ? string.CompareOrdinal(cell.Text, Text) : (cell.Number * scale).CompareTo(number);

    private static long? Parse(FieldType type, string text) =>
        type switch
        {
            FieldType.Integer => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var n)
                ? (long)n
                : null,
            FieldType.Number => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var n)
                ? (long)(n * 1000m)
                : null,
            FieldType.Boolean => text switch
            {
                "true" or "1" => 1,
                "false" or "0" => 0,
                _ => null,
            },
            FieldType.Date => Moment(text) is { } day ? DateOnly.FromDateTime(day.UtcDateTime).DayNumber : null,
            FieldType.Timestamp => Moment(text) is { } moment ? moment.UtcTicks - DateTime.UnixEpoch.Ticks : null,
            FieldType.Text or FieldType.Json => null,
        };

    private static DateTimeOffset? Moment(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment
            : null;
}
