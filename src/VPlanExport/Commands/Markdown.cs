namespace VPlanExport.Commands;

/// <summary>Text as Markdown shows it, whatever it holds.</summary>
internal static class Markdown
{
    /// <summary>A heading that begins with &gt; is aligned to the right.</summary>
    public static void Table(TextWriter output, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        Line(output, headings.Select(h => h.TrimStart('>')));
        output.WriteLine($"| {string.Join(" | ", headings.Select(h => h.StartsWith('>') ? "---:" : "---"))} |");
        foreach (var row in rows)
            Line(output, row);
    }

    /// <summary>On one line; what would be markup is shown as it is.</summary>
    public static string Text(string text) =>
        string.Join("<br>", text.ReplaceLineEndings("\n").Split('\n').Select(line => string.Concat(line.Select(c => @"\`*|<[".Contains(c, StringComparison.Ordinal) ? $"\\{c}" : $"{c}"))));

    private static void Line(TextWriter output, IEnumerable<string> cells) => output.WriteLine($"| {string.Join(" | ", cells.Select(Text))} |");
}
