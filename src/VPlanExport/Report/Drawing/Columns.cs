using System.Globalization;
using System.Xml.Linq;

namespace VPlanExport.Report.Drawing;

internal sealed partial class Charts
{
    private const int Height = 170;
    private const int Foot = 22;
    private const int Axis = 56;

    /// <summary>A column at each place, its series on top of each other.</summary>
    public XElement Columns(
        string title,
        string finding,
        IReadOnlyList<string> series,
        IReadOnlyList<Bar> columns,
        Func<double?, string> text
    )
    {
        var most = Ceiling(columns.Select(c => c.Values.Sum()));
        var (scale, step) = ((Height - 16) / most, (Width - Axis) / (double)Math.Max(columns.Count, 1));
        var marks = new List<XElement>();
        foreach (var tick in new[] { 0, most / 2, most })
        {
            marks.Add(Line(Axis, Height - (tick * scale), Width, Height - (tick * scale), 0.5));
            marks.Add(Text(Axis - 6, Height - (tick * scale) + 4, text(tick), "end"));
        }
        foreach (var (i, column) in columns.Index())
        {
            var (x, y) = (Axis + (i * step), (double)Height);
            foreach (var (s, value) in column.Values.Index())
            {
                var tall = (value ?? 0) * scale;
                y -= tall;
                if (tall > 0)
                    marks.Add(Rect(x + 4, y, step - 8, tall, s, $"{column.Label}, {series[s]}: {text(value)}"));
            }
            marks.Add(Text(x + (step / 2), Height + 16, ShortWeek(column.Label), "middle"));
        }
        return Figure(title, finding, Height + Foot, series, [.. marks]);
    }

    /// <summary>A table of which every cell shows its share of the fullest, and says its value.</summary>
    /// <param name="rows">A value is a share: 1 is full.</param>
    public XElement HeatTable(
        string title,
        string finding,
        IReadOnlyList<string> headings,
        IReadOnlyList<Bar> rows,
        Func<double?, string> text
    )
    {
        const int Row = 22;
        var step = (Width - Left) / (double)headings.Count;
        var marks = new List<XElement>();
        marks.AddRange(headings.Select((h, i) => Text(Left + ((i + 0.5) * step), 14, h, "middle")));
        foreach (var (i, row) in rows.Index())
        {
            var y = Row * (i + 1);
            marks.Add(Text(Left - 6, y + 15, row.Label, "end"));
            foreach (var (w, value) in row.Values.Index())
                marks.Add(HeatCell(Left + (w * step) + 1, y + 1, step - 2, Row - 2, value, text(value)));
        }
        return Figure(title, finding, Row * (rows.Count + 1) + 4, [], [.. marks]);
    }

    /// <summary>A small line of a figure's last weeks, the last one marked.</summary>
    public XElement Sparkline(string title, string finding, IReadOnlyList<double?> values)
    {
        var known = values.OfType<double>().ToList();
        var (least, most) = (known.Min(), known.Max());
        var points = values
            .Index()
            .Where(v => v.Item is not null)
            .Select(v =>
                (
                    X: 3 + (v.Index * 114.0 / Math.Max(values.Count - 1, 1)),
                    Y: most > least ? 21 - ((v.Item!.Value - least) / (most - least) * 18) : 12
                )
            )
            .ToList();
        return Picture(
            title,
            finding,
            (120, 24),
            Html.Of(
                "polyline",
                Html.Is("points", string.Join(' ', points.Select(p => $"{N(p.X)},{N(p.Y)}"))),
                Html.Is("fill", "none"),
                Html.Is("stroke", "currentColor"),
                Html.Is("stroke-width", "1.5")
            ),
            Html.Of("circle", Html.Is("cx", N(points[^1].X)), Html.Is("cy", N(points[^1].Y)), Html.Is("r", "2.5"))
        );
    }

    /// <summary>The fuller, the darker; a frame for what is over 100 %.</summary>
    private static XElement HeatCell(double x, double y, double width, double height, double? value, string text) =>
        Html.Of(
            "g",
            Html.Of(
                "rect",
                Html.Is("x", N(x)),
                Html.Is("y", N(y)),
                Html.Is("width", N(width)),
                Html.Is("height", N(height)),
                Html.Is("fill", value > 1 ? Colours[1] : Colours[0]),
                Html.Is("fill-opacity", Math.Round(Math.Clamp(value ?? 0, 0, 1) * 0.3, 2)),
                value > 1 ? Html.Is("stroke", "currentColor") : null
            ),
            Text(x + (width / 2), y + 14, value > 1 ? $"▲ {text}" : text, "middle")
        );

    /// <summary>Where many columns stand beside each other, their year is left out.</summary>
    private static string ShortWeek(string label) =>
        label.Length == 8 && label[4..6] == "-W" && int.TryParse(label[6..], CultureInfo.InvariantCulture, out _)
            ? label[5..]
            : label;
}
