using System.Text.Json.Serialization;
using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Package;

namespace VPlanExport.Runs;

/// <summary>What is known of an entity after a run.</summary>
/// <param name="Watermark">Everything vPlan changed before this moment (UTC, the earlier of its clock and this
/// machine's) has been read; null when it never was.</param>
/// <param name="Rows">How many records vPlan had when it was last read whole.</param>
/// <param name="SchemaHash">The <see cref="Entity.SchemaHash"/> in which all of its rows are.</param>
/// <param name="SweptAt">Everything vPlan deleted before this moment (UTC, its clock) has been found, by a whole read
/// or a sweep of ids; null when it never was.</param>
internal sealed record EntityState(
    DateTime? Watermark,
    long Rows,
    [property: JsonPropertyName("Shape")] long SchemaHash = 0,
    DateTime? SweptAt = null
)
{
    /// <summary>Relations that vPlan has ever loaded with the records.</summary>
    public IReadOnlyList<string> Relations { get; init; } = [];

    /// <summary>The time zone that the business dates of all of its rows are in; null in a state of an earlier
    /// version.</summary>
    public string? Zone { get; init; }

    /// <summary>Rows a page that vPlan bore at the end of the last whole read; null when an earlier version read
    /// it.</summary>
    public int? PageRows { get; init; }

    /// <summary>Requests of the last whole read beyond those that its rows take: rows of one timestamp make pages
    /// overlap.</summary>
    public int ExtraRequests { get; init; }

    /// <summary>
    /// When the lists of parents were last read, UTC, by the parent's id; null when the last run read the lists of all.
    /// A row that came again unchanged does not say it: the sinks keep it as it was.
    /// </summary>
    public IReadOnlyDictionary<string, DateTime>? ListsReadAt { get; init; }

    /// <summary>Of the open records that take turns to be asked for by id: the last one that was; null when all
    /// were.</summary>
    public string? AskedUpTo { get; init; }
}

