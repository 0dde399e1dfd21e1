using VPlanExport.Model;

namespace VPlanExport.Transform.Star;

/// <summary>
/// The members of dimensions: those the run has rows of, and those that something refers to. What is referred to and
/// has no row gets an inferred member, so that no key dangles. No run has read such a row, so it has neither
/// <c>run_id</c> nor <c>extracted_at</c> and is the same whichever run brought it.
/// </summary>
internal sealed class DimensionMembers(IReadOnlyList<Table> tables)
{
    public const string UnknownName = "Unknown";
    public const string InferredName = "(not exported)";

    private readonly Dictionary<string, HashSet<long>> _own = tables.ToDictionary(
        t => t.Name,
        _ => new HashSet<long>()
    );
    private readonly Dictionary<string, Dictionary<long, string>> _references = tables
        .Where(Has)
        .ToDictionary(t => t.Name, _ => new Dictionary<long, string>());

    /// <summary>A dimension of vPlan's objects, not of days.</summary>
    public static bool Has(Table table) => table is { Kind: TableKind.Dimension, Id: not null };

    /// <summary>Elements that are members of a dimension may stand under several records.</summary>
    public static bool MayRepeat(Table table) => table is { IsNested: true, Kind: TableKind.Dimension };

    /// <summary>Takes note of rows that are in this run.</summary>
    public void Own(RowBatch batch)
    {
        var own = _own[batch.Table.Name];
        for (var row = 0; row < batch.Count; row++)
            own.Add(batch.Key(row));
    }

    /// <summary>The rows whose key is new to this run.</summary>
    public RowBatch FirstOfEach(RowBatch batch)
    {
        var (kept, own) = (new RowBatch(batch.Table), _own[batch.Table.Name]);
        for (var row = 0; row < batch.Count; row++)
        {
            if (own.Add(batch.Key(row)))
                kept.AppendFrom(batch, row);
        }
        return kept;
    }

    /// <summary>True when a row of this key has come by <see cref="FirstOfEach"/> or <see cref="Own"/>.</summary>
    public bool Owns(Table table, long key) => _own[table.Name].Contains(key);

    /// <summary>Takes note of references: key to id.</summary>
    public void Refer(string dimension, IReadOnlyDictionary<long, string> ids)
    {
        var (own, references) = (_own[dimension], _references[dimension]);
        foreach (var (key, id) in ids)
        {
            if (!own.Contains(key))
                references.TryAdd(key, id);
        }
    }

    /// <summary>The unknown member, and a stand-in for each member that is referred to and not in this run's
    /// rows.</summary>
    /// <param name="retained">Members that need none.</param>
    public RowBatch Missing(Table dimension, IReadOnlySet<long> retained)
    {
        var batch = new RowBatch(dimension);
        Append(batch, SurrogateKey.Unknown, null);
        foreach (
            var (key, id) in _references[dimension.Name]
                .Where(r => !_own[dimension.Name].Contains(r.Key) && !retained.Contains(r.Key))
                .OrderBy(r => r.Value, StringComparer.Ordinal)
        )
            Append(batch, key, id);
        return batch;
    }

    private void Append(RowBatch batch, long key, string? id)
    {
        var name = batch.Table.Columns.FirstOrDefault(c =>
            c.Name is "name" or "full_name" or "code" && c.Type.Kind == ColumnKind.Text
        );
        foreach (var column in batch.Table.Columns)
        {
            var buffer = batch[column.Name];
            if (column == batch.Table.Key)
                ((ColumnBuffer<long>)buffer).Append(key);
            else if (column == batch.Table.Id)
                ((ColumnBuffer<string>)buffer).Append(id ?? "");
            else if (column == name)
                ((ColumnBuffer<string>)buffer).Append(id is null ? UnknownName : InferredName);
            else
                AppendSystem(buffer, column, isInferred: id is not null);
        }
    }

    private void AppendSystem(ColumnBuffer buffer, Column column, bool isInferred)
    {
        switch (column)
        {
            case { Source: Source.IsInferred }:
                ((ColumnBuffer<bool>)buffer).Append(isInferred);
                break;
            case { Name: "is_deleted" or "is_marked_deleted" }:
                ((ColumnBuffer<bool>)buffer).Append(false);
                break;
            case { Type.Kind: ColumnKind.Key }:
                ((ColumnBuffer<long>)buffer).Append(SurrogateKey.Unknown);
                break;
            case { Type.Kind: ColumnKind.DateKey }:
                ((ColumnBuffer<int>)buffer).Append((int)SurrogateKey.Unknown);
                break;
            default:
                buffer.AppendNull();
                break;
        }
    }
}
