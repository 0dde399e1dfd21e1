namespace VPlanExport.Runs;

public enum RunKind
{
    /// <summary>What changed since the last run; everything the first time.</summary>
    Nightly,

    /// <summary>Everything: rows that vPlan no longer has are found.</summary>
    Full,

    /// <summary>As a nightly, and the ids of everything: rows that vPlan no longer has are found.</summary>
    Sweep,

    /// <summary>The rows of a range of business dates again; never moves a watermark.</summary>
    Backfill,

    /// <summary>Records that older rules rejected, as they were landed: no request; never moves a watermark.</summary>
    Replay,
}

/// <summary>What someone asked for.</summary>
/// <param name="Entities">Names; empty means all.</param>
/// <param name="From">First business date of a backfill.</param>
/// <param name="To">Last business date of a backfill, included.</param>
internal sealed record RunRequest(
    RunKind Kind,
    IReadOnlyList<string> Entities,
    DateOnly? From = null,
    DateOnly? To = null
)
{
    /// <summary>Whether it is about that entity.</summary>
    public bool IsAbout(string entity) => Entities.Count == 0 || Entities.Contains(entity);

    public bool MovesWatermarks => Kind is RunKind.Nightly or RunKind.Full or RunKind.Sweep;

    /// <summary>Requests sent for the run itself.</summary>
    public int OwnRequests => Kind == RunKind.Replay ? 0 : 1;

    public bool IsSameAs(RunRequest other) =>
        Kind == other.Kind
        && From == other.From
        && To == other.To
        && Entities.Order().SequenceEqual(other.Entities.Order());

    /// <summary>A backfill cut into calendar months.</summary>
    public IReadOnlyList<RunRequest> Months()
    {
        var months = new List<RunRequest>();
        for (var from = From!.Value; ; from = months[^1].To!.Value.AddDays(1))
        {
            var last = new DateOnly(from.Year, from.Month, DateTime.DaysInMonth(from.Year, from.Month));
            months.Add(this with { From = from, To = last < To!.Value ? last : To });
            if (last >= To.Value)
                return months;
        }
    }

    public override string ToString() =>
        Kind switch
        {
            RunKind.Nightly => "nightly run",
            RunKind.Full => "full run",
            RunKind.Replay => "replay of rejected rows",
            RunKind.Sweep => "nightly run with a sweep",
            RunKind.Backfill => FormattableString.Invariant($"backfill {From:yyyy-MM-dd} to {To:yyyy-MM-dd}"),
        } + (Entities.Count == 0 ? "" : $" of {string.Join(", ", Entities)}");
}
