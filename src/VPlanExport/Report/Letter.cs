using System.Globalization;
using System.Xml.Linq;
using VPlanExport.Configuration;
using VPlanExport.Report.Drawing;

namespace VPlanExport.Report;

/// <param name="AsOf">The day that the report is of.</param>
/// <param name="ShowsPeople">Sections by person are part of it.</param>
internal sealed record ReportOptions(DateOnly AsOf, bool IsDutch, bool ShowsPeople);

/// <summary>What every section is made with: the questions it may ask, the day, the words, and names that are used
/// once.</summary>
/// <param name="Now">UTC.</param>
internal sealed record Letter(Questions Ask, ReportOptions Options, Settings Settings, DateTime Now)
{
    private readonly HashSet<string> _taken = [];

    public Words Words { get; } = new(Options.IsDutch);

    public Period Period { get; } = new(Options.AsOf);

    /// <summary>Names of people may be shown one by one: they are as vPlan has them.</summary>
    public bool ShowsNames => Options.ShowsPeople && Settings.PersonalData.Mode == Extract.PersonalDataMode.Keep;

    /// <summary>By entity that vPlan refused: the reason.</summary>
    public required IReadOnlyDictionary<string, string> Refused { get; init; }

    public string T(string english, string dutch) => Words.Of(english, dutch);

    /// <summary>An id that no other element has.</summary>
    public string Id(string wish)
    {
        var id = wish;
        for (var i = 2; !_taken.Add(id); i++)
            id = string.Create(CultureInfo.InvariantCulture, $"{wish}-{i}");
        return id;
    }

    public Charts Charts => new(Id);

    public XElement Section(string id, string heading, params object?[] content)
    {
        var title = Id($"{id}-title");
        return Html.Of(
            "section",
            Html.Is("id", Id(id)),
            Html.Is("aria-labelledby", title),
            Html.Of("h2", Html.Is("id", title), heading),
            content
        );
    }

    public static XElement Paragraph(params object?[] content) => Html.Of("p", content);

    /// <summary>What vPlan refuses, where a section needs it; null where it has all.</summary>
    public XElement? Missing(string entity) =>
        Refused.TryGetValue(entity, out var reason)
            ? Html.Of(
                "p",
                Html.Is("class", "note"),
                T($"vPlan gives no {entity}: ", $"vPlan geeft geen {entity}: "),
                Html.Name(reason)
            )
            : null;

    /// <summary>How all rows of a list are asked for.</summary>
    public XElement? LeftOut(int rows, string sql) =>
        rows <= 0
            ? null
            : Html.Of(
                "p",
                Html.Is("class", "note"),
                T($"{Words.Count(rows)} more are not shown. All: ", $"Nog {Words.Count(rows)} niet getoond. Alle: "),
                Html.Of("code", $"vplan-export query \"{sql}\"")
            );

    /// <param name="headings">One that begins with &gt; is of numbers.</param>
    public XElement Table(string caption, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<object?>> rows) =>
        Html.Of(
            "div",
            Html.Is("class", "wide"),
            Html.Is("tabindex", "0"),
            Html.Is("role", "region"),
            Html.Is("aria-label", caption),
            Html.Of(
                "table",
                Html.Of("caption", caption),
                Html.Of("thead", Html.Of("tr", headings.Select(h => Heading(h.TrimStart('>'), h[0] == '>', "col")))),
                Html.Of("tbody", rows.Select(row => Html.Of("tr", row.Select((cell, i) => Cell(cell, headings[i], i)))))
            )
        );

    /// <summary>A table that is folded: what matters of it is in a chart.</summary>
    public XElement Numbers(string caption, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<object?>> rows) =>
        Html.Of("details", Html.Of("summary", caption), Table(caption, headings, rows));

    /// <summary>The numbers of columns that stand side by side by week.</summary>
    public XElement NumbersByWeek(string caption, IReadOnlyList<string> series, IReadOnlyList<Bar> weeks) =>
        Numbers(
            caption,
            [T("Week", "Week"), .. series.Select(s => $">{s}")],
            weeks.Select(w => (object?[])[w.Label, .. w.Values.Select(Words.Number)])
        );

    private static XElement Cell(object? content, string heading, int column) =>
        column == 0
            ? Heading(content, false, "row")
            : Html.Of("td", heading[0] == '>' ? Html.Is("class", "n") : null, content);

    private static XElement Heading(object? content, bool isNumber, string scope) =>
        Html.Of("th", Html.Is("scope", scope), isNumber ? Html.Is("class", "n") : null, content);
}
