using System.Data.Common;

namespace VPlanExport.Report;

/// <summary>What <c>bi.freshness</c> proves of a table.</summary>
internal sealed record TableProof(
    string Table,
    string Entities,
    string LastRun,
    DateTime? Watermark,
    long? Expected,
    long? Seen,
    long? Landed,
    long? Accepted,
    long? Rejected,
    long? Repeated,
    long? Minutes,
    string Refused
)
{
    private const string Query =
        "SELECT table_name, entity, last_run_id, watermark, expected, seen, landed, accepted, rejected, repeated, "
        + "minutes, unavailable_reason FROM bi.freshness ORDER BY position";

    /// <summary>vPlan's count is what was seen, and every record that was landed has an end.</summary>
    public bool IsBalanced =>
        (Expected is null || Expected == Seen) && (Landed is null || Landed == Accepted + Rejected + Repeated);

    public static List<TableProof> Read(Questions ask) => ask.Rows(Query, Of);

    private static TableProof Of(DbDataReader row) =>
        new(
            Questions.Text(row, 0),
            Questions.Text(row, 1),
            Questions.Text(row, 2),
            Questions.Moment(row, 3),
            Whole(row, 4),
            Whole(row, 5),
            Whole(row, 6),
            Whole(row, 7),
            Whole(row, 8),
            Whole(row, 9),
            Whole(row, 10),
            Questions.Text(row, 11)
        );

    private static long? Whole(DbDataReader row, int column) => (long?)Questions.Number(row, column);
}
