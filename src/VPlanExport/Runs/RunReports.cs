using VPlanExport.Entities;
using VPlanExport.Package;

namespace VPlanExport.Runs;

/// <summary>What the warehouse's journal keeps of a run.</summary>
internal static class RunReports
{
    public static RunReport Of(RunManifest manifest) =>
        Of(manifest.Request, manifest.StartedAt, manifest.FinishedAt, manifest.Extracts, manifest.Rows);

    public static RunReport Of(
        RunRequest request,
        DateTime startedAt,
        DateTime finishedAt,
        IReadOnlyDictionary<string, LandedEntity> extracts,
        TransformResult rows
    ) =>
        new(
            request.Kind.ToString().ToLowerInvariant(),
            extracts.Values.Any(e => e.Unavailable is not null) ? "partial" : "ok",
            startedAt,
            finishedAt,
            extracts.Values.Sum(e => e.Requests) + request.OwnRequests,
            rows.RejectsByTable.Values.Sum(),
            [
                .. extracts
                    .Values.Where(e => e.Window is not Window.Held)
                    .Select(e =>
                        Certificate(e, !request.MovesWatermarks || e.Unavailable is not null ? null : startedAt) with
                        {
                            Stations = StationsOf(e, rows),
                        }
                    ),
            ],
            DriftOf(rows)
        )
        {
            Seconds = rows.Seconds,
        };

    /// <summary>What came and is not exported, the most frequent first.</summary>
    public static IReadOnlyList<DriftReport> DriftOf(TransformResult rows) =>
        [
            .. rows
                .UnknownProperties.Select(p => (Name: p.Key.Split('.', 2), Seen: p.Value))
                .Select(p => new DriftReport(p.Name[0], p.Name[1], p.Seen))
                .OrderByDescending(d => d.Seen)
                .ThenBy(d => d.Property, StringComparer.Ordinal),
        ];

    private static EntityReport Certificate(LandedEntity extract, DateTime? watermark) =>
        new(
            extract.Entity,
            extract.Certificate?.Expected,
            extract.Certificate?.Seen ?? extract.Rows,
            extract.Certificate?.Reread ?? 0,
            extract.Certificate?.Vanished ?? 0,
            extract.Window switch
            {
                Window.Since since => since.Utc,
                Window.Range range => range.From.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
                _ => null,
            },
            extract.Window is Window.Range { To: var to } ? to.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc) : null,
            watermark,
            extract.Pages.Count,
            extract.Requests,
            extract.Unavailable
        );

    /// <summary>Null where the entity was not read, or by an earlier version.</summary>
    public static EntityControlTotals? StationsOf(LandedEntity extract, TransformResult rows)
    {
        var entity = Catalog.Named(extract.Entity);
        if (extract.Unavailable is not null || !rows.Stations.TryGetValue(entity.Main.Name, out var main))
            return null;
        var balance = EntityReconciliation.Of(extract, rows);
        var stations = new EntityControlTotals(
            [.. entity.Tables.Select(t => t.Name)],
            balance.Landed,
            balance.Rejected,
            balance.Repeated + main.Repeated.Rows,
            default,
            default,
            default
        );
        return stations with
        {
            Accepted = stations.Of(table => rows.Stations[table].Read),
            Added = stations.Of(table => rows.Stations[table].Added),
            Filed = stations.Of(table => rows.Stations[table].Filed),
        };
    }
}
