using VPlanExport.Model;
using VPlanExport.Storage;

namespace VPlanExport.Loaders.Lake;

/// <summary>What a run brings to one table.</summary>
/// <param name="Parent">Nested tables: the parents' table and its change in the same run.</param>
internal sealed record TableInput(ChangeSet Changes, TableChange Change, Table Table, (Table Table, TableChange Change)? Parent, IStore RunStore)
{
    /// <param name="hasRows">False when the lake's table is empty: then the run's keys matter only where rows are gone as well.</param>
    public async Task<MergeRules> RulesAsync(bool hasRows, CancellationToken cancellationToken)
    {
        var keys = hasRows || Change.Gone.Count > 0 ? await ReadKeys.OfAsync(RunStore, Table, Change, cancellationToken) : ReadKeys.None;
        var parents = hasRows ? await ParentsAsync(cancellationToken) : KeySet.Empty;
        return new MergeRules(Change, Table, keys, parents);
    }

    /// <summary>Inferred parents say nothing about their children.</summary>
    private async Task<KeySet> ParentsAsync(CancellationToken cancellationToken)
    {
        if (!Change.ReplacesChildren || Parent is not { } parent)
            return KeySet.Empty;
        var keys = await ReadKeys.OfAsync(RunStore, parent.Table, parent.Change, cancellationToken);
        return keys.Read.With(parent.Change.Gone);
    }
}
