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

    /// <summary>Writes a table into a width: cells of the elastic column are cut, then columns are left out.</summary>
    /// <param name="width">Characters of a line; 0 for as many as it takes.</param>
    /// <returns>Whether something was cut or left out.</returns>
    public static bool Write(
        TextWriter output,
        IReadOnlyList<string> headings,
        IReadOnlyList<string[]> rows,
        int width,
        TableFit fit
    )
    {
        var left = Enumerable.Range(0, headings.Count).ToList();
        foreach (var column in fit.LeaveOut.TakeWhile(_ => width > 0 && Others() + Elastic() > width))
            left.Remove(column);
        var elastic = Elastic();
        Write(
            output,
            [.. left.Select(i => headings[i])],
            rows.Select(r => left.Select(i => i == fit.Elastic ? Cut(OnOneLine(r[i]), elastic) : r[i]).ToArray())
        );
        return left.Count < headings.Count || elastic < Widest(fit.Elastic);

        int Others() => left.Where(i => i != fit.Elastic).Sum(i => Widest(i) + Gap);

        int Elastic() =>
            !left.Contains(fit.Elastic) ? -Gap
            : width == 0 ? Widest(fit.Elastic)
            : Math.Min(Widest(fit.Elastic), Math.Max(Narrowest, width - Others()));

        int Widest(int column) =>
            rows.Select(r => OnOneLine(r[column])).Append(headings[column].TrimStart('>')).Max(c => c.GetCellWidth());
    }

    /// <summary>Lines of a text that are no longer than a width, broken between words where there are any.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        while (width > 0 && text.Length > width)
        {
            var at = text.LastIndexOf(' ', width);
            yield return text[..(at > 0 ? at : width)].TrimEnd();
            text = text[(at > 0 ? at : width)..].TrimStart();
        }
        yield return text;
    }

    private const int Gap = 2;
    private const int Narrowest = 12;

    private static string Cut(string text, int width)
    {
        if (text.GetCellWidth() <= width)
            return text;
        while (text.GetCellWidth() > width - 1)
            text = text[..^1];
        return $"{text.TrimEnd()}…";
    }

    private static string OnOneLine(string text) => text.ReplaceLineEndings(" ").Replace('\t', ' ');

    /// <summary>East Asian characters take two places on a screen.</summary>
    private static string Padded(string text, int width, bool right)
    {
        var padding = new string(' ', width - text.GetCellWidth());
        return right ? padding + text : text + padding;
    }
}

/// <summary>How a table gives way where a line is too short for it.</summary>
/// <param name="Elastic">The column whose cells may be cut.</param>
/// <param name="LeaveOut">Columns that may be left out, in this order.</param>
internal sealed record TableFit(int Elastic, IReadOnlyList<int> LeaveOut);

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
