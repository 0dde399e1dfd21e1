using VPlanExport.Model;

namespace VPlanExport.Loaders.Lake;

/// <summary>Which absent rows a claim gives up: the remarks of <see cref="Claim"/>, in code.</summary>
/// <param name="read">Parents whose elements the run holds all of.</param>
/// <param name="gone">Parents that vPlan no longer has.</param>
internal sealed class ClaimRules(Claim claim, Table table, KeySet read, KeySet gone)
{
    private readonly KeySet _protected = new([.. claim.Protected]);
    private readonly int _ordinal = claim.Parent is { } parent ? table.Ordinal(parent.Key) : 0;

    /// <summary>The column of the parent's key; null on a table of records.</summary>
    public string? ParentKey => claim.Parent?.Key;

    /// <summary>False when no row is given up, whatever it is.</summary>
    public bool MayGiveUp => claim.IsComplete || read.Count + gone.Count > 0;

    public bool GivesUp(RowBatch batch, int row)
    {
        if (!MayGiveUp)
            return false;
        var key = ParentKey is null ? batch.Key(row) : ((ColumnBuffer<long>)batch[_ordinal])[row];
        return key != Keys.Unknown && (gone.Contains(key) || (!_protected.Contains(key) && (claim.IsComplete || read.Contains(key))));
    }
}
