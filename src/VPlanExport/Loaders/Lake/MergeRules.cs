using VPlanExport.Model;

namespace VPlanExport.Loaders.Lake;

internal enum RowFate
{
    Keep,
    Drop,

    /// <summary>Kept, and marked as no longer in vPlan.</summary>
    Tombstone,
}

/// <summary>What a change does to each row of a table: the remarks of <see cref="TableChange"/>, in code.</summary>
internal sealed class MergeRules
{
    private readonly TableChange _change;
    private readonly Table _table;
    private readonly ReadKeys _keys;
    private readonly KeySet _gone;
    private readonly KeySet _protected;
    private readonly KeySet _parents;
    private readonly bool[] _gapIsFilled;
    private readonly int _parentOrdinal;

    /// <param name="parents">Nested tables: parents whose elements the run holds all of, or that are gone.</param>
    public MergeRules(TableChange change, Table table, ReadKeys keys, KeySet parents)
    {
        (_change, _table, _keys, _parents) = (change, table, keys, parents);
        _gone = new KeySet([.. change.Gone]);
        _protected = new KeySet([.. change.Protected]);
        _gapIsFilled = new bool[keys.Inferred.Count];
        _parentOrdinal = table.ParentKey is { } parent ? table.Ordinal(parent) : -1;
    }

    /// <summary>The columns that <see cref="Stored"/> looks at.</summary>
    public IReadOnlyCollection<string> Columns => _table.ParentKey is { } parent ? [SystemColumns.IsInferred, SystemColumns.IsDeleted, parent] : [SystemColumns.IsInferred, SystemColumns.IsDeleted];

    /// <summary>False when no row that is there can be affected, nor stand in the way of a new one.</summary>
    public bool TouchesStored => _keys.Read.Count + _keys.Inferred.Count + _gone.Count + _parents.Count > 0 || _change.IsComplete;

    /// <summary>True when some of the run's rows are not taken as they are; known once every stored row has been looked at.</summary>
    public bool TouchesFresh => Array.IndexOf(_gapIsFilled, true) >= 0 || _gone.Overlaps(_keys.Read);

    /// <summary>The fate of a row that is there, and a note of it for inferred rows with the same key.</summary>
    public RowFate Stored(RowBatch batch, int row)
    {
        var key = batch.Key(row);
        if (_keys.Read.Contains(key))
            return RowFate.Drop;
        var gap = _keys.Inferred.IndexOf(key);
        if (gap >= 0)
            _gapIsFilled[gap] = true;
        return IsGone(batch, row, key) && SystemColumns.Live(batch, row) ? RowFate.Tombstone : RowFate.Keep;
    }

    /// <summary>The fate of one of the run's rows.</summary>
    public RowFate Fresh(RowBatch batch, int row)
    {
        var key = batch.Key(row);
        if (_keys.Inferred.IndexOf(key) is >= 0 and var gap)
            return _gapIsFilled[gap] ? RowFate.Drop : RowFate.Keep;
        return _gone.Contains(key) && SystemColumns.Live(batch, row) ? RowFate.Tombstone : RowFate.Keep;
    }

    private bool IsGone(RowBatch batch, int row, long key)
    {
        if (_gone.Contains(key))
            return true;
        if (!_change.IsComplete && _parents.Count == 0)
            return false;
        var parent = _parentOrdinal < 0 ? key : ((ColumnBuffer<long>)batch[_parentOrdinal])[row];
        return !_protected.Contains(parent) && (_change.IsComplete || _parents.Contains(parent));
    }
}
