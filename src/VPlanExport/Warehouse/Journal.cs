using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Package;

namespace VPlanExport.Warehouse;

/// <summary>The journal in <c>etl</c>: written in the load's own transaction, so that a run is there wholly or not at
/// all.</summary>
internal static class Journal
{
    /// <summary>The tables with rows of each run, besides <c>etl.load</c>.</summary>
    private static readonly string[] ByRun = ["drift", "certificate", "load_table", "run"];

    /// <summary>Asks for the right that <see cref="Forget"/> needs.</summary>
    public static string ForgetNothing =>
        string.Join("; ", ByRun.Append("\"load\"").Select(table => $"DELETE FROM etl.{table} WHERE 1 = 0"));

    public static bool Exists(WarehouseSession session) =>
        session.Number(
            "SELECT count(*) FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'etl' AND TABLE_NAME = 'load'"
        ) > 0;

    /// <summary>The tables that runs were loaded into.</summary>
    public static IReadOnlyList<string> Tables(WarehouseSession session) => Tables(session, Exists(session));

    /// <param name="isThere">Whether there is a journal.</param>
    public static IReadOnlyList<string> Tables(WarehouseSession session, bool isThere) =>
        isThere ? session.Rows("SELECT DISTINCT table_name FROM etl.load_table ORDER BY 1", r => r.GetString(0)) : [];

    public static long? LastSequence(WarehouseSession session) =>
        session.Number("SELECT max(sequence) FROM etl.\"load\"");

    /// <summary>Whose data the last run brought that says so; null when none does, as in the journal of an earlier
    /// version.</summary>
    public static VPlanEnvironment? Environment(WarehouseSession session) =>
        session.Number(
            "SELECT count(*) FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = 'etl' AND TABLE_NAME = 'run' "
                + "AND COLUMN_NAME = 'environment_id'"
        ) > 0
            ? session
                .Rows(
                    "SELECT environment_id, environment_name FROM etl.run WHERE sequence = "
                        + "(SELECT max(sequence) FROM etl.run WHERE environment_id IS NOT NULL)",
                    r => new VPlanEnvironment(r.GetString(0), r.IsDBNull(1) ? null : r.GetString(1))
                )
                .FirstOrDefault()
            : null;

    /// <summary>The counts of a run that was loaded before; null when it was not.</summary>
    public static LoadResult? Find(WarehouseSession session, string runId)
    {
        if (session.Rows("SELECT 1 FROM etl.\"load\" WHERE run_id = ?", _ => true, runId).Count == 0)
            return null;
        return new LoadResult(
            true,
            session.Rows(
                "SELECT table_name, staged, inserted, changed, unchanged, deleted, minutes, hours FROM "
                    + "etl.load_table WHERE run_id = ? ORDER BY position",
                r => new TableCounts(
                    r.GetString(0),
                    r.GetInt64(1),
                    r.GetInt64(2),
                    r.GetInt64(3),
                    r.GetInt64(4),
                    r.GetInt64(5)
                )
                {
                    Loaded = r.IsDBNull(6) ? null : new ControlTotals(r.GetInt64(1), r.GetInt64(6), r.GetDecimal(7)),
                },
                runId
            )
        );
    }

    public static void RefuseOlder(WarehouseSession session, ChangeSet changes)
    {
        if (LastSequence(session) is { } last && changes.Sequence <= last)
            throw new RefusedException(
                $"Run {changes.RunId} (number {changes.Sequence}) is not newer than the last one in the warehouse "
                    + $"(number {last}): loading it would put old rows over new ones. "
                    + "To include it, take the warehouse away and rebuild it with `vplan-export load --all`."
            );
    }

    /// <summary>Takes out the runs after a sequence.</summary>
    public static void Forget(WarehouseSession session, long sequence)
    {
        foreach (var table in ByRun)
            session.Execute(
                $"DELETE FROM etl.{table} WHERE run_id IN (SELECT run_id FROM etl.\"load\" WHERE sequence > ?)",
                sequence
            );
        session.Execute("DELETE FROM etl.\"load\" WHERE sequence > ?", sequence);
    }

