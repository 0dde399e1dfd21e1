using VPlanExport.Model;

namespace VPlanExport.Package;

/// <summary>What the journal keeps of a run besides its id and sequence. Times are UTC.</summary>
/// <param name="Kind">Such as <c>full</c>, <c>incremental</c> or <c>backfill</c>.</param>
/// <param name="Requests">Requests sent to vPlan.</param>
/// <param name="RejectedRows">Rows that broke the row contract and were set aside.</param>
/// <param name="Status">Such as <c>ok</c> or <c>partial</c>.</param>
/// <param name="Drift">What vPlan sent that is not exported.</param>
internal sealed record RunReport(
    string Kind,
    string Status,
    DateTime StartedAt,
    DateTime FinishedAt,
    long Requests,
    long RejectedRows,
    IReadOnlyList<EntityReport> Certificates,
    IReadOnlyList<DriftReport> Drift
)
{
    /// <summary>What the phases before the load took, in seconds.</summary>
    public PhaseSeconds Seconds { get; init; } = new();

    /// <summary>The same of a sink that is given <see cref="ChangeSet.WithRetained"/>.</summary>
    public RunReport WithRetained(ChangeSet changes)
    {
        var retained = changes.Tables.ToDictionary(t => t.Table, t => t.Retained?.Filed ?? default);
        return this with { Certificates = [.. Certificates.Select(c => c.WithRetained(retained))] };
    }
}

/// <summary>What the phases of a run took, in seconds. One is null where an earlier start or version has finished
/// it.</summary>
internal sealed record PhaseSeconds
{
    public double? Extract { get; init; }

    public double? Transform { get; init; }

    public double? Derive { get; init; }

    public double? Publish { get; init; }
}

/// <summary>The proof that an entity was read in full. Times are UTC.</summary>
/// <param name="Expected">The API's count.</param>
/// <param name="Seen">Distinct ids read.</param>
/// <param name="Reread">Records that came more than once.</param>
/// <param name="Vanished">Ids read that the count no longer has.</param>
/// <param name="WindowFrom">Start of what was asked for; null for everything.</param>
/// <param name="Watermark">Where the next incremental read starts; null when this run did not move it.</param>
/// <param name="UnavailableReason">Why the entity could not be read; null when it was.</param>
internal sealed record EntityReport(
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
    string? UnavailableReason
)
{
    /// <summary>What the stages before the warehouse held; null where the entity was not read, or by an earlier
    /// version.</summary>
    public EntityControlTotals? Stations { get; init; }

    /// <summary>The same of a sink that is given the retained rows, too.</summary>
    /// <param name="retained">What they are, by table.</param>
    public EntityReport WithRetained(IReadOnlyDictionary<string, ControlTotals> retained)
    {
        if (Stations is null)
            return this;
        var more = Stations.Of(table => retained.GetValueOrDefault(table));
        return this with { Stations = Stations with { Added = Stations.Added + more, Filed = Stations.Filed + more } };
    }
}

/// <summary>What an entity came to, stage by stage: landed = accepted + rejected + repeated.</summary>
/// <param name="Tables">The tables that the entity fills, the one with a row a record first.</param>
/// <param name="Landed">Records on the landed pages.</param>
/// <param name="Repeated">Records that came again, in this or another record.</param>
/// <param name="Accepted">Of the first table the rows that vPlan sent; of all tables their minutes and hours.</param>
/// <param name="Added">The same of rows that were made or brought along.</param>
/// <param name="Filed">The same of both, read back from the row files.</param>
internal sealed record EntityControlTotals(
    IReadOnlyList<string> Tables,
    long Landed,
    long Rejected,
    long Repeated,
    ControlTotals Accepted,
    ControlTotals Added,
    ControlTotals Filed
)
{
    /// <summary>The rows of the first table, the minutes and hours of all.</summary>
    public ControlTotals Of(Func<string, ControlTotals> tally) =>
        ControlTotals.Sum(Tables.Select(tally)) with
        {
            Rows = tally(Tables[0]).Rows,
        };
}

/// <summary>A property of an entity's records that the catalog does not know.</summary>
/// <param name="Property">Its place in the record, such as <c>labels[].weight</c>.</param>
/// <param name="Seen">How often it came.</param>
internal sealed record DriftReport(string Entity, string Property, long Seen);
