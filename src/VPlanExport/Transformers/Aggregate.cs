using VPlanExport.Model;

namespace VPlanExport.Transformers;

/// <summary>A column of a record that is computed from its elements; null when the record has no such array.</summary>
internal abstract class Aggregate(TableReader child)
{
    protected TableReader Child { get; } = child;

    public void Put(int row)
    {
        if (Child.Array == ArrayState.Array)
            PutValue(row);
    }

    protected abstract void PutValue(int row);
}

/// <summary>The number of elements.</summary>
internal sealed class CountAggregate(TableReader child, ColumnBuffer<int> into) : Aggregate(child)
{
    protected override void PutValue(int row) => into.Put(row, Child.Cursor.Row - Child.RecordStart);
}

/// <summary>The sum of a property over the elements.</summary>
internal sealed class SumAggregate(TableReader child, ColumnBuffer<long> addends, ColumnBuffer<long> into) : Aggregate(child)
{
    protected override void PutValue(int row)
    {
        var total = 0L;
        for (var i = Child.RecordStart; i < Math.Min(Child.Cursor.Row, addends.Count); i++)
            total += addends[i];
        into.Put(row, total);
    }
}
