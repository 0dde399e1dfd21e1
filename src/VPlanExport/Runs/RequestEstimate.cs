using VPlanExport.Configuration;
using VPlanExport.Extract;
using VPlanExport.Extract.Paging;
using VPlanExport.Model;

namespace VPlanExport.Runs;

/// <summary>
/// The requests that an entity takes while nothing changes in vPlan: by its whole list, or by its parts. Where it is
/// not exact, it is high for the parts, so that the cheaper of the two does not cost more than a full run.
/// </summary>
/// <param name="lookback">The lake's rows; null when nobody has counted them: then there are none to look back
/// on.</param>
internal sealed class RequestEstimate(Entity entity, EntityState state, LookbackCounts? lookback, Settings settings)
{
    private readonly int _pageSize = settings.VPlan.PageSize;
    private readonly int _pageRows = Math.Min(settings.VPlan.PageSize, state.PageRows ?? settings.VPlan.PageSize);

    /// <summary>Records that vPlan has.</summary>
    public long Rows => lookback?.Live ?? state.Rows;

    /// <summary>The whole list, and the archive's.</summary>
    public int Whole => Of(entity, Rows, _pageRows) + state.ExtraRequests + ListsPerRecord(Rows);

    /// <summary>A look for what changed in each list, the rows to look back on, and those that are only found by their
    /// ids.</summary>
    public int Parts => ListsOf(entity) + (entity.Endpoint.Lookback is null ? 0 : Lookback);

    /// <summary>The ids of everything.</summary>
    public int Sweep => Of(entity, Rows, _pageSize) + state.ExtraRequests;

    /// <summary>A whole list with its archive, when no two rows have the same timestamp.</summary>
    public static int Of(Entity entity, long rows, int pageRows) => Walk(rows, pageRows) + ListsOf(entity) - 1;

    private static int ListsOf(Entity entity) => entity.Endpoint.Archived == ArchivedRows.None ? 1 : 2;

    private int Lookback => Walk(LookedBackOn, _pageRows) + ExtraOf(LookedBackOn) + ById + ListsPerRecord(LookedBackOn);

    private long LookedBackOn => lookback?.AskedFor ?? 0;

    private int ById => Pages(Math.Min(lookback?.Open ?? 0, LookbackScan.ByIdANight), IdLookup.IdsAQuestion(_pageSize));

    private int ExtraOf(long rows) => Rows == 0 ? 0 : Pages(Math.Min(rows, Rows) * state.ExtraRequests, Rows);

    /// <summary>A request a record for a relation that vPlan has never loaded with the records.</summary>
    private int ListsPerRecord(long rows) => entity.Endpoint.With.Any(IsListed) ? Pages(rows, 1) : 0;

    private bool IsListed(Relation relation) =>
        relation.ListPath is not null
        && !state.Relations.Contains(relation.Name)
        && !state.Relations.Contains(relation.Or);

    /// <summary>
    /// The questions of a <see cref="KeysetPass"/>: two pages share a row, and the last one is asked from the newest
    /// end, unless the first page holds everything.
    /// </summary>
    private static int Walk(long rows, int pageRows) =>
        pageRows < 2 ? Pages(rows, 1) + 1
        : rows < pageRows ? 1
        : 2 + Pages(rows - (2 * pageRows) + 2, pageRows - 1);

    private static int Pages(long rows, long most) => (int)Math.Clamp((rows + most - 1) / most, 0, int.MaxValue / 8);
}

/// <summary>The live rows of an entity in the lake.</summary>
/// <param name="AskedFor">Those that are recent or open by a date or a value that vPlan can be asked for.</param>
/// <param name="Open">Other open ones, which vPlan can only be asked for by id.</param>
internal sealed record LookbackCounts(long Live, long AskedFor, long Open);

/// <summary>What a plan is made of besides the last manifest.</summary>
/// <param name="RequestsLeft">Requests that the day's budget allows.</param>
/// <param name="Lookbacks">By entity.</param>
internal sealed record PlanCounts(int RequestsLeft, IReadOnlyDictionary<string, LookbackCounts> Lookbacks);
