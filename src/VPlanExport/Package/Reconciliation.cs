using System.Globalization;
using VPlanExport.Entities;
using VPlanExport.Model;

namespace VPlanExport.Package;

/// <summary>
/// The proof that nothing was lost on the way from vPlan to the warehouse: what each stage holds, by entity and by
/// table. It is <c>certificate.json</c> in the run's folder, and gates publishing: what does not balance goes no
/// further.
/// </summary>
internal sealed record Reconciliation(
    string RunId,
    IReadOnlyList<EntityReconciliation> Entities,
    IReadOnlyList<TableReconciliation> Tables
)
{
    public const string File = "certificate.json";

    /// <summary>What was lost or made between two stages, one line each; empty when everything balances.</summary>
    public IReadOnlyList<string> Losses => [.. Entities.SelectMany(e => e.Losses), .. Tables.SelectMany(t => t.Losses)];

    /// <param name="rows">Those of an earlier version have no stages, so nothing is said of them.</param>
    /// <param name="load">What the warehouse was given; null before the load.</param>
    public static Reconciliation Of(
        string runId,
        IReadOnlyDictionary<string, LandedEntity> extracts,
        TransformResult rows,
        LoadResult? load
    ) =>
        new(
            runId,
            [
                .. extracts
                    .Values.Where(e =>
                        e.Unavailable is null && rows.Stations.ContainsKey(Catalog.Named(e.Entity).Main.Name)
                    )
                    .Select(e => EntityReconciliation.Of(e, rows)),
            ],
            [
                .. rows
                    .Tables.Where(t => rows.Stations.ContainsKey(t.Table))
                    .Select(t => TableReconciliation.Of(t.Table, rows.Stations[t.Table], load)),
            ]
        );

    /// <exception cref="ReconciliationException">Something was lost; each line is told.</exception>
    public void Ensure()
    {
        if (Losses is not { Count: > 0 } losses)
            return;
        throw new ReconciliationException(
            $"Run {RunId} does not balance, so nothing of it is published: {string.Join("; ", losses)}. "
                + "What was read is kept: start again, and the run goes on from there. If the same is lost "
                + $"again, report it with the run's folder ({File})."
        );
    }
}

/// <summary>An entity's records, from vPlan's count to what the transformer made of them.</summary>
/// <param name="Expected">vPlan's count; null where it does not count.</param>
/// <param name="Seen">Distinct ids read; null where vPlan does not count.</param>
/// <param name="Landed">Records on the landed pages, as they were counted when they came.</param>
/// <param name="Parsed">Records that the transformer found on the pages.</param>
/// <param name="Repeated">Records left out because a later page, or another record, holds them again.</param>
/// <param name="Tables">Rows that the entity's tables of records were given.</param>
internal sealed record EntityReconciliation(
    string Entity,
    long? Expected,
    long? Seen,
    long Reread,
    long Landed,
    long Parsed,
    long Accepted,
    long Rejected,
    long Repeated,
    IReadOnlyDictionary<string, long> Tables
)
{
    public static EntityReconciliation Of(LandedEntity extract, TransformResult rows)
    {
        var entity = Catalog.Named(extract.Entity);
        var counts = rows.Entities[extract.Entity];
        return new EntityReconciliation(
            extract.Entity,
            extract.Certificate?.Expected,
            extract.Certificate?.Seen,
            extract.Certificate?.Reread ?? 0,
            entity.Endpoint.Unnest is null ? extract.Rows : counts.Records,
            counts.Records,
            counts.Accepted,
            counts.Rejected,
            counts.Superseded,
            entity.Tables.Where(t => !t.IsNested).ToDictionary(t => t.Name, t => rows.Stations[t.Name].Parsed.Rows)
        );
    }

    public IEnumerable<string> Losses =>
        [
            .. Unless(Expected is null || Seen >= Expected, "vPlan counts", Expected ?? 0, "ids seen", Seen ?? 0),
            .. Unless(
                Seen is null || Seen + Reread == Landed,
                "ids seen and re-read",
                Seen + Reread ?? 0,
                "rows landed",
                Landed
            ),
            .. Unless(Landed == Parsed, "rows landed", Landed, "rows on the pages", Parsed),
            .. Unless(
                Parsed == Accepted + Rejected + Repeated,
                "rows on the pages",
                Parsed,
                "accepted, rejected and repeated",
                Accepted + Rejected + Repeated
            ),
            .. Tables.SelectMany(table =>
                Unless(table.Value == Accepted, "accepted", Accepted, $"rows of {table.Key}", table.Value)
            ),
        ];

    private IEnumerable<string> Unless(bool balances, string before, long there, string after, long here) =>
        balances
            ? []
            :
            [
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Entity}: {before} {there:N0}, {after} {here:N0}, "
                        + $"{(here < there ? $"{there - here:N0} lost" : $"{here - there:N0} too many")}"
                ),
            ];
}

/// <summary>A table's rows, minutes and hours, from the landed pages to the warehouse.</summary>
/// <param name="Staged">In <c>stg</c>; null before the load.</param>
/// <param name="Merged">In <c>dw</c>, of the rows that were staged; null before the load.</param>
internal sealed record TableReconciliation(string Table, TableTotals Way, ControlTotals? Staged, ControlTotals? Merged)
{
    public static TableReconciliation Of(string table, TableTotals way, LoadResult? load) =>
        load?.Tables.FirstOrDefault(t => t.Table == table) is { } counts
            ? new(table, way, counts.Loaded, counts.Loaded)
            : new(table, way, null, null);

    public IEnumerable<string> Losses =>
        [
            .. Unless(
                Way.Parsed == Way.Repeated + Way.Read,
                "on the landed pages",
                Way.Parsed - Way.Repeated,
                "given to the row files",
                Way.Read
            ),
            .. Unless(
                Way.Read + Way.Added == Way.Filed,
                "given to the row files",
                Way.Read + Way.Added,
                "read back from them",
                Way.Filed
            ),
        ];

    private IEnumerable<string> Unless(
        bool balances,
        string before,
        ControlTotals there,
        string after,
        ControlTotals here
    ) => balances ? [] : [$"{Table}: {before} {there}, {after} {here}"];
}
