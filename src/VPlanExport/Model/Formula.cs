namespace VPlanExport.Model;

/// <summary>How rows become one figure.</summary>
internal enum Aggregation
{
    Sum,
    Count,
    Average,
    Least,
    Greatest,
}

/// <summary>What a figure is made of. A figure without rows, or with an empty divisor, is empty.</summary>
internal abstract record Formula
{
    /// <summary>Adds up rows of one table.</summary>
    /// <param name="Value">Empty values are left out; null for a count of rows.</param>
    /// <param name="On">The date key by which a chosen period selects rows; null for the table's first.</param>
    internal sealed record Aggregate(
        Aggregation Kind,
        string Table,
        RowValue? Value,
        RowCondition? Where = null,
        string? On = null
    ) : Formula;

    /// <summary>Another figure.</summary>
    internal sealed record Of(Measure Measure) : Formula;

    internal sealed record Ratio(Formula Part, Formula Whole) : Formula;

    /// <summary>Such as hours of minutes.</summary>
    internal sealed record Scaled(Formula Figure, int Divisor) : Formula;

    /// <summary>An empty figure counts as nothing.</summary>
    internal sealed record Minus(Formula From, Formula Less) : Formula;

    /// <summary>An empty figure counts as nothing.</summary>
    internal sealed record Plus(Formula First, Formula Second) : Formula;

    /// <summary>The figure of the days with that offset from today, whatever period is chosen.</summary>
    internal sealed record During(Formula Figure, string Offset, int Value) : Formula;

    /// <summary>
    /// The figure of those rows of a table whose column has a value that the chosen rows of another table have. It
    /// takes a choice to where no relationship takes it, such as a choice of boards to the days of cards.
    /// </summary>
    /// <param name="From">Table and column whose chosen values count, without the chosen period.</param>
    /// <param name="To">Table and column that they select.</param>
    internal sealed record Through(
        Formula Figure,
        (string Table, string Column) From,
        (string Table, string Column) To,
        RowCondition? Where = null
    ) : Formula;

    /// <summary>
    /// A figure of one table, shared out over the rows of another that have the same keys, by a figure of theirs: so
    /// over all of these rows it counts once.
    /// </summary>
    internal sealed record Shared(Aggregate Figure, Aggregate Over, string FirstKey, string SecondKey) : Formula;
}

/// <summary>A value that a row has, or that is found from it.</summary>
internal abstract record RowValue
{
    /// <summary>A column of the row.</summary>
    internal sealed record Own(string Column) : RowValue;

    /// <summary>A column of the dimension's row that a key column names.</summary>
    internal sealed record Related(string Key, string Column) : RowValue;

    /// <summary>The last day with that offset from today.</summary>
    internal sealed record Day(string Offset, int Value) : RowValue;

    /// <summary>The last day of the chosen period.</summary>
    internal sealed record ChosenDay : RowValue;

    /// <summary>The first, or the second where the first is empty.</summary>
    internal sealed record FirstOf(RowValue First, RowValue Second) : RowValue;

    /// <summary>The earlier of two days, either of which may be empty.</summary>
    internal sealed record Earlier(RowValue First, RowValue Second) : RowValue;

    internal sealed record Product(RowValue First, RowValue Second) : RowValue;

    /// <summary>Empty where one of the two is.</summary>
    internal sealed record Difference(RowValue From, RowValue To) : RowValue;

    /// <summary>Days from one to the other, empty where one of the two is.</summary>
    internal sealed record Days(RowValue From, RowValue To) : RowValue;

    /// <summary>The value where the condition holds, else empty.</summary>
    internal sealed record When(RowCondition Condition, RowValue Value) : RowValue;

    /// <summary>Adds up all rows of another table that have the row's key, whatever is chosen.</summary>
    internal sealed record Children(
        Aggregation Kind,
        string Table,
        string Key,
        string? Column,
        RowCondition? Where = null
    ) : RowValue;

    public static implicit operator RowValue(string column) => new Own(column);
}

/// <summary>Whether a row counts. A comparison with something empty does not hold.</summary>
internal abstract record RowCondition
{
    internal sealed record Is(RowValue Value, string Text) : RowCondition;

    /// <summary>Holds for an empty value.</summary>
    internal sealed record IsNot(RowValue Value, string Text) : RowCondition;

    internal sealed record OneOf(RowValue Value, params string[] Texts) : RowCondition;

    internal sealed record IsTrue(RowValue Value) : RowCondition;

    /// <summary>Holds for an empty value.</summary>
    internal sealed record IsFalse(RowValue Value) : RowCondition;

    internal sealed record Known(RowValue Value) : RowCondition;

    internal sealed record Missing(RowValue Value) : RowCondition;

    internal sealed record AtMost(RowValue Less, RowValue More) : RowCondition;

    internal sealed record Before(RowValue Less, RowValue More) : RowCondition;

    internal sealed record Positive(RowValue Value) : RowCondition;

    internal sealed record Same(RowValue First, RowValue Second) : RowCondition;

    internal sealed record Differs(RowValue First, RowValue Second) : RowCondition;

    /// <summary>The row of a dimension is neither the unknown member nor an inferred one.</summary>
    internal sealed record Real(string Key) : RowCondition;

    /// <summary>A key names another row than the unknown member.</summary>
    internal sealed record Other(string Key) : RowCondition;

    /// <summary>No row of another table has the row's key, whatever is chosen.</summary>
    internal sealed record Without(string Key, string Table) : RowCondition;

    internal sealed record Both(params RowCondition[] All) : RowCondition;

    internal sealed record Either(params RowCondition[] Any) : RowCondition;
}
