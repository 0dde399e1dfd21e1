using VPlanExport.Model;

namespace VPlanExport.Transform.Star;

/// <summary>
/// Ids of a table that differ only by case, read ones and ones that are only referred to. They are rows of their own,
/// which SQL Server and Power BI take for one where they compare the ids. UUIDs are left out: they are the same in any
/// case.
/// </summary>
internal sealed class SimilarIds
{
    private readonly Dictionary<(string Table, string Folded), string> _ids = [];
    private readonly SortedDictionary<string, string> _found = new(StringComparer.Ordinal);

    /// <summary>By table: the first two ids that were found.</summary>
    public IReadOnlyDictionary<string, string> Found => _found;

    public void Take(RowBatch batch)
    {
        if (batch.Table.Id is not { } column)
            return;
        var ids = batch.Typed<string>(column.Name);
        for (var row = 0; row < ids.Count; row++)
        {
            if (!ids.IsNull(row))
                Take(batch.Table.Name, ids[row]);
        }
    }

    public void Take(string table, IEnumerable<string> ids)
    {
        foreach (var id in ids)
            Take(table, id);
    }

    private void Take(string table, string id)
    {
        if (Ids.IsUuid(id) || _found.ContainsKey(table))
            return;
        if (
            !_ids.TryAdd((table, id.ToUpperInvariant()), id)
            && _ids[(table, id.ToUpperInvariant())] is var other
            && other != id
        )
            _found[table] = $"{other} and {id}";
    }
}
