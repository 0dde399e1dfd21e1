using VPlanExport.Model;
using VPlanExport.Storage;

namespace VPlanExport.Loaders.Lake;

/// <summary>What a run brings to one table.</summary>
/// <param name="Tables">Every table of the star.</param>
internal sealed record TableInput(ChangeSet Changes, TableChange Change, Table Table, IReadOnlyList<Table> Tables, IStore RunStore)
{
    /// <param name="hasRows">False when the lake's table is empty: then the run's keys matter only where rows are gone as well.</param>
    public async Task<MergeRules> RulesAsync(bool hasRows, CancellationToken cancellationToken)
    {
        var keys = hasRows || Change.Gone.Count > 0 ? await ReadKeys.OfAsync(RunStore, Table, Change, cancellationToken) : ReadKeys.None;
        var claims = new List<ClaimRules>();
        foreach (var claim in hasRows ? Change.Claims : [])
            claims.Add(await RulesAsync(claim, cancellationToken));
        return new MergeRules(Change, keys, claims);
    }

    /// <summary>Inferred parents say nothing about their children.</summary>
    private async Task<ClaimRules> RulesAsync(Claim claim, CancellationToken cancellationToken)
    {
        if (claim.Parent is not { } parent || Changes.Tables.FirstOrDefault(c => c.Table == parent.Table) is not { } change)
            return new ClaimRules(claim, Table, KeySet.Empty, KeySet.Empty);
        var read = claim.ReplacesChildren ? (await ReadKeys.OfAsync(RunStore, Tables.Single(t => t.Name == parent.Table), change, cancellationToken)).Read : KeySet.Empty;
        return new ClaimRules(claim, Table, read, new KeySet([.. change.Gone]));
    }
}
