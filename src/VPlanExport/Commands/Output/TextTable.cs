using Spectre.Console;

namespace VPlanExport.Commands.Output;

/// <summary>Aligned columns of text, a line a row; a heading that begins with &gt; is aligned to the right.</summary>
internal static class TextTable
{
    public static void Write(TextWriter output, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var right = headings.Select(h => h.StartsWith('>')).ToArray();
        List<string[]> lines =
        [
            [.. headings.Select(h => h.TrimStart('>'))],
            .. rows.Select(r => r.Select(OnOneLine).ToArray()),
        ];
        var widths = Enumerable.Range(0, headings.Count).Select(i => lines.Max(l => l[i].GetCellWidth())).ToArray();
        lines.Insert(1, [.. widths.Select(w => new string('-', w))]);
        foreach (var line in lines)
            output.WriteLine(string.Join("  ", line.Select((text, i) => Padded(text, widths[i], right[i]))).TrimEnd());
    }

    private static string OnOneLine(string text) => text.ReplaceLineEndings(" ").Replace('\t', ' ');

    /// <summary>East Asian characters take two places on a screen.</summary>
    private static string Padded(string text, int width, bool right)
    {
        var padding = new string(' ', width - text.GetCellWidth());
        return right ? padding + text : text + padding;
    }
}

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
        string.Join(
            "<br>",
            text.ReplaceLineEndings("\n")
                .Split('\n')
                .Select(line =>
                    string.Concat(line.Select(c => @"\`*|<[".Contains(c, StringComparison.Ordinal) ? $"\\{c}" : $"{c}"))
                )
        );

    private static void Line(TextWriter output, IEnumerable<string> cells) =>
        output.WriteLine($"| {string.Join(" | ", cells.Select(Text))} |");
}