    /// <param name="merges">By table.</param>
    /// <param name="began">When the load began, UTC.</param>
    /// <param name="loadedAt">Now, UTC.</param>
    public static void Write(
        WarehouseSession session,
        ChangeSet changes,
        RunReport log,
        IReadOnlyList<TableCounts> counts,
        Func<string, MergeSql> merges,
        DateTime began,
        DateTime loadedAt
    )
    {
        session.Execute(
            "INSERT INTO etl.run (run_id, sequence, kind, status, started_at, finished_at, requests, rejected_rows, "
                + "environment_id, environment_name, extract_seconds, transform_seconds, derive_seconds, "
                + "publish_seconds, load_seconds, backlog_hours, approval_hours) "
                + "SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                + $"COALESCE((SELECT {BacklogMeasures.BacklogHours.View}), 0), "
                + $"COALESCE((SELECT {TimeMeasures.HoursToApprove.View} WHERE status = 'pending'), 0)",
            changes.RunId,
            changes.Sequence,
            log.Kind,
            log.Status,
            log.StartedAt,
            log.FinishedAt,
            log.Requests,
            log.RejectedRows,
            changes.Environment?.Id,
            changes.Environment?.Name,
            log.Seconds.Extract,
            log.Seconds.Transform,
            log.Seconds.Derive,
            log.Seconds.Publish,
            (loadedAt - began).TotalSeconds
        );
        var byTable = counts.ToDictionary(t => t.Table);
        Insert(session, "etl.certificate", log.Certificates.Select(c => ValuesOf(changes.RunId, c, byTable)));
        Insert(
            session,
            "etl.drift",
            log.Drift.Select(d => new object?[] { changes.RunId, d.Entity, d.Property, d.Seen })
        );
        if (counts.Count > 0)
            session.Execute(
                "INSERT INTO etl.load_table "
                    + string.Join(
                        " UNION ALL ",
                        counts.Select(c =>
                            "SELECT ?, ?, ?, ?, ?, ?, ?, ?, count(*), ?, ? "
                            + $"FROM dw.{c.Table} WHERE {merges(c.Table).Live}"
                        )
                    ),
                [
                    .. counts
                        .Index()
                        .SelectMany(c =>
                            new object?[]
                            {
                                changes.RunId,
                                c.Item.Table,
                                c.Index,
                                c.Item.Staged,
                                c.Item.Inserted,
                                c.Item.Changed,
                                c.Item.Unchanged,
                                c.Item.Deleted,
                                c.Item.Loaded?.Minutes,
                                c.Item.Loaded?.Hours,
                            }
                        ),
                ]
            );
        session.Execute("INSERT INTO etl.\"load\" VALUES (?, ?, ?)", changes.RunId, changes.Sequence, loadedAt);
    }

    /// <summary>Neither engine takes more than some 2,000 values in a statement.</summary>
    private static void Insert(WarehouseSession session, string table, IEnumerable<object?[]> rows)
    {
        foreach (var some in rows.Chunk(50))
            session.Execute(
                $"INSERT INTO {table} VALUES "
                    + $"{string.Join(", ", some.Select(row => $"({string.Join(", ", row.Select(_ => "?"))})"))}",
                [.. some.SelectMany(row => row)]
            );
    }

    private static object?[] ValuesOf(string runId, EntityReport c, Dictionary<string, TableCounts> counts)
    {
        var (s, loaded) = (c.Stations, c.Stations?.Of(table => counts[table].Loaded ?? default));
        ControlTotals?[] way = [s?.Accepted, s?.Added, s?.Filed, loaded, loaded];
        return
        [
            runId,
            c.Entity,
            c.Expected,
            c.Seen,
            c.Reread,
            c.Vanished,
            c.WindowFrom,
            c.WindowTo,
            c.Watermark,
            c.Pages,
            c.Requests,
            c.UnavailableReason,
            s?.Landed,
            s?.Rejected,
            s?.Repeated,
            .. way.Select(t => (object?)t?.Rows),
            .. way.Select(t => (object?)t?.Minutes),
            .. way.Select(t => (object?)t?.Hours),
        ];
    }
}
