using VPlanExport.Model;

namespace VPlanExport.Transform.Star;

/// <summary>
/// Members that vPlan no longer has and rows of this run still refer to: a sink that is rebuilt from this run on has
/// them from nowhere else, so their rows are written as the lake has them, with whatever those refer to in turn.
/// </summary>
internal sealed class RetainedMembers(IReadOnlyList<Table> tables)
{
    private readonly Dictionary<string, HashSet<long>> _wanted = tables
        .Where(DimensionMembers.Has)
        .ToDictionary(t => t.Name, _ => new HashSet<long>());

    /// <summary>Takes note of what these rows refer to.</summary>
    public void Want(RowBatch batch)
    {
        foreach (
            var column in batch.Table.Columns.Where(c => c.References is not null && _wanted.ContainsKey(c.References))
        )
        {
            var keys = batch.Typed<long>(column.Name);
            for (var row = 0; row < batch.Count; row++)
            {
                if (keys[row] != SurrogateKey.Unknown)
                    _wanted[column.References!].Add(keys[row]);
            }
        }
    }

    /// <param name="members">Those that the run has rows of, and refers to; what is written here is added to
    /// them.</param>
    /// <param name="write">Takes the rows of a dimension; they are reused afterwards.</param>
    public async Task WriteAsync(IBaseline baseline, DimensionMembers members, Func<RowBatch, Task> write)
    {
        foreach (var dimension in tables.Where(t => _wanted.ContainsKey(t.Name)))
            _wanted[dimension.Name].UnionWith(members.Unread(dimension));
        while (_wanted.FirstOrDefault(w => w.Value.Count > 0).Key is { } name)
        {
            var dimension = tables.Single(t => t.Name == name);
            var wanted = _wanted[name].Where(key => !members.Owns(dimension, key)).ToHashSet();
            _wanted[name].Clear();
            if (wanted.Count == 0)
                continue;
            var kept = new RowBatch(dimension);
            await foreach (var batch in baseline.Before(dimension, null))
            {
                kept.Clear();
                kept.AppendRows(
                    batch,
                    [.. Enumerable.Range(0, batch.Count).Where(row => wanted.Contains(batch.Key(row)))]
                );
                members.Own(kept);
                Want(kept);
                await write(kept);
            }
        }
    }
}
