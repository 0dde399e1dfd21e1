namespace VPlanExport.Model;

/// <summary>
/// Where a column's value comes from. JSON paths are relative to the element that becomes the row; properties of nested
/// objects are reached with a dot (<c>pivot.time</c>), properties of the record around a nested element with
/// <c>../</c>.
/// </summary>
internal abstract record Source
{
    private Source() { }

    /// <summary>A property; <paramref name="Or"/> is read when it is absent or null.</summary>
    public sealed record Json(string Path, string? Or = null) : Source;

    /// <summary>True when the property is there and not null.</summary>
    public sealed record IsPresent(string Path) : Source;

    /// <summary>
    /// The value of a property as people read it: a scalar as it is, of an object its description or name, of a list
    /// those of its elements; <paramref name="Or"/> is read when it is absent or null.
    /// </summary>
    public sealed record Label(string Path, string? Or = null) : Source;

    /// <summary>
    /// The text of <paramref name="Column"/>, read as this column's type in rows whose <paramref name="KindColumn"/>
    /// says <paramref name="Kind"/>; null in other rows, and where the text does not fit.
    /// </summary>
    public sealed record Parsed(string Column, string KindColumn, string Kind) : Source;

    /// <summary>The same text in every row.</summary>
    public sealed record Constant(string Text) : Source;

    /// <summary>
    /// The key of <paramref name="Entity"/>: a hash of the values at the paths. In a nested table a second element with
    /// the same ids gets a key of its own when <paramref name="CountsRepeats"/> is set, and is dropped when it is not;
    /// an element without an id is told by <paramref name="Or"/>, where it is set.
    /// </summary>
    public sealed record KeyOf(
        string Entity,
        IReadOnlyList<string> Paths,
        bool CountsRepeats = false,
        string? Or = null
    ) : Source;

    /// <summary>The date, in the environment's time zone, of the timestamp at the path.</summary>
    public sealed record BusinessDate(string Path) : Source;

    /// <summary>yyyymmdd of another column of the row.</summary>
    public sealed record DateKeyOf(string Column) : Source;

    /// <summary>The sum of a property over the elements of a nested array; null when the record has no such
    /// array.</summary>
    public sealed record Sum(string Array, string Path, string? Or = null) : Source;

    /// <summary>The number of elements of a nested array; null when the record has no such array.</summary>
    public sealed record Count(string Array) : Source;

    /// <summary>Nothing in the record: the value is looked up (<see cref="Column.Lookups"/>).</summary>
    public sealed record None : Source;

    /// <summary>A function of the row's other columns and of today's business date.</summary>
    public sealed record Derived(Func<RowView, long?> Compute) : Source;

    /// <summary>The run's id.</summary>
    public sealed record RunId : Source;

    /// <summary>When vPlan sent the page: UTC.</summary>
    public sealed record ExtractedAt : Source;

    /// <summary>True only on the members that stand in for a reference to something not yet read.</summary>
    public sealed record IsInferred : Source;
}

/// <summary>Takes the value of <paramref name="Column"/> from the row of <paramref name="Table"/> whose key is in this
/// row's <paramref name="Via"/>.</summary>
internal sealed record Lookup(string Via, string Table, string Column);
