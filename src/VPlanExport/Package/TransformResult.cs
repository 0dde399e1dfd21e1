using VPlanExport.Model;

namespace VPlanExport.Package;

/// <summary>A raw page in the run's store: gzip-compressed JSON as vPlan sent it.</summary>
/// <param name="Number">From 1, in the order of reading.</param>
/// <param name="ReadAt">When vPlan sent it, UTC.</param>
internal sealed record RawPage(int Number, string Path, int Rows, DateTime ReadAt)
{
    /// <summary>Set when the page holds the elements of one record instead of records.</summary>
    public ListOf? List { get; init; }
}

/// <param name="Path">The nested array that the elements would stand in.</param>
internal sealed record ListOf(string Path, string RecordId);

/// <summary>What was landed of one entity.</summary>
/// <param name="LastPlaces">For each record that was read more than once, by key: where its last version
/// stands.</param>
/// <param name="IsFullSnapshot">The pages hold every record that vPlan has.</param>
/// <param name="GoneIds">Ids that vPlan was asked for and no longer has.</param>
internal sealed record LandedEntity(
    Entity Entity,
    IReadOnlyList<RawPage> Pages,
    IReadOnlyDictionary<long, RowPosition> LastPlaces,
    bool IsFullSnapshot,
    IReadOnlyList<string> GoneIds
)
{
    public long Rows => Pages.Where(p => p.List is null).Sum(p => (long)p.Rows);

    /// <summary>Set when the rows are served one list per parent: the parents whose lists were read whole.</summary>
    public IReadOnlyCollection<string>? ParentIds { get; init; }

    /// <summary>Set when the rows are served one list per parent: the lists of all parents were read whole.</summary>
    public bool IsEveryList { get; init; }

    /// <summary>The days of the business date that were read; null for all.</summary>
    public (DateOnly From, DateOnly To)? Days { get; init; }

    /// <summary>Elements were read record by record: pages of one list may overlap.</summary>
    public bool HasLists => Pages.Any(p => p.List is not null);
}

/// <summary>Counts of one entity: Records = Accepted + Rejected + Superseded.</summary>
/// <param name="Superseded">Versions of a record that was read again later.</param>
internal sealed record EntityTotals(long Records, long Accepted, long Rejected, long Superseded);

/// <summary>What a table's rows and their minutes and hours are, from station to station: Parsed = Repeated + Read;
/// Read + Added = Filed.</summary>
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

    /// <summary>By table: two ids that differ only by case.</summary>
    public IReadOnlyDictionary<string, string> SimilarIds { get; init; } = new Dictionary<string, string>();
}
