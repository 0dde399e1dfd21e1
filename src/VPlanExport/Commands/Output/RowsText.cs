namespace VPlanExport.Commands.Output;

/// <summary>Rows in the format that was asked for: csv and json for programs, table for people.</summary>
internal static class RowsText
{
    /// <param name="headings">One that begins with &gt; is of numbers.</param>
    public static async Task WriteAsync(
        TextWriter output,
        string format,
        IReadOnlyList<string> headings,
        IEnumerable<object?[]> rows
    )
    {
        string[] names = [.. headings.Select(h => h.TrimStart('>'))];
        switch (format)
        {
            case "csv":
                await CsvText.WriteAsync(output, names, rows.Select(Texts));
                break;
            case "json":
                foreach (var row in rows)
                    output.WriteLine(ValueText.Row(names, row));
                break;
            default:
                TextTable.Write(output, headings, rows.Select(Texts));
                break;
        }

        static string[] Texts(object?[] row) => [.. row.Select(ValueText.Text)];
    }
}
