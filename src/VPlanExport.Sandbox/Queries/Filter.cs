namespace VPlanExport.Sandbox;

/// <summary>A condition on a record, as the `filter` parameter states it.</summary>
internal abstract record Filter
{
    public abstract bool Matches(SandboxRecord record, SandboxWorld world);
}

internal sealed record AllOf(IReadOnlyList<Filter> Parts) : Filter
{
    public override bool Matches(SandboxRecord record, SandboxWorld world)
    {
        foreach (var part in Parts)
            if (!part.Matches(record, world))
                return false;
        return true;
    }
}

internal sealed record AnyOf(IReadOnlyList<Filter> Parts) : Filter
{
    public override bool Matches(SandboxRecord record, SandboxWorld world)
    {
        foreach (var part in Parts)
            if (part.Matches(record, world))
                return true;
        return false;
    }
}

/// <summary>The object has one or more of a relation (A:`filtering-344703m0`).</summary>
internal sealed record Has(Relation Relation, bool Negated) : Filter
{
    public override bool Matches(SandboxRecord record, SandboxWorld world) =>
        Relation.Of(record, world).Any() != Negated;
}

internal enum Operator
{
    Eq,
    Gt,
    Gte,
    Lt,
    Lte,
    Contains,
    StartsWith,
    EndsWith,
}

/// <summary>
/// One field against one value. A null matches neither a condition nor its negation, as in SQL. `eq` and the order of
/// text are exact; `contains`, `starts_with` and `ends_with` ignore case (the vendor's own example seeks `FFFF` in
/// lower-case ids).
/// </summary>
internal sealed record Compare(Field Field, Operator Operator, bool Negated, Operand Operand) : Filter
{
    /// <summary>Whether the records that match are one stretch of the index sorted by the field.</summary>
    public bool IsRange => !Negated && Operator <= Operator.Lte;

    public override bool Matches(SandboxRecord record, SandboxWorld world)
    {
        var cell = record[Field];
        return !cell.IsNull && Holds(cell) != Negated;
    }

    private bool Holds(Cell cell) =>
        Operator switch
        {
            Operator.Eq => Operand.Order(cell) == 0,
            Operator.Gt => Operand.Order(cell) > 0,
            Operator.Gte => Operand.Order(cell) >= 0,
            Operator.Lt => Operand.Order(cell) < 0,
            Operator.Lte => Operand.Order(cell) <= 0,
            Operator.Contains => Written(cell).Contains(Operand.Text, StringComparison.OrdinalIgnoreCase),
            Operator.StartsWith => Written(cell).StartsWith(Operand.Text, StringComparison.OrdinalIgnoreCase),
            Operator.EndsWith => Written(cell).EndsWith(Operand.Text, StringComparison.OrdinalIgnoreCase),
        };

    private string Written(Cell cell) => CellText.Of(Field.Type, cell);
}
