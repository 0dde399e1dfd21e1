using Spectre.Console;

namespace VPlanExport.Commands;

/// <summary>Aligned columns of text, a line a row; a heading that begins with &gt; is aligned to the right.</summary>
public static class TextTable
{
    public static void Write(TextWriter output, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var right = headings.Select(h => h.StartsWith('>')).ToArray();
        List<string[]> lines = [[.. headings.Select(h => h.TrimStart('>'))], .. rows.Select(r => r.Select(OnOneLine).ToArray())];
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
