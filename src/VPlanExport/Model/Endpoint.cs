namespace VPlanExport.Model;

internal enum ArchivedRows
{
    /// <summary>The endpoint has no archive.</summary>
    None,

    /// <summary>A second walk with <c>archived=true</c> is needed: archived rows are left out of the default
    /// list.</summary>
    Separate,

    /// <summary>As <see cref="Separate"/>, but the parameter is not documented here: a 400 is a warning (gaps
    /// P13).</summary>
    Tried,
}

/// <summary>How an entity's list is asked for.</summary>
/// <param name="Path">Path below the base URL, such as <c>/card</c>.</param>
internal sealed record Endpoint(string Path)
{
    /// <summary>Relations to load eagerly.</summary>
    public IReadOnlyList<Relation> With { get; init; } = [];

    /// <summary>Properties to leave out.</summary>
    public IReadOnlyList<string> Hide { get; init; } = [];

    public ArchivedRows Archived { get; init; }

    /// <summary>The property a backfill's range is about.</summary>
    public string BusinessField { get; init; } = "created_at";

    /// <summary>True when <see cref="BusinessField"/> is a plain date rather than a UTC timestamp.</summary>
    public bool BusinessFieldIsDate { get; init; }

    /// <summary>Where the rows are when the flat list answers 404: one list per row of a parent entity.</summary>
    public ParentList? Fallback { get; init; }

    /// <summary>Set when there is no flat list: the rows are only served one list per row of this entity, whose ids
    /// fill <c>{id}</c> in the path.</summary>
    public string? Parent { get; init; }

    public ParentList? Per => Parent is null ? null : new ParentList(Parent, Path);

    /// <summary>The days around today, by <see cref="BusinessField"/>, that a nightly run reads; null: every
    /// row.</summary>
    public DaysAround? Days { get; init; }

    /// <summary>Set when a record's lists can change without moving its <c>updated_at</c> (gaps P15): what a nightly
    /// run reads again, changed or not.</summary>
    public Lookback? Lookback { get; init; }

    /// <summary>
    /// Set on lists that are asked for by days and answered whole, neither paged nor counted: the array within each
    /// record whose elements, with the scalars around them, become the rows.
    /// </summary>
    public string? Unnest { get; init; }
}

/// <summary>A relation to load eagerly; one that vPlan says it does not know is left out of the question.</summary>
/// <param name="Name">Its name for <c>with=</c>.</param>
internal sealed record Relation(string Name)
{
    /// <summary>Another name, tried when vPlan does not know the first.</summary>
    public string? Or { get; init; }

    /// <summary>Where a record's elements are when vPlan loads the relation under neither name: a path with
    /// <c>{id}</c>, such as <c>/order/{id}/row</c>.</summary>
    public string? ListPath { get; init; }

    public static implicit operator Relation(string name) => new(name);
}

/// <summary>Records that planners still work on: recent, planned ahead, or open.</summary>
/// <param name="Days">So many days before today are recent.</param>
/// <param name="Dates">Date properties: one of them that is recent or ahead is enough.</param>
internal sealed record Lookback(int Days, IReadOnlyList<string> Dates)
{
    /// <summary>A property and the values of it that an open record has; null when open records are not told by their
    /// value.</summary>
    public (string Property, IReadOnlyList<string> Values)? Open { get; init; }

    /// <summary>
    /// The property that is empty while a record is open. vPlan's filters cannot ask for what is empty (gaps P7), so
    /// these records are asked for by id.
    /// </summary>
    public string? EmptyWhileOpen { get; init; }
}

internal sealed record DaysAround(int Back, int Ahead);

/// <param name="Entity">The entity whose ids fill <c>{id}</c>.</param>
/// <param name="Path">Path with <c>{id}</c>, such as <c>/collection/{id}/card</c>.</param>
internal sealed record ParentList(string Entity, string Path);
