using System.Globalization;
using System.Text.Json;

namespace VPlanExport.Sandbox;

/// <summary>Writes cells as the wire does: timestamps with whole seconds and `Z`, dates as `YYYY-MM-DD` (README section
/// 1).</summary>
internal static class CellText
{
    private static readonly long EpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    public static string Of(FieldType type, Cell cell)
    {
        Span<byte> buffer = stackalloc byte[20];
        return type switch
        {
            FieldType.Text or FieldType.Json => cell.Text!,
            FieldType.Integer => cell.Number.ToString(CultureInfo.InvariantCulture),
            FieldType.Number => (cell.Number / 1000m).ToString(CultureInfo.InvariantCulture),
            FieldType.Boolean => cell.Number == 1 ? "true" : "false",
            FieldType.Date => System.Text.Encoding.ASCII.GetString(Date(cell.Number, buffer)),
            FieldType.Timestamp => System.Text.Encoding.ASCII.GetString(Timestamp(cell.Number, buffer)),
        };
    }

    public static void Write(Utf8JsonWriter writer, FieldType type, Cell cell)
    {
        if (cell.IsNull)
        {
            writer.WriteNullValue();
            return;
        }
        Span<byte> buffer = stackalloc byte[20];
        switch (type)
        {
            case FieldType.Text:
                writer.WriteStringValue(cell.Text);
                break;
            case FieldType.Json:
                writer.WriteRawValue(cell.Text!, skipInputValidation: true);
                break;
            case FieldType.Integer:
                writer.WriteNumberValue(cell.Number);
                break;
            case FieldType.Number:
                writer.WriteNumberValue(cell.Number / 1000m);
                break;
            case FieldType.Boolean:
                writer.WriteBooleanValue(cell.Number == 1);
                break;
            case FieldType.Date:
                writer.WriteStringValue(Date(cell.Number, buffer));
                break;
            case FieldType.Timestamp:
                writer.WriteStringValue(Timestamp(cell.Number, buffer));
                break;
        }
    }

    private static ReadOnlySpan<byte> Date(long day, Span<byte> buffer)
    {
        var date = DateOnly.FromDayNumber((int)day);
        Digits(buffer, 0, date.Year / 100);
        Digits(buffer, 2, date.Year % 100);
        buffer[4] = buffer[7] = (byte)'-';
        Digits(buffer, 5, date.Month);
        Digits(buffer, 8, date.Day);
        return buffer[..10];
    }

    private static ReadOnlySpan<byte> Timestamp(long seconds, Span<byte> buffer)
    {
        var (day, second) = Math.DivRem(seconds, 86_400);
        if (second < 0)
            (day, second) = (day - 1, second + 86_400);
        Date(day + EpochDay, buffer);
        buffer[10] = (byte)'T';
        buffer[13] = buffer[16] = (byte)':';
        buffer[19] = (byte)'Z';
        Digits(buffer, 11, (int)(second / 3600));
        Digits(buffer, 14, (int)(second / 60 % 60));
        Digits(buffer, 17, (int)(second % 60));
        return buffer;
    }

    private static void Digits(Span<byte> buffer, int at, int value)
    {
        buffer[at] = (byte)('0' + value / 10);
        buffer[at + 1] = (byte)('0' + value % 10);
    }
}
