using System.Globalization;
using System.Text;
using System.Text.Json;
using VPlanExport.Model;
using VPlanExport.Storage;

namespace VPlanExport.Loaders.Lake;

/// <summary>A data file's statistics as Delta's JSON, from the file's footer.</summary>
/// <remarks>Bounds of personal columns stay out: the log outlives the rows.</remarks>
internal static class FileStats
{
    private const int TextLength = 32;
    private static readonly DateTime s_last = new(DateTime.MaxValue.Ticks - (DateTime.MaxValue.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);

    public static string Json(RowFileFooter footer, Table table)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("numRecords", footer.Rows);
            WriteBounds(json, "minValues", footer, table, stats => stats.Min is { } min ? Least(min) : null);
            WriteBounds(json, "maxValues", footer, table, stats => stats.Max is { } max ? Greatest(max) : null);
            json.WriteStartObject("nullCount");
            foreach (var (name, stats) in footer.Columns)
                json.WriteNumber(name, stats.NullCount);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void WriteBounds(Utf8JsonWriter json, string property, RowFileFooter footer, Table table, Func<ColumnStats, object?> bound)
    {
        json.WriteStartObject(property);
        foreach (var column in table.Columns.Where(c => !c.IsPersonal))
        {
            if (footer.Columns.TryGetValue(column.Name, out var stats) && bound(stats) is { } value)
            {
                json.WritePropertyName(column.Name);
                JsonSerializer.Serialize(json, value);
            }
        }
        json.WriteEndObject();
    }

    private static object Least(object value) => value switch
    {
        DateTime time => Milliseconds(time),
        DateOnly date => Day(date),
        string { Length: > TextLength } text => Cut(text),
        _ => value,
    };

    /// <summary>
    /// A bound may be too great, never too small: cut text is continued with the greatest character, cut time is rounded up. No greater time than
    /// the last millisecond of the year 9999 can be written, so it also bounds what lies within it, as readers of such bounds allow a millisecond more.
    /// </summary>
    private static object Greatest(object value) => value switch
    {
        DateTime time => Milliseconds(time > s_last ? s_last : time.AddTicks(TimeSpan.TicksPerMillisecond - 1)),
        DateOnly date => Day(date),
        string { Length: > TextLength } text => Cut(text) + "\U0010FFFF",
        _ => value,
    };

    /// <summary>Never through a surrogate pair: half of one is written as a character that sorts elsewhere.</summary>
    private static string Cut(string text) => text[..(char.IsHighSurrogate(text[TextLength - 1]) ? TextLength - 1 : TextLength)];

    private static string Milliseconds(DateTime time) => time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
