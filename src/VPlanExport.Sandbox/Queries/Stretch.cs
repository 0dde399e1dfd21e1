namespace VPlanExport.Sandbox;

/// <summary>The part of a sorted index that a set of range conditions on its key leaves.</summary>
internal readonly record struct Stretch(SortedRows Index, int From, int To, IReadOnlyList<Filter> Absorbed)
{
    public int Length => Math.Max(0, To - From);

    public static Stretch Of(SortedRows index, IReadOnlyList<Compare> ranges)
    {
        var (from, to) = (0, index.Rows.Count);
        foreach (var range in ranges)
        {
            var (low, high) = Bounds(index, range);
            (from, to) = (Math.Max(from, low), Math.Min(to, high));
        }
        return new Stretch(index, from, Math.Max(from, to), ranges);
    }

    private static (int Low, int High) Bounds(SortedRows index, Compare range)
    {
        var operand = range.Operand;
        int AtLeast() =>
            index.First(record => record[range.Field] is { IsNull: false } cell && operand.Order(cell) >= 0);
        int Above() => index.First(record => record[range.Field] is { IsNull: false } cell && operand.Order(cell) > 0);
        int FirstFilled() => index.First(record => !record[range.Field].IsNull);
        return range.Operator switch
        {
            Operator.Eq => (AtLeast(), Above()),
            Operator.Gt => (Above(), index.Rows.Count),
            Operator.Gte => (AtLeast(), index.Rows.Count),
            Operator.Lt => (FirstFilled(), AtLeast()),
            _ => (FirstFilled(), Above()),
        };
    }
}
