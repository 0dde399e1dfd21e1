using System.Xml.Linq;

namespace VPlanExport.Report;

/// <summary>The page around the sections: head, navigation, verdict.</summary>
/// <param name="Environment">Its name.</param>
internal sealed record Page(Words Words, Period Period, string Environment, string Version)
{
    private const string Main = "main";

    public string Make(ReportVerdict verdict, VerdictText text, IReadOnlyList<XElement> sections) =>
        Html.Document(
            Html.Of(
                "html",
                Html.Is("lang", Words.Language),
                Head(verdict),
                Html.Of(
                    "body",
                    Html.Of(
                        "header",
                        Html.Of(
                            "a",
                            Html.Is("class", "skip"),
                            Html.Is("href", $"#{Main}"),
                            Words.Of("To the verdict", "Naar het oordeel")
                        ),
                        Html.Of("h1", "vPlan ", Html.Name(Environment), $", {Words.WeekDay(Period.Day)}"),
                        Navigation(sections)
                    ),
                    Html.Of("main", Html.Is("id", Main), Verdict(verdict, text), Screen(sections), sections.Skip(2)),
                    Html.Of("footer", Html.Of("p", $"VPlanExport {Version}"))
                )
            )
        );

    private XElement Head(ReportVerdict verdict) =>
        Html.Of(
            "head",
            Html.Of("meta", Html.Is("charset", "utf-8")),
            Html.Of("meta", Html.Is("http-equiv", "Content-Security-Policy"), Html.Is("content", Style.Policy)),
            Meta("viewport", "width=device-width, initial-scale=1"),
            Meta("color-scheme", "light dark"),
            Meta("robots", "noindex"),
            Meta("generator", $"VPlanExport {Version}"),
            Html.Of("link", Html.Is("rel", "icon"), Html.Is("href", "data:,")),
            Html.Of(
                "title",
                $"vPlan {Environment}, {Words.WeekDay(Period.Day)}: {verdict.Word(Words).ToLowerInvariant()}"
            ),
            Html.Of("style", Style.Sheet)
        );

    private static XElement Meta(string name, string content) =>
        Html.Of("meta", Html.Is("name", name), Html.Is("content", content));

    private XElement? Navigation(IReadOnlyList<XElement> sections) =>
        sections.Count == 0
            ? null
            : Html.Of(
                "nav",
                Html.Is("aria-label", Words.Of("Sections", "Onderdelen")),
                Html.Of(
                    "ul",
                    sections.Select(s =>
                        Html.Of(
                            "li",
                            Html.Of("a", Html.Is("href", $"#{s.Attribute("id")!.Value}"), s.Element("h2")!.Value)
                        )
                    )
                )
            );

    /// <summary>What is seen without scrolling: the figures, and beside them what needs someone.</summary>
    private static XElement? Screen(IReadOnlyList<XElement> sections) =>
        sections.Count == 0 ? null : Html.Of("div", Html.Is("class", "first"), sections.Take(2));

    private static IEnumerable<XElement> Verdict(ReportVerdict verdict, VerdictText text)
    {
        var sentences = text.Sentences.ToList();
        yield return Html.Of(
            "p",
            Html.Is("class", $"verdict {ClassOf(verdict.State)}"),
            Icon(verdict.State),
            sentences[0]
        );
        foreach (var sentence in sentences.Skip(1))
            yield return Html.Of("p", sentence);
    }

    private static string ClassOf(ReportState state) =>
        state switch
        {
            ReportState.Complete => "complete",
            ReportState.Stale => "stale",
            ReportState.Failed => "failed",
            ReportState.NoRunYet => "no-run-yet",
        };

    /// <summary>A hook, a clock, a cross or a circle: the word beside it says the same.</summary>
    private static XElement Icon(ReportState state) =>
        Html.Of(
            "svg",
            Html.Is("aria-hidden", "true"),
            Html.Is("viewBox", "0 0 20 20"),
            Html.Is("width", 20),
            Html.Is("height", 20),
            Html.Of(
                "path",
                Html.Is(
                    "d",
                    state switch
                    {
                        ReportState.Complete => "M3 10l5 6L17 4",
                        ReportState.Stale => "M10 2a8 8 0 1 0 .1 0M10 5v5l4 3",
                        ReportState.Failed => "M4 4l12 12M16 4L4 16",
                        ReportState.NoRunYet => "M10 2a8 8 0 1 0 .1 0",
                    }
                ),
                Html.Is("fill", "none"),
                Html.Is("stroke", "currentColor"),
                Html.Is("stroke-width", 3)
            )
        );
}
