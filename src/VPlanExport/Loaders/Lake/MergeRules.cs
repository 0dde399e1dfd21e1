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
    private readonly ReadKeys _keys;
    private readonly IReadOnlyList<ClaimRules> _claims;
    private readonly KeySet _gone;
    private readonly bool[] _gapIsFilled;

    public MergeRules(TableChange change, ReadKeys keys, IReadOnlyList<ClaimRules> claims)
    {
        (_keys, _claims) = (keys, claims);
        _gone = new KeySet([.. change.Gone]);
        _gapIsFilled = new bool[keys.Inferred.Count];
    }

    /// <summary>The columns that <see cref="Stored"/> looks at.</summary>
    public IReadOnlyCollection<string> Columns => [SystemColumns.IsInferred, SystemColumns.IsDeleted, .. _claims.Select(c => c.ParentKey).OfType<string>()];

    /// <summary>False when no row that is there can be affected, nor stand in the way of a new one.</summary>
    public bool TouchesStored => _keys.Read.Count + _keys.Inferred.Count + _gone.Count > 0 || _claims.Any(c => c.MayGiveUp);

    /// <summary>True when some of the run's rows are not taken as they are; known once every stored row has been looked at.</summary>
    public bool TouchesFresh => Array.IndexOf(_gapIsFilled, true) >= 0 || _gone.Overlaps(_keys.Read);

    /// <summary>The run's rows that find their place taken; known once every stored row has been looked at.</summary>
    public int GapsFilled => _gapIsFilled.Count(filled => filled);

    /// <summary>The fate of a row that is there, and a note of it for inferred rows with the same key.</summary>
    public RowFate Stored(RowBatch batch, int row)
    {
        var key = batch.Key(row);
        if (_keys.Read.Contains(key))
            return RowFate.Drop;
        var gap = _keys.Inferred.IndexOf(key);
        if (gap >= 0)
            _gapIsFilled[gap] = true;
        return SystemColumns.Live(batch, row) && IsGone(batch, row, key) ? RowFate.Tombstone : RowFate.Keep;
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
        foreach (var claim in _claims)
        {
            if (claim.GivesUp(batch, row))
                return true;
        }
        return false;
    }
}
