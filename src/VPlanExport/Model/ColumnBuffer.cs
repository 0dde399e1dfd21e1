namespace VPlanExport.Model;

/// <summary>The values of one column of a batch: a typed array that is reused, and a mask of nulls.</summary>
internal abstract class ColumnBuffer
{
    public int Count { get; protected set; }

    public abstract bool IsNull(int row);

    public abstract void AppendNull();

    /// <summary>Appends what rows hold in a column that did not exist when they were written.</summary>
    public void AppendAbsent(ColumnType type, int rows)
    {
        for (var i = 0; i < rows; i++)
        {
            if (type.IsNullable)
                AppendNull();
            else if (this is ColumnBuffer<long> keys)
                keys.Append(SurrogateKey.Unknown);
            else
                ((ColumnBuffer<int>)this).Append((int)SurrogateKey.Unknown);
        }
    }

    /// <summary>Appends row <paramref name="row"/> of a buffer of the same type.</summary>
    public abstract void AppendFrom(ColumnBuffer source, int row);

    /// <summary>Appends the rows at these places of a buffer of the same type.</summary>
    public abstract void AppendRows(ColumnBuffer source, ReadOnlySpan<int> rows);

    /// <summary>Overwrites row <paramref name="to"/> with row <paramref name="from"/>.</summary>
    public abstract void CopyWithin(int from, int to);

    /// <summary>Forgets every row from <paramref name="count"/> on; nothing when there are fewer.</summary>
    public abstract void Truncate(int count);

    /// <summary>Appends what stands for "nothing was read" until there are <paramref name="count"/> rows.</summary>
    public abstract void FillTo(int count);

    /// <summary>The value as an object: for people, tests, and interfaces that take nothing else.</summary>
    public abstract object? Boxed(int row);

    /// <summary>True when both rows hold the same value, nulls included.</summary>
    public abstract bool SameValue(int row, ColumnBuffer other, int otherRow);

    public static ColumnBuffer For(ColumnType type) =>
        type.Kind switch
        {
            ColumnKind.Key or ColumnKind.Int64 => new ColumnBuffer<long>(),
            ColumnKind.Int32 or ColumnKind.DateKey => new ColumnBuffer<int>(),
            ColumnKind.Bool => new ColumnBuffer<bool>(),
            ColumnKind.Decimal => new ColumnBuffer<decimal>(),
            ColumnKind.Date => new ColumnBuffer<DateOnly>(),
            ColumnKind.Timestamp => new ColumnBuffer<DateTime>(),
            ColumnKind.Id or ColumnKind.Text or ColumnKind.Time or ColumnKind.Json => new ColumnBuffer<string>(),
        };
}

/// <inheritdoc/>
internal sealed class ColumnBuffer<T> : ColumnBuffer
{
    private T[] _values = new T[1024];
    private bool[] _nulls = new bool[1024];
    private T _filler = default!;
    private bool _fillsWithNull = true;

    public ReadOnlySpan<T> Values => _values.AsSpan(0, Count);

    public ReadOnlySpan<bool> Nulls => _nulls.AsSpan(0, Count);

    /// <summary>The same as <see cref="Values"/>, for writers that outlive the stack frame.</summary>
    public ReadOnlyMemory<T> Memory => _values.AsMemory(0, Count);

    public T this[int row] => _values[row];

    public void Append(T value)
    {
        if (Count == _values.Length)
            Grow();
        _values[Count] = value;
        _nulls[Count++] = false;
    }

    /// <summary>Sets the row's value, appending it and whatever is missing before it.</summary>
    public void Put(int row, T value)
    {
        if (Count < row)
            FillTo(row);
        if (Count == row)
            Append(value);
        else
            Set(row, value);
    }

    /// <summary>From now on <see cref="FillTo"/> appends this value instead of null.</summary>
    public void FillWith(T value) => (_filler, _fillsWithNull) = (value, false);

    public override void FillTo(int count)
    {
        if (count <= Count)
            return;
        while (_values.Length < count)
            Grow();
        _values.AsSpan(Count, count - Count).Fill(_filler);
        _nulls.AsSpan(Count, count - Count).Fill(_fillsWithNull);
        Count = count;
    }

    public void Set(int row, T value)
    {
        _values[row] = value;
        _nulls[row] = false;
    }

    public void SetNull(int row)
    {
        _values[row] = default!;
        _nulls[row] = true;
    }

    public override bool IsNull(int row) => _nulls[row];

    public override void AppendNull()
    {
        Append(default!);
        _nulls[Count - 1] = true;
    }

    public override void AppendFrom(ColumnBuffer source, int row)
    {
        var typed = (ColumnBuffer<T>)source;
        Append(typed._values[row]);
        _nulls[Count - 1] = typed._nulls[row];
    }

    public override void AppendRows(ColumnBuffer source, ReadOnlySpan<int> rows)
    {
        var typed = (ColumnBuffer<T>)source;
        while (_values.Length < Count + rows.Length)
            Grow();
        foreach (var row in rows)
        {
            _values[Count] = typed._values[row];
            _nulls[Count++] = typed._nulls[row];
        }
    }

    public override void CopyWithin(int from, int to) => (_values[to], _nulls[to]) = (_values[from], _nulls[from]);

    public override void Truncate(int count)
    {
        if (count >= Count)
            return;
        if (typeof(T) == typeof(string))
            Array.Clear(_values, count, Count - count);
        Count = count;
    }

    public override object? Boxed(int row) => _nulls[row] ? null : _values[row];

    public override bool SameValue(int row, ColumnBuffer other, int otherRow)
    {
        var typed = (ColumnBuffer<T>)other;
        return _nulls[row] == typed._nulls[otherRow]
            && (_nulls[row] || EqualityComparer<T>.Default.Equals(_values[row], typed._values[otherRow]));
    }

    private void Grow()
    {
        Array.Resize(ref _values, _values.Length * 2);
        Array.Resize(ref _nulls, _nulls.Length * 2);
    }
}
