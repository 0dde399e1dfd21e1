using VPlanExport.Model;

namespace VPlanExport.Transform.Parsing;

/// <summary>
/// The rows of one table while pages are read. A column that a row has no value for lags behind and is filled when a
/// later row has one, or at the end of the page.
/// </summary>
internal sealed class TableReader
{
    private readonly List<OuterValue> _captures = [];
    private readonly List<Aggregate> _aggregates = [];

    public TableReader(Table table)
    {
        Table = table;
        Batch = new RowBatch(table);
        Element = new PropertyMap(table.Path + "[].");
        if (table.IsNested && table.Key.Source is Source.KeyOf { Paths.Count: 2 } link)
            Links = new CompositeKeys(link.Entity, link.CountsRepeats);
        else if (table.Key.Source is Source.KeyOf { Paths.Count: > 1 } joined)
            Joined = new CompositeKey(joined.Entity, joined.Paths.Count);
    }

    public Table Table { get; }

    public RowBatch Batch { get; }

    /// <summary>The properties of one element.</summary>
    public PropertyMap Element { get; }

    /// <summary>Set when a row's key is made of the record's id and the element's.</summary>
    public CompositeKeys? Links { get; }

    /// <summary>Set when a record is known by several of its properties.</summary>
    public CompositeKey? Joined { get; }

    /// <summary>Where the row that is being read goes: the number of whole rows.</summary>
    public RowCursor Cursor { get; } = new();

    /// <summary>Where the current record's rows begin.</summary>
    public int RecordStart { get; private set; }

    /// <summary>Nested tables: keys of the records that came without the property.</summary>
    public List<long> AbsentIn { get; } = [];

    /// <summary>Nested tables: keys of the records whose elements came on pages of their own.</summary>
    public List<long> Apart { get; } = [];

    /// <summary>Nested tables: records where the property was an array.</summary>
    public long Arrays { get; private set; }

    /// <summary>Links and members without an id, which are left out: nobody can tell what they are.</summary>
    public long WithoutId { get; private set; }

    /// <summary>Nested tables: what the current record had of the array.</summary>
    public ArrayState Array { get; set; }

    public bool HasKey => Links?.HasElement ?? Joined?.IsWhole ?? Batch[0].Count > Cursor.Row;

    public void Add(OuterValue capture) => _captures.Add(capture);

    public void Add(Aggregate aggregate) => _aggregates.Add(aggregate);

    public void BeginRecord()
    {
        RecordStart = Cursor.Row;
        Array = ArrayState.Absent;
        Joined?.Clear();
    }

    /// <summary>Tables of records: the record has been read, and its key with it.</summary>
    public void PutKey()
    {
        if (Joined is not null)
            ((ColumnBuffer<long>)Batch[0]).Put(Cursor.Row, Joined.Key);
    }

    public void FinishElement()
    {
        Links?.FinishElement();
        Cursor.Row++;
    }

    /// <summary>False when an element without an id is a bad row; true when it is left out and counted.</summary>
    public bool LeavesOutUnidentified()
    {
        if (Table.Kind == TableKind.Fact)
            return false;
        WithoutId++;
        return true;
    }

    public void DropElement()
    {
        Batch.Truncate(Cursor.Row);
        Links?.DropElement();
    }

    /// <summary>Nested tables: gives the record's elements what the record knows, and their link keys.</summary>
    public void FinishElements(ReadOnlySpan<byte> recordId, long recordKey)
    {
        if (Array == ArrayState.Absent)
            AbsentIn.Add(recordKey);
        Arrays += Array == ArrayState.Array ? 1 : 0;
        foreach (var capture in _captures)
            capture.Spread(RecordStart, Cursor.Row);
        if (Links is not null && Cursor.Row > RecordStart)
            FinishLinks(Links, recordId);
    }

    /// <summary>Tables of records: computes what the elements add up to and counts the row.</summary>
    public void FinishRow()
    {
        foreach (var aggregate in _aggregates)
            aggregate.Put(Cursor.Row);
        Cursor.Row++;
    }

    public void DropRecord()
    {
        Batch.Truncate(RecordStart);
        Links?.Clear();
        foreach (var capture in _captures)
            capture.Forget();
        Cursor.Row = RecordStart;
    }

    /// <summary>Makes every row whole.</summary>
    public void Fill() => Batch.FillTo(Cursor.Row);

    public void Clear()
    {
        Batch.Clear();
        Cursor.Row = RecordStart = 0;
    }

    private void FinishLinks(CompositeKeys links, ReadOnlySpan<byte> recordId)
    {
        var keys = (ColumnBuffer<long>)Batch[0];
        var kept = RecordStart;
        for (var row = RecordStart; row < Cursor.Row; row++)
        {
            if (links.KeyOf(recordId, row - RecordStart) is not { } key)
                continue;
            if (row != kept)
                Move(row, kept);
            keys.Put(kept++, key);
        }
        Batch.Truncate(kept);
        Cursor.Row = kept;
        links.Clear();
    }

    private void Move(int from, int to)
    {
        for (var i = 1; i < Table.Columns.Count; i++)
        {
            Batch[i].FillTo(Cursor.Row);
            Batch[i].CopyWithin(from, to);
        }
    }
}

/// <summary>What a record had where a nested table's array should be.</summary>
internal enum ArrayState
{
    Absent,
    Null,
    Array,
}

/// <summary>A value of the record around the elements: kept aside until the record ends, then given to each of its
/// elements.</summary>
internal sealed class OuterValue(ColumnBuffer column, ColumnBuffer kept)
{
    public void Spread(int from, int to)
    {
        if (kept.Count == 0)
            return;
        column.FillTo(from);
        for (var row = from; row < to; row++)
            column.AppendFrom(kept, 0);
        Forget();
    }

    public void Forget() => kept.Truncate(0);
}

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
internal sealed class SumAggregate(TableReader child, ColumnBuffer<long> addends, ColumnBuffer<long> into)
    : Aggregate(child)
{
    protected override void PutValue(int row)
    {
        var total = 0L;
        for (var i = Child.RecordStart; i < Math.Min(Child.Cursor.Row, addends.Count); i++)
            total += addends[i];
        into.Put(row, total);
    }
}
