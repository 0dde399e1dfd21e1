using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Package;

namespace VPlanExport.Tests.Warehouse;

/// <summary>A row as the model keeps it; <paramref name="Parent"/> is 0 on a table that is not nested.</summary>
internal sealed record ModelRow(long Key, long Parent, string Name, bool IsInferred, bool IsDeleted, string RunId);

/// <summary>What a run brings to one table of the model.</summary>
internal sealed record ModelChange(
    ModelRow[] Rows,
    bool IsComplete,
    bool ReplacesChildren,
    long[] Gone,
    long[] Protected
)
{
    public TableChange Say(TableChange change) =>
        change with
        {
            Deleted = Gone,
            DeleteScopes =
            [
                new DeleteScope(VPlanExport.Entities.Catalog.Table(change.Table).Parent)
                {
                    IsFullSnapshot = IsComplete,
                    ReplacesChildren = ReplacesChildren,
                    Excluded = Protected,
                },
            ],
        };
}

/// <summary>The rules of <see cref="TableChange"/>, a row at a time in memory.</summary>
internal static class MergeModel
{
    public static void Apply(Dictionary<long, ModelRow> table, ModelChange change, ModelChange? parents, string runId)
    {
        foreach (
            var row in change.Rows.Where(row =>
                !(row.IsInferred || row.Key == SurrogateKey.Unknown) || !table.ContainsKey(row.Key)
            )
        )
            table[row.Key] =
                table.TryGetValue(row.Key, out var there) && there with { RunId = "" } == row with { RunId = "" }
                    ? there
                    : row with
                    {
                        RunId = runId,
                    };
        foreach (var row in table.Values.Where(row => IsGone(row, change, parents)).ToList())
            table[row.Key] = row with { IsDeleted = true, RunId = runId };
    }

    private static bool IsGone(ModelRow row, ModelChange change, ModelChange? parents)
    {
        if (row.IsDeleted || row.IsInferred || row.Key == SurrogateKey.Unknown)
            return false;
        if (change.Gone.Contains(row.Key))
            return true;
        if (change.Rows.Any(r => r.Key == row.Key && !r.IsInferred))
            return false;
        if (parents?.Gone.Contains(row.Parent) == true)
            return true;
        if (change.Protected.Contains(parents is null ? row.Key : row.Parent))
            return false;
        return change.IsComplete
            || (change.ReplacesChildren && parents?.Rows.Any(p => p.Key == row.Parent && !p.IsInferred) == true);
    }
}
