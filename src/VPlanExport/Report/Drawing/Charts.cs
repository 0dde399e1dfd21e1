using System.Globalization;
using System.Xml.Linq;

namespace VPlanExport.Report.Drawing;

/// <summary>One value of each series, at one place of the axis.</summary>
internal sealed record Bar(string Label, params IReadOnlyList<double?> Values)
{
    /// <summary>Within which the first value is right; null where nothing says so.</summary>
    public (double From, double To)? Band { get; init; }
}

/// <summary>
/// Pictures as SVG that need neither script nor style: geometry and colours are attributes, and every mark says its
/// value.
/// </summary>
internal sealed partial class Charts(Func<string, string> id)
{
    private const int Width = 640;
    private const int LongestLabel = 24;

    /// <summary>Colours of Okabe and Ito that have a contrast of 3:1 on white and on the dark ground.</summary>
    private static readonly string[] Colours = ["#0072B2", "#D55E00", "#009E73", "#CC79A7"];

    /// <summary>A drawing with its title, the sentence that it shows, and its legend.</summary>
    private XElement Figure(string title, string finding, int height, IReadOnlyList<string> series, XElement[] marks)
    {
        var top = series.Count > 1 ? 22 : 0;
        return Html.Of(
            "figure",
            Picture(
                title,
                finding,
                (Width, height + top),
                series.Count > 1 ? Legend(series) : null,
                top == 0 ? marks : Html.Of("g", Html.Is("transform", $"translate(0 {top})"), marks)
            ),
            Html.Of("figcaption", Html.Of("strong", title), " ", finding)
        );
    }

    private XElement Picture(string title, string finding, (int Width, int Height) size, params object?[] marks)
    {
        var (name, text) = (id("t"), id("d"));
        return Html.Of(
            "svg",
            Html.Is("role", "img"),
            Html.Is("aria-labelledby", $"{name} {text}"),
            Html.Is("viewBox", $"0 0 {N(size.Width)} {N(size.Height)}"),
            Html.Is("width", size.Width),
            Html.Is("height", size.Height),
            Html.Is("font-family", "system-ui, sans-serif"),
            Html.Is("font-size", 12),
            Html.Is("fill", "currentColor"),
            Html.Of("title", Html.Is("id", name), title),
            Html.Of("desc", Html.Is("id", text), finding),
            marks
        );
    }

    private static XElement Legend(IReadOnlyList<string> series) =>
        Html.Of(
            "g",
            series.Select(
                (name, i) => new[] { Rect(150 * i, 2, 12, 12, i, name), Text((150 * i) + 18, 12, name, "start") }
            )
        );

    /// <summary>Series are told apart by their outline too, not by colour alone.</summary>
    private static XElement Rect(double x, double y, double width, double height, int series, string says) =>
        Html.Of(
            "rect",
            Html.Is("x", N(x)),
            Html.Is("y", N(y)),
            Html.Is("width", N(Math.Max(width, 0))),
            Html.Is("height", N(Math.Max(height, 0))),
            Html.Is("fill", Colours[series % Colours.Length]),
            series == 0 ? null : Html.Is("stroke", "currentColor"),
            series < 2 ? null : Html.Is("stroke-dasharray", series == 2 ? "4 2" : "1 2"),
            Html.Of("title", says)
        );

    private static XElement Line(double x1, double y1, double x2, double y2, double width = 1) =>
        Html.Of(
            "line",
            Html.Is("x1", N(x1)),
            Html.Is("y1", N(y1)),
            Html.Is("x2", N(x2)),
            Html.Is("y2", N(y2)),
            Html.Is("stroke", "currentColor"),
            Html.Is("stroke-width", N(width))
        );

    /// <param name="anchor">start, middle or end.</param>
    private static XElement Text(double x, double y, string text, string anchor) =>
        Html.Of("text", Html.Is("x", N(x)), Html.Is("y", N(y)), Html.Is("text-anchor", anchor), Short(text));

    /// <summary>Cut between two characters as people see them.</summary>
    private static string Short(string text)
    {
        var characters = new StringInfo(text);
        return characters.LengthInTextElements <= LongestLabel
            ? text
            : $"{characters.SubstringByTextElements(0, LongestLabel - 1)}…";
    }

    private static string N(double value) => Math.Round(value, 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>A round number that is at least the largest value.</summary>
    private static double Ceiling(IEnumerable<double?> values)
    {
        var largest = values.Max() ?? 0;
        if (largest <= 0)
            return 1;
        var unit = Math.Pow(10, Math.Floor(Math.Log10(largest)));
        return new[] { 1, 2, 2.5, 5, 10 }.First(step => step * unit >= largest * 0.9999) * unit;
    }
}
