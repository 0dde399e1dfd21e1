namespace VPlanExport.Loaders.Warehouse;

/// <summary>What the journal keeps of a run besides its id and sequence. Times are UTC.</summary>
/// <param name="Kind">Such as <c>full</c>, <c>incremental</c> or <c>backfill</c>.</param>
/// <param name="Requests">Requests sent to vPlan.</param>
/// <param name="RejectedRows">Rows that broke the row contract and were set aside.</param>
/// <param name="Status">Such as <c>ok</c> or <c>partial</c>.</param>
/// <param name="Drift">What vPlan sent that is not exported.</param>
public sealed record LoadLog(
    string Kind,
    string Status,
    DateTime StartedAt,
    DateTime FinishedAt,
    long Requests,
    long RejectedRows,
    IReadOnlyList<LoadCertificate> Certificates,
    IReadOnlyList<LoadDrift> Drift);

/// <summary>The proof that an entity was read in full. Times are UTC.</summary>
/// <param name="Expected">The API's count.</param>
/// <param name="Seen">Distinct ids read.</param>
/// <param name="Reread">Records that came more than once.</param>
/// <param name="Vanished">Ids read that the count no longer has.</param>
/// <param name="WindowFrom">Start of what was asked for; null for everything.</param>
/// <param name="Watermark">Where the next incremental read starts; null when this run did not move it.</param>
/// <param name="UnavailableReason">Why the entity could not be read; null when it was.</param>
public sealed record LoadCertificate(
    string Entity,
    long? Expected,
    long Seen,
    long Reread,
    long Vanished,
    DateTime? WindowFrom,
    DateTime? WindowTo,
    DateTime? Watermark,
    int Pages,
    int Requests,
    string? UnavailableReason);

/// <summary>A property of an entity's records that the catalog does not know.</summary>
/// <param name="Property">Its place in the record, such as <c>labels[].weight</c>.</param>
/// <param name="Seen">How often it came.</param>
public sealed record LoadDrift(string Entity, string Property, long Seen);
