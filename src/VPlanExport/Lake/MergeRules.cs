using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Storage;

namespace VPlanExport.Lake;

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
    private readonly RunKeys _keys;
    private readonly IReadOnlyList<DeleteRules> _claims;
    private readonly KeySet _gone;
    private readonly bool[] _gapIsFilled;

    public MergeRules(TableChange change, RunKeys keys, IReadOnlyList<DeleteRules> claims)
    {
        (_keys, _claims) = (keys, claims);
        _gone = new KeySet([.. change.Deleted]);
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

/// <summary>Which absent rows a claim gives up: the remarks of <see cref="DeleteScope"/>, in code.</summary>
/// <param name="read">Parents whose elements the run holds all of.</param>
/// <param name="gone">Parents that vPlan no longer has.</param>
internal sealed class DeleteRules(DeleteScope claim, Table table, KeySet read, KeySet gone)
{
    private readonly KeySet _protected = new([.. claim.Excluded]);
    private readonly int _ordinal = claim.Parent is { } parent ? table.Ordinal(parent.Key) : 0;

    /// <summary>The column of the parent's key; null on a table of records.</summary>
    public string? ParentKey => claim.Parent?.Key;

    /// <summary>False when no row is given up, whatever it is.</summary>
    public bool MayGiveUp => claim.IsFullSnapshot || read.Count + gone.Count > 0;

    public bool GivesUp(RowBatch batch, int row)
    {
        if (!MayGiveUp)
            return false;
        var key = ParentKey is null ? batch.Key(row) : ((ColumnBuffer<long>)batch[_ordinal])[row];
        return key != SurrogateKey.Unknown && (gone.Contains(key) || (!_protected.Contains(key) && (claim.IsFullSnapshot || read.Contains(key))));
    }
}

/// <summary>The keys of a run's rows of one table.</summary>
/// <param name="Read">Rows that vPlan delivered.</param>
/// <param name="Inferred">Rows that stand in for something not read, and the unknown member: they only fill a gap.</param>
internal sealed record RunKeys(KeySet Read, KeySet Inferred)
{
    public static readonly RunKeys None = new(KeySet.Empty, KeySet.Empty);

    public static async Task<RunKeys> OfAsync(IStore runStore, Table table, TableChange change, CancellationToken cancellationToken)
    {
        var (read, inferred) = (new List<long>((int)change.Rows), new List<long>());
        foreach (var file in change.Files)
        {
            await using var stream = await RunFiles.OpenAsync(runStore, table, file, cancellationToken);
            await foreach (var batch in RowFile.ReadAsync(stream, table, [SystemColumns.IsInferred], cancellationToken))
            {
                for (var row = 0; row < batch.Count; row++)
                    (FillsGap(batch, row) ? inferred : read).Add(batch.Key(row));
            }
        }
        return new RunKeys(new KeySet([.. read]), new KeySet([.. inferred]));
    }

    /// <summary>The unknown member never changes: it is there once, and no file is written anew for it.</summary>
    private static bool FillsGap(RowBatch batch, int row) => SystemColumns.Inferred(batch, row) || batch.Key(row) == SurrogateKey.Unknown;
}
