using System.Globalization;
using CsvHelper;

namespace VPlanExport.Commands.Output;

/// <summary>CSV for programs, and the one that a person's spreadsheet opens.</summary>
internal static class CsvText
{
    /// <summary>Every cell as it is, with commas.</summary>
    public static async Task WriteAsync(TextWriter output, IReadOnlyList<string> names, IEnumerable<string[]> rows) =>
        await WriteAsync(output, names, rows, CsvWriterOptions.Default);

    /// <summary>A mark at the start, the separators of a culture, and no cell that would be computed.</summary>
    public static async Task WriteForPeopleAsync(
        TextWriter output,
        IReadOnlyList<string> names,
        IEnumerable<object?[]> rows,
        CultureInfo culture
    )
    {
        await output.WriteAsync('\uFEFF');
        await WriteAsync(
            output,
            [.. names.Select(Harmless)],
            rows.Select(row => row.Select(value => Cell(value, culture)).ToArray()),
            CsvWriterOptions.Default with
            {
                Separator = SeparatorOf(culture),
            }
        );
    }

    /// <summary>
    /// As a spreadsheet shows it without computing it: https://owasp.org/www-community/attacks/CSV_Injection. A plain
    /// number stays one.
    /// </summary>
    public static string Harmless(string cell) =>
        cell is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠', ..]
        && !decimal.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _)
            ? "'" + cell
            : cell;

    private static async Task WriteAsync(
        TextWriter output,
        IReadOnlyList<string> names,
        IEnumerable<string[]> rows,
        CsvWriterOptions options
    )
    {
        await using var csv = CsvWriter.Create(output, options, leaveOpen: true);
        await csv.WriteRecordAsync([.. names]);
        foreach (var row in rows)
            await csv.WriteRecordAsync(row);
    }

    /// <summary>What stands between digits cannot stand between cells.</summary>
    private static char SeparatorOf(CultureInfo culture) =>
        culture.NumberFormat.NumberDecimalSeparator == "," ? ';' : culture.TextInfo.ListSeparator[0];

    /// <summary>A time without the mark of UTC, which spreadsheets take for text.</summary>
    private static string Cell(object? value, CultureInfo culture) =>
        value switch
        {
            decimal or double or float => ((IFormattable)value).ToString(null, culture),
            string text
                when DateTime.TryParseExact(
                    text,
                    "yyyy-MM-dd HH:mm:ss'Z'",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out _
                ) => text[..^1],
            _ => Harmless(ValueText.Text(value)),
        };
}
