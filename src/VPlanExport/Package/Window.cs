using System.Text.Json.Serialization;
using VPlanExport.Model;

namespace VPlanExport.Package;

/// <summary>The closed set of what can be read of an entity.</summary>
[JsonDerivedType(typeof(Full), "full")]
[JsonDerivedType(typeof(Since), "since")]
[JsonDerivedType(typeof(Range), "range")]
[JsonDerivedType(typeof(Held), "held")]
internal abstract record Window
{
    private Window() { }

    /// <summary>
    /// The timestamp the pager moves along: <c>created_at</c> never changes; <c>updated_at</c> only grows. A row can
    /// move ahead of the cursor on either of them, never behind it.
    /// </summary>
    [JsonIgnore]
    public abstract string SeekField { get; }

    /// <summary>Every row.</summary>
    public sealed record Full : Window
    {
        /// <summary>Set where the parts of an incremental read would cost at least as many requests.</summary>
        public CheaperThanParts? Because { get; init; }

        public override string SeekField => "created_at";

        public override string ToString() => Because is null ? "everything" : $"everything: {Because}";
    }

    /// <summary>Rows changed at or after <paramref name="Utc"/>: the watermark, with its overlap already taken
    /// off.</summary>
    /// <param name="LookbackFrom">The first recent day of the endpoint's <see cref="Model.Endpoint.Lookback"/>; null
    /// when it has none.</param>
    public sealed record Since(DateTime Utc, DateOnly? LookbackFrom = null) : Window
    {
        public override string SeekField => "updated_at";

        public override string ToString() =>
            $"changed since {VPlanStamp.Text(Utc)}"
            + (LookbackFrom is { } day ? FormattableString.Invariant($", open or from {day:yyyy-MM-dd}") : "");
    }

    /// <summary>
    /// A backfill: rows whose <see cref="Model.Endpoint.BusinessField"/> lies on one of the days, both included.
    /// <paramref name="Zone"/> is the IANA id of the zone whose midnights bound the days of a timestamp.
    /// </summary>
    [method: JsonConstructor]
    public sealed record Range(DateOnly From, DateOnly To, string Zone) : Window
    {
        public Range(DateOnly from, DateOnly to, TimeZoneInfo zone)
            : this(from, to, zone.Id) { }

        public override string SeekField => "created_at";

        public override string ToString() => FormattableString.Invariant($"{From:yyyy-MM-dd} to {To:yyyy-MM-dd}");
    }

    /// <summary>Records that runs have landed and rejected: vPlan is not asked.</summary>
    public sealed record Held : Window
    {
        public override string SeekField => "updated_at";

        public override string ToString() => "rejected before";
    }
}

/// <summary>Why a list is read whole.</summary>
/// <param name="Rows">Records that vPlan has.</param>
/// <param name="Requests">The whole list takes so many.</param>
/// <param name="ByParts">What changed, what is looked back on, what is asked for by id and a sweep that is due would
/// take so many.</param>
internal sealed record CheaperThanParts(long Rows, int Requests, int ByParts)
{
    public override string ToString() => FormattableString.Invariant($"{Requests:N0} requests, by parts {ByParts:N0}");
}
