using System.Reflection;
using System.Xml.Linq;
using VPlanExport.Configuration;
using VPlanExport.Report.Sections;
using VPlanExport.Warehouse;

namespace VPlanExport.Report;

/// <summary>The report of a night: one HTML file, made of what the warehouse holds and of the verdict.</summary>
/// <param name="Now">UTC.</param>
internal sealed record NightReport(Settings Settings, ReportOptions Options, ReportVerdict Verdict, DateTime Now)
{
    private static string Version => Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "";

    /// <summary>The report with every section, and the figures in it.</summary>
    public (string Html, IReadOnlyList<Figure> Figures) Of(WarehouseSession session, string warehouse)
    {
        var ask = new Questions(session, Settings.Warehouse.Kind);
        var tables = TableProof.Read(ask);
        var letter = new Letter(ask, Options, Settings, Now)
        {
            Refused = tables
                .Where(t => t.Refused != "")
                .SelectMany(t => t.Entities.Split(", ").Select(entity => (entity, t.Refused)))
                .DistinctBy(r => r.entity)
                .ToDictionary(r => r.entity, r => r.Refused),
        };
        var figures = Figures.Read(ask, letter.Period, Settings.TimeZone, tables);
        return (Make(Environment(ask), tables, Sections(letter, tables, figures, warehouse)), figures);
    }

    /// <summary>The verdict alone, where there is no data to show.</summary>
    public string WithoutData() => Make(Settings.VPlan.ApiEnv, [], []);

    /// <summary>The verdict of a night whose settings cannot be read: times are UTC.</summary>
    public static string WithoutSettings(NightFailure failure, DateTime now)
    {
        var words = new Words(isDutch: false);
        var verdict = new ReportVerdict(ReportState.Failed, null, failure);
        return new Page(words, new Period(DateOnly.FromDateTime(now)), "", Version).Make(
            verdict,
            new VerdictText(verdict, [], words, TimeZoneInfo.Utc, now),
            []
        );
    }

    private string Make(string environment, IReadOnlyList<TableProof> tables, IReadOnlyList<XElement> sections)
    {
        var words = new Words(Options.IsDutch);
        var verdict = Verdict.With(tables, words);
        return new Page(words, new Period(Options.AsOf), environment, Version).Make(
            verdict,
            new VerdictText(verdict, tables, words, Settings.TimeZone, Now),
            sections
        );
    }

    private IReadOnlyList<XElement> Sections(
        Letter letter,
        IReadOnlyList<TableProof> tables,
        IReadOnlyList<Figure> figures,
        string warehouse
    ) =>
        [
            FiguresSection.Of(letter, figures),
            NeedsYou.Of(letter),
            Utilisation.Of(letter),
            StageLoad.Of(letter),
            PlannedAgainstActual.Of(letter),
            Deliveries.Of(letter),
            Flow.Of(letter),
            PlanChanges.Of(letter),
            Approval.Of(letter),
            Certificate.Of(letter, tables),
            About.Of(letter, figures, warehouse, Version, Verdict.Good?.Id),
        ];

    private string Environment(Questions ask) =>
        ask.First(
                1,
                "SELECT coalesce(environment_name, environment_id) FROM etl.run ORDER BY sequence DESC",
                row => Questions.Text(row, 0)
            )
            .FirstOrDefault(name => name != "")
        ?? Settings.VPlan.ApiEnv;
}