/// <summary>
/// The commit of a run, written last. The newest one is the only state there is.
/// </summary>
/// <param name="Entities">The state of every entity after this run, those it did not read too.</param>
/// <param name="Extracts">What this run read.</param>
/// <param name="Lake">The versions of the lake's tables that belong together.</param>
/// <param name="IsBase">Every entity was read whole: what came before is not needed to rebuild a sink.</param>
/// <param name="Requests">Requests sent.</param>
internal sealed record RunManifest(
    string RunId,
    long Sequence,
    RunRequest Request,
    DateTime StartedAt,
    DateTime FinishedAt,
    IReadOnlyDictionary<string, EntityState> Entities,
    IReadOnlyDictionary<string, LandedEntity> Extracts,
    TransformResult Rows,
    IReadOnlyDictionary<string, long> Lake,
    LoadResult Warehouse,
    bool IsBase,
    int Requests
)
{
    /// <summary>Whose data it read; null in a run of an earlier version.</summary>
    public VPlanEnvironment? Environment { get; init; }

    /// <summary>How each entity was last read, by this run or one before; null in a run of an earlier
    /// version.</summary>
    public IReadOnlyDictionary<string, ReadProof>? Reads { get; init; }

    /// <summary>A relation that does not come back for longer is taken for one that vPlan no longer has.</summary>
    private static readonly TimeSpan LongestLoss = TimeSpan.FromDays(35);

    public static RunManifest Of(
        RunPlan plan,
        RunManifest? last,
        IReadOnlyDictionary<string, LandedEntity> extracts,
        TransformResult rows,
        IReadOnlyDictionary<string, long> versions,
        LoadResult load,
        DateTime finishedAt
    ) =>
        new(
            plan.RunId,
            plan.Sequence,
            plan.Request,
            plan.StartedAt,
            finishedAt,
            StatesAfter(plan, last, extracts, rows),
            extracts,
            rows,
            versions,
            load,
            ReadsEverything(extracts, last),
            extracts.Values.Sum(e => e.Requests) + plan.Request.OwnRequests
        );

    /// <summary>Every entity was read whole, as <see cref="IsBase"/> says.</summary>
    /// <param name="last">The run before; null for none.</param>
    public static bool ReadsEverything(IReadOnlyDictionary<string, LandedEntity> extracts, RunManifest? last) =>
        Catalog.All.All(e => IsWhole(e, extracts.GetValueOrDefault(e.Name), last?.Entities.GetValueOrDefault(e.Name)));

    /// <summary>A backfill and a replay move no watermark; an entity that was not read keeps what it had.</summary>
    private static Dictionary<string, EntityState> StatesAfter(
        RunPlan plan,
        RunManifest? last,
        IReadOnlyDictionary<string, LandedEntity> extracts,
        TransformResult rows
    )
    {
        var states = last?.Entities.ToDictionary() ?? [];
        foreach (var (name, extract) in extracts.Where(_ => plan.Request.MovesWatermarks))
        {
            var before = states.GetValueOrDefault(name) ?? new EntityState(null, 0);
            states[name] = extract.Unavailable is not null
                ? before
                : new EntityState(
                    WatermarkOf(plan, extract, before),
                    RowsOf(extract, rows.Entities[name].Accepted, before),
                    ShapeOf(plan, name),
                    SweptAt(plan, extract, before)
                )
                {
                    Relations = [.. before.Relations.Union(extract.Loaded)],
                    Zone = plan.Zone,
                    PageRows = extract.Window is Window.Full ? extract.Limit : before.PageRows,
                    ExtraRequests = extract.Window is Window.Full ? ExtraOf(extract) : before.ExtraRequests,
                    ListsReadAt = ListsReadAt(plan, extract, before),
                    AskedUpTo = extract.HasLookback ? extract.AskedUpTo : before.AskedUpTo,
                };
        }
        return states;
    }

    /// <summary>The run's start by the earlier clock, or the first answer where that has an earlier date: the greatest
    /// <c>updated_at</c> would be read again every night.</summary>
    private static DateTime StartOf(RunPlan plan, LandedEntity extract)
    {
        var start = plan.ChangesUntil ?? plan.StartedAt;
        return extract.FirstDate < start ? extract.FirstDate.Value : start;
    }

    /// <summary>
    /// The run's start. Records that came without a relation they have come with before are read again when it is back:
    /// for so long the watermark stays, but not for ever.
    /// </summary>
    private static DateTime WatermarkOf(RunPlan plan, LandedEntity extract, EntityState before)
    {
        var start = StartOf(plan, extract);
        return before.Watermark is { } last && before.Relations.Except(extract.Loaded).Any()
            ? new[] { last, VPlanStamp.Before(start, LongestLoss) }.Max()
            : start;
    }

    private static int ExtraOf(LandedEntity extract) =>
        extract is { Parents: null, Certificate: { } read }
            ? Math.Max(
                0,
                extract.Questions - RequestEstimate.Of(Catalog.Named(extract.Entity), read.Seen, extract.Limit)
            )
            : 0;

    private static Dictionary<string, DateTime>? ListsReadAt(RunPlan plan, LandedEntity extract, EntityState before)
    {
        if (extract is not { Parents: { } read, ParentsLeft: > 0 })
            return null;
        var times = before.ListsReadAt?.ToDictionary() ?? [];
        foreach (var id in read)
            times[id] = plan.StartedAt;
        return times;
    }

    private static DateTime? SweptAt(RunPlan plan, LandedEntity extract, EntityState before) =>
        extract.Window is Window.Full || extract.Swept is not null ? StartOf(plan, extract) : before.SweptAt;

    /// <summary>A run that another build began may have rows without the columns of this one: 0 lets the next run read
    /// everything.</summary>
    private static long ShapeOf(RunPlan plan, string entity) =>
        plan.Shape == Catalog.Shape ? Catalog.Named(entity).SchemaHash ^ plan.Privacy : 0;

    private static long RowsOf(LandedEntity extract, long accepted, EntityState before) =>
        extract.Window is Window.Full ? accepted : Math.Max(before.Rows, accepted);

    private static bool IsWhole(Entity entity, LandedEntity? extract, EntityState? before) =>
        extract is not null
        && (
            extract.Unavailable is null
                ? extract.ParentsLeft == 0 && (extract.Window is Window.Full || entity.Endpoint.Unnest is not null)
                : before?.Watermark is null
        );
}
