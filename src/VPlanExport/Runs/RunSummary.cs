using System.Globalization;
using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Package;

namespace VPlanExport.Runs;

/// <summary>What happened to one table.</summary>
/// <param name="Read">Rows that vPlan sent and that were accepted; members made up for what is only referred to are not
/// counted.</param>
/// <param name="Written">Rows that were new.</param>
/// <param name="Changed">Rows that differed from what was there.</param>
/// <param name="Deleted">Rows marked as deleted.</param>
/// <param name="Rejected">Rows in rejects.csv.</param>
internal sealed record TableSummary(string Table, long Read, long Written, long Changed, long Deleted, long Rejected);

/// <param name="Certificate">Such as <c>4,812 of 4,812 cards, 2 re-read</c>, or why the entity is unavailable.</param>
internal sealed record EntitySummary(
    string Entity,
    string Window,
    string Certificate,
    int Pages,
    long Rows,
    int Requests
);

/// <summary>What a run did: shown after it, and <c>summary.json</c> in its folder.</summary>
/// <param name="Seconds">From start to commit, in the process that committed it.</param>
internal sealed record RunSummary(
    string RunId,
    string Request,
    DateTime StartedAt,
    double Seconds,
    int Requests,
    int RequestsLeftToday,
    IReadOnlyList<EntitySummary> Entities,
    IReadOnlyList<TableSummary> Tables,
    IReadOnlyList<string> Warnings
)
{
    private const int PropertiesTold = 10;

    /// <summary>Why the warehouse does not hold the run yet, and what to do; null when it does.</summary>
    public string? Behind { get; init; }

    /// <param name="away">Why the warehouse was left out; null when it was not.</param>
    internal static string? BehindOf(ExportException? away) =>
        away is null
            ? null
            : $"The lake holds the run, and the warehouse is behind: {away.Message} "
                + "The warehouse catches up at the next run, or with: vplan-export load";

    /// <param name="warnings">Said while it ran; those that its data tells are added.</param>
    public static RunSummary Of(
        RunManifest manifest,
        TimeSpan took,
        int requestsLeft,
        IReadOnlyList<string> warnings
    ) =>
        new(
            manifest.RunId,
            manifest.Request.ToString(),
            manifest.StartedAt,
            Math.Round(took.TotalSeconds, 1),
            manifest.Requests,
            requestsLeft,
            [
                .. manifest.Extracts.Values.Select(e => new EntitySummary(
                    e.Entity,
                    e.Window.ToString()!,
                    CertificateOf(e),
                    e.Pages.Count,
                    e.Rows,
                    e.Requests
                )),
            ],
            [.. manifest.Rows.Tables.Select(t => TableOf(manifest, Catalog.Table(t.Table), t.Rows))],
            [.. warnings, .. manifest.Extracts.Values.SelectMany(WarningsOf), .. WarningsOf(manifest.Rows)]
        );

    /// <summary>Such as <c>48 of 48 cards, 2 re-read; 4,812 of 4,812 ids swept</c>.</summary>
    public static string CertificateOf(LandedEntity extract) =>
        extract switch
        {
            { Unavailable: { } reason } => reason,
            { Window: Window.Held } => "as landed, which proves nothing",
            { Certificate: { } certificate } => certificate.Text(Plural(extract.Entity)),
            { Parents: { } lists } => $"{lists.Count} lists, which vPlan does not count",
            _ => "not read",
        }
        + (
            extract.Swept is { } swept
                ? FormattableString.Invariant($"; {swept.Seen:N0} of {swept.Expected:N0} ids swept")
                : ""
        );

    private static TableSummary TableOf(RunManifest manifest, Table table, long rows)
    {
        var counts = manifest.Warehouse.Tables.FirstOrDefault(t => t.Table == table.Name);
        return new TableSummary(
            table.Name,
            ReadOf(manifest, table, rows),
            counts?.Inserted ?? 0,
            counts?.Changed ?? 0,
            counts?.Deleted ?? 0,
            manifest.Rows.RejectsByTable.GetValueOrDefault(table.Name)
        );
    }

    /// <summary>Accepted records on a table with a row per record; on a nested one its rows, without the unknown member
    /// of a dimension.</summary>
    private static long ReadOf(RunManifest manifest, Table table, long rows)
    {
        var read = Catalog
            .All.Where(e => e.Tables.Any(t => t.Name == table.Name) && manifest.Rows.Entities.ContainsKey(e.Name))
            .ToList();
        if (read.Count == 0)
            return 0;
        return table.IsNested
            ? rows - (table.Kind == TableKind.Dimension ? 1 : 0)
            : manifest.Rows.Entities[read.Single().Name].Accepted;
    }

    private static IEnumerable<string> WarningsOf(LandedEntity extract)
    {
        if (extract.Unavailable is { } reason)
            yield return $"{extract.Entity} is unavailable: {reason}";
        foreach (var warning in extract.Warnings)
            yield return $"{extract.Entity}: {warning}";
    }

    private static IEnumerable<string> WarningsOf(TransformResult rows)
    {
        var rejected = rows.RejectsByTable.Values.Sum();
        if (rejected > 0)
            yield return rejected == 1
                ? "1 row was rejected. It is in the quarantine: vplan-export rejects list"
                : FormattableString.Invariant(
                    $"{rejected:N0} rows were rejected. They are in the quarantine: vplan-export rejects list"
                );
        foreach (
            var drift in RunReports.DriftOf(rows).GroupBy(d => d.Entity).OrderBy(g => g.Key, StringComparer.Ordinal)
        )
            yield return DriftOf(drift.Key, [.. drift]);
        foreach (var (column, count) in rows.CutTexts)
            yield return FormattableString.Invariant($"{count:N0} texts were longer than {column} and were cut.");
        foreach (var (table, ids) in rows.SimilarIds)
            yield return $"Ids of {table} differ only by case ({ids}). They are two rows here, and one where SQL "
                + "Server and Power BI compare ids: correct them in vPlan.";
    }

    private static string DriftOf(string entity, IReadOnlyList<DriftReport> properties)
    {
        var told = string.Join(
            ", ",
            properties.Take(PropertiesTold).Select(p => FormattableString.Invariant($"{p.Property} ({p.Seen:N0})"))
        );
        var rest =
            properties.Count > PropertiesTold ? $" and {properties.Count - PropertiesTold} more, see etl.drift" : "";
        var are =
            properties.Count == 1
                ? "1 property of vPlan's answers is"
                : $"{properties.Count} properties of vPlan's answers are";
        return $"{entity}: {are} not exported: {told}{rest}";
    }

    internal static string Plural(string entity) =>
        entity switch
        {
            "activity" => "activities",
            "time_tracking" => "time entries",
            "stage_capacity" => "stage capacities",
            _ => entity.Replace('_', ' ') + "s",
        };
}
