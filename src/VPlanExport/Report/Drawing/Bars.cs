using System.Xml.Linq;

namespace VPlanExport.Report.Drawing;

internal sealed partial class Charts
{
    private const int Left = 180;
    private const int Right = 90;

    /// <summary>Bars from left to right: one a series, below each other, with the marks of the band.</summary>
    public XElement Bars(
        string title,
        string finding,
        IReadOnlyList<string> series,
        IReadOnlyList<Bar> bars,
        Func<double?, string> text
    )
    {
        var (thick, top) = (series.Count > 1 ? 11 : 16, 4);
        var row = (thick * series.Count) + 8;
        var scale = (Width - Left - Right) / Ceiling(bars.SelectMany(b => b.Values.Append(b.Band?.To)));
        var marks = new List<XElement> { Line(Left, 0, Left, (row * bars.Count) + top) };
        foreach (var (i, bar) in bars.Index())
        {
            var y = top + (i * row);
            marks.Add(Text(Left - 6, y + (thick * series.Count / 2.0) + 4, bar.Label, "end"));
            foreach (var (s, value) in bar.Values.Index())
            {
                var (length, at) = ((value ?? 0) * scale, y + (s * thick));
                var says = $"{bar.Label}, {series[s]}: {text(value)}";
                marks.Add(Rect(Left, at, length, thick - 1, s, says));
                marks.Add(Text(Left + length + 5, at + thick - 2, text(value), "start"));
            }
            if (bar.Band is { } band)
                marks.AddRange(Band(band, y, thick, scale));
        }
        return Figure(title, finding, (row * bars.Count) + (2 * top), series, [.. marks]);
    }

    /// <summary>To the left what is less than zero, to the right what is more.</summary>
    public XElement Diverging(
        string title,
        string finding,
        IReadOnlyList<string> series,
        IReadOnlyList<Bar> bars,
        Func<double?, string> text
    )
    {
        const int Thick = 16;
        const int Row = Thick + 8;
        var middle = Left + ((Width - Left - 60) / 2.0);
        var scale = ((Width - Left - 60) / 2.0 - 60) / Ceiling(bars.SelectMany(b => b.Values));
        var marks = new List<XElement> { Line(middle, 0, middle, (Row * bars.Count) + 4) };
        foreach (var (i, bar) in bars.Index())
        {
            var y = 4 + (i * Row);
            var (less, more) = (bar.Values[0] ?? 0, bar.Values[1] ?? 0);
            marks.Add(Text(Left - 6, y + 13, bar.Label, "end"));
            marks.Add(
                Rect(middle - (less * scale), y, less * scale, Thick, 0, $"{bar.Label}, {series[0]}: {text(less)}")
            );
            marks.Add(Rect(middle, y, more * scale, Thick, 1, $"{bar.Label}, {series[1]}: {text(more)}"));
            marks.Add(Text(middle - (less * scale) - 5, y + 13, text(less), "end"));
            marks.Add(Text(middle + (more * scale) + 5, y + 13, text(more), "start"));
        }
        return Figure(title, finding, (Row * bars.Count) + 8, series, [.. marks]);
    }

    private static IEnumerable<XElement> Band((double From, double To) band, double y, double thick, double scale) =>
        new[] { band.From, band.To }.Select(edge =>
            Line(Left + (edge * scale), y - 3, Left + (edge * scale), y + thick + 2, 2)
        );
}
