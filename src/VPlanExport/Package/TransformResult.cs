using VPlanExport.Model;

namespace VPlanExport.Package;

/// <summary>Counts of one entity: Records = Accepted + Rejected + Superseded.</summary>
/// <param name="Superseded">Versions of a record that was read again later.</param>
internal sealed record EntityTotals(long Records, long Accepted, long Rejected, long Superseded);

/// <summary>What a table's rows and their minutes and hours are, from stage to stage: Parsed = Repeated + Read; Read +
/// Added = Filed.</summary>
internal sealed record TableTotals
{
    /// <summary>Accepted, as they stand on the landed pages.</summary>
    public ControlTotals Parsed { get; init; }

    /// <summary>Left out because the run holds the same row already.</summary>
    public ControlTotals Repeated { get; init; }

    /// <summary>Given to the row files, of what vPlan sent.</summary>
    public ControlTotals Read { get; init; }

    /// <summary>Given to the row files besides: members that are only referred to, rows that other rows change,
    /// computed ones.</summary>
    public ControlTotals Added { get; init; }

    /// <summary>Read back from the row files.</summary>
    public ControlTotals Filed { get; init; }
}

/// <summary>The rows a run became.</summary>
/// <param name="OldestDate">The oldest date seen by this run or any before it: dim_date starts there.</param>
/// <param name="RejectsByTable">Rejected rows: of records under the entity's main table, of elements under the nested
/// table.</param>
/// <param name="UnknownProperties">Properties that no column knows, as entity.property, with how often they
/// came.</param>
/// <param name="CutTexts">Texts longer than their column, as table.column, with how many were cut.</param>
internal sealed record TransformResult(
    IReadOnlyList<TableChange> Tables,
    IReadOnlyDictionary<string, EntityTotals> Entities,
    IReadOnlyDictionary<string, long> RejectsByTable,
    IReadOnlyDictionary<string, long> UnknownProperties,
    IReadOnlyDictionary<string, long> CutTexts,
    DateOnly OldestDate,
    DateOnly LatestDate
)
{
    /// <summary>By table.</summary>
    public IReadOnlyDictionary<string, TableTotals> Stations { get; init; } = new Dictionary<string, TableTotals>();

    /// <summary>Of extraction and what follows it, up to these rows.</summary>
    public PhaseSeconds Seconds { get; init; } = new();

    /// <summary>By table: two ids that differ only by case.</summary>
    public IReadOnlyDictionary<string, string> SimilarIds { get; init; } = new Dictionary<string, string>();
}
