using System.Xml.Linq;

namespace VPlanExport.Report.Sections;

/// <summary>Section 11: what each figure means, and where the data is.</summary>
internal static class About
{
    public static XElement Of(
        Letter letter,
        IReadOnlyList<Figure> figures,
        string warehouse,
        string version,
        string? run
    ) =>
        letter.Section(
            "about",
            letter.T("What this is", "Wat dit is"),
            Html.Of(
                "dl",
                figures.Select(f =>
                    new[]
                    {
                        Html.Of("dt", letter.T(f.Title.English, f.Title.Dutch)),
                        Html.Of("dd", letter.T(f.Meaning.English, f.Meaning.Dutch)),
                    }
                )
            ),
            Letter.Paragraph(
                letter.T(
                    $"Days are days in {letter.Settings.TimeZone.Id}. What is planned on a day is an estimate: vPlan "
                        + "does not say it.",
                    $"Dagen zijn dagen in {letter.Settings.TimeZone.Id}. Wat op een dag gepland is, is een schatting: "
                        + "vPlan zegt het niet."
                )
            ),
            Letter.Paragraph(
                letter.T(
                    $"VPlanExport {version}, run {run ?? Words.Nothing}. Warehouse: ",
                    $"VPlanExport {version}, run {run ?? Words.Nothing}. Warehouse: "
                ),
                Html.Of("code", warehouse),
                letter.T(". Lake: ", ". Lake: "),
                Html.Of("code", letter.Settings.Lake.Location.ToString()),
                "."
            )
        );
}
