using VPlanExport.Model;

namespace VPlanExport.Package;

/// <summary>What a run did to one table, in rows.</summary>
/// <param name="Staged">Rows that landed: inserted, changed or unchanged.</param>
/// <param name="Changed">Rows that were there and differ in more than <c>run_id</c> and <c>extracted_at</c>.</param>
/// <param name="Unchanged">The same again, inferred rows that found their place taken included.</param>
/// <param name="Deleted">Rows that became <c>is_deleted</c> because vPlan no longer has them.</param>
internal sealed record TableCounts(string Table, long Staged, long Inserted, long Changed, long Unchanged, long Deleted)
{
    /// <summary>What <c>stg</c> held, and after the load the same keys in <c>dw</c>; null in a run that an earlier
    /// version loaded.</summary>
    public ControlTotals? Loaded { get; init; }
}

/// <param name="AlreadyApplied">The journal had the run: nothing was done, the counts are those of the first
/// time.</param>
internal sealed record LoadResult(bool AlreadyApplied, IReadOnlyList<TableCounts> Tables)
{
    /// <summary>A run that the warehouse did not take when the run was committed.</summary>
    public static readonly LoadResult Behind = new(false, []) { IsBehind = true };

    /// <summary>The warehouse was away when the run was committed; it takes the run later.</summary>
    public bool IsBehind { get; init; }

    /// <summary>Another program read the file, so the load went into a copy that replaced it.</summary>
    public bool IsCopied { get; init; }
}
