using System.Xml.Linq;

namespace VPlanExport.Report.Sections;

/// <summary>Section 1: the eight figures, each with a week ago and its last weeks.</summary>
internal static class FiguresSection
{
    public static XElement Of(Letter letter, IReadOnlyList<Figure> figures) =>
        letter.Section(
            "figures",
            letter.T("Figures", "Cijfers"),
            Html.Of("ul", Html.Is("class", "figures"), figures.Select(figure => Tile(letter, figure)))
        );

    private static XElement Tile(Letter letter, Figure figure)
    {
        var title = letter.T(figure.Title.English, figure.Title.Dutch);
        return Html.Of(
            "li",
            Html.Is("data-figure", figure.Name),
            Html.Is("data-value", Figure.Invariant(figure.Value)),
            figure.Planned is { } planned ? Html.Is("data-planned", Figure.Invariant(planned)) : null,
            Html.Of("span", Html.Is("class", "name"), title),
            " ",
            Html.Of("strong", figure.Text(figure.Value, letter.Words)),
            " ",
            Html.Of("span", Html.Is("class", "note"), Note(letter, figure)),
            figure.Weeks.OfType<double>().Any() ? Line(letter, title, figure) : null
        );
    }

    private static string Note(Letter letter, Figure figure)
    {
        var notes = new List<string>();
        if (figure.Next is { } next)
            notes.Add(letter.T("next week ", "volgende week ") + figure.Text(next, letter.Words));
        if (figure.Planned is { } planned)
            notes.Add(figure.Text(planned, letter.Words) + letter.T(" planned", " gepland"));
        if (figure.Before is { } before)
            notes.Add(letter.T("a week ago ", "een week eerder ") + figure.Text(before, letter.Words));
        return string.Join(", ", notes);
    }

    private static XElement Line(Letter letter, string title, Figure figure) =>
        letter.Charts.Sparkline(
            title,
            letter.T("The last 8 weeks: ", "De laatste 8 weken: ")
                + string.Join("; ", figure.Weeks.Select(week => figure.Text(week, letter.Words))),
            figure.Weeks
        );
}
