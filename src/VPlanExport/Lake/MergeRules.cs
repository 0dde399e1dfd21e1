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
    private readonly bool[] _isSame;

    public MergeRules(TableChange change, RunKeys keys, IReadOnlyList<DeleteRules> claims)
    {
        (_keys, _claims) = (keys, claims);
        _gone = new KeySet([.. change.Deleted]);
        _gapIsFilled = new bool[keys.Inferred.Count];
        _isSame = new bool[keys.Read.Count];
    }

    /// <summary>The columns that <see cref="Stored"/> looks at.</summary>
    public IReadOnlyCollection<string> Columns =>
        [SystemColumns.IsInferred, SystemColumns.IsDeleted, .. _claims.Select(c => c.ParentKey).OfType<string>()];

    /// <summary>False when no row that is there can be affected, nor stand in the way of a new one.</summary>
    public bool TouchesStored =>
        _keys.Read.Count + _keys.Inferred.Count + _gone.Count > 0 || _claims.Any(c => c.MayGiveUp);

    /// <summary>True when some of the run's rows are not taken as they are; known once every stored row has been looked
    /// at.</summary>
    public bool TouchesFresh =>
        Array.IndexOf(_gapIsFilled, true) >= 0 || Array.IndexOf(_isSame, true) >= 0 || _gone.Overlaps(_keys.Read);

    /// <summary>The run's rows that find their place taken; known once every stored row has been looked at.</summary>
    public int GapsFilled => _gapIsFilled.Count(filled => filled);

    /// <summary>The run's rows that are there already and say the same; known once every stored row has been looked
    /// at.</summary>
    public int Same => _isSame.Count(same => same);

    /// <summary>Whether the run brings the row, too.</summary>
    public bool IsRead(RowBatch batch, int row) => _keys.Read.Contains(batch.Key(row));

    /// <summary>Notes whether the run's row says the same as the row that is there, which then stays.</summary>
    /// <param name="hash">Of a row that <see cref="IsRead"/>.</param>
    public void Compare(RowBatch batch, int row, ulong hash)
    {
        var place = _keys.Read.IndexOf(batch.Key(row));
        _isSame[place] = _keys.Hashes[place] == hash && !_gone.Contains(batch.Key(row));
    }

    /// <summary>The fate of a row that is there, and a note of it for inferred rows with the same key.</summary>
    public RowFate Stored(RowBatch batch, int row)
    {
        var key = batch.Key(row);
        if (_keys.Read.IndexOf(key) is >= 0 and var place)
            return _isSame[place] ? RowFate.Keep : RowFate.Drop;
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
        if (_keys.Read.IndexOf(key) is >= 0 and var place && _isSame[place])
            return RowFate.Drop;
        return _gone.Contains(key) && SystemColumns.Live(batch, row) ? RowFate.Tombstone : RowFate.Keep;
    }

    /// <summary>The fate of a row that is there, where the run's rows stand beside it: none is kept that the run
    /// brings, be it as one that only fills a gap.</summary>
    public RowFate Retained(RowBatch batch, int row) =>
        _keys.Inferred.Contains(batch.Key(row)) ? RowFate.Drop : Stored(batch, row);

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
        return key != SurrogateKey.Unknown
            && (gone.Contains(key) || (!_protected.Contains(key) && (claim.IsFullSnapshot || read.Contains(key))));
    }
}

/// <summary>The keys of a run's rows of one table.</summary>
/// <param name="Read">Rows that vPlan delivered.</param>
/// <param name="Inferred">Rows that stand in for something not read, and the unknown member: they only fill a
/// gap.</param>
/// <param name="Hashes">Of the rows' values, in the order of <paramref name="Read"/>; empty when they were not asked
/// for.</param>
internal sealed record RunKeys(KeySet Read, KeySet Inferred, ulong[] Hashes)
{
    public static readonly RunKeys None = new(KeySet.Empty, KeySet.Empty, []);

    /// <param name="hashes">Whether the rows' values matter.</param>
    public static async Task<RunKeys> OfAsync(
        IStore runStore,
        Table table,
        TableChange change,
        bool hashes,
        CancellationToken cancellationToken
    )
    {
        var (read, hashed, inferred, hash) = (
            new List<long>((int)change.Rows),
            new List<ulong>(),
            new List<long>(),
            new RowHash(table)
        );
        foreach (var file in change.Files)
        {
            await using var stream = await RunFiles.OpenAsync(runStore, table, file, cancellationToken);
            await foreach (
                var batch in RowFile.ReadAsync(
                    stream,
                    table,
                    hashes ? null : [SystemColumns.IsInferred],
                    cancellationToken
                )
            )
            {
                for (var row = 0; row < batch.Count; row++)
                {
                    var fills = FillsGap(batch, row);
                    (fills ? inferred : read).Add(batch.Key(row));
                    if (hashes && !fills)
                        hashed.Add((ulong)hash.OfWhole(batch, row));
                }
            }
        }
        var (keys, values) = (read.ToArray(), hashed.ToArray());
        if (hashes)
            Array.Sort(keys, values);
        return new RunKeys(new KeySet(keys), new KeySet([.. inferred]), values);
    }

    /// <summary>The unknown member never changes: it is there once, and no file is written again for it.</summary>
    private static bool FillsGap(RowBatch batch, int row) =>
        SystemColumns.Inferred(batch, row) || batch.Key(row) == SurrogateKey.Unknown;
}
