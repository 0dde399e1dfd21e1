using DuckDB.NET.Data;
using VPlanExport.Model;

namespace VPlanExport.Loaders.Warehouse;

/// <summary>One run's load, top to bottom; the caller holds the transaction.</summary>
/// <param name="paths">Local row files, by table.</param>
internal sealed class DuckDbLoad(DuckDbSession session, ChangeSet changes, IReadOnlyDictionary<string, string[]> paths, IReadOnlyList<Table> tables)
{
    /// <param name="IsFirst">The table of the star has no rows yet: none can differ, clash or be gone.</param>
    private sealed record Part(TableChange Change, Table Table, DuckDbMerge Merge, RowFiles? Files, bool IsFirst);

    public IReadOnlyList<TableCounts> Run()
    {
        var parts = Land();
        ListKeys("gone_keys", changes.Tables.Select(c => (c.Table, (string?)null, c.Gone)));
        ListKeys("protected_keys", changes.Tables.SelectMany(c => c.Claims.Select(claim => (c.Table, claim.Parent?.Key, claim.Protected))));
        var merged = parts.ConvertAll(Merge);
        var counts = parts.Zip(merged, (part, count) => count with { Deleted = Tombstone(part) }).ToList();
        foreach (var part in parts)
            DuckDbChecks.References(session, part.Table, part.Merge, tables);
        return counts;
    }

    private List<Part> Land()
    {
        foreach (var table in tables)
            session.Execute(new DuckDbMerge(table).Truncate);
        return [.. changes.Tables.Select(Land)];
    }

    private Part Land(TableChange change)
    {
        var table = tables.Single(t => t.Name == change.Table);
        var merge = new DuckDbMerge(table);
        var files = Reading(change.Table, () => RowFiles.Of(session, paths[change.Table]));
        if (files is not null)
            Reading(table.Name, () => session.Execute(merge.Stage(files)));
        return new Part(change, table, merge, files, session.Single(merge.IsEmpty, r => r.GetBoolean(0)));
    }

    private TableCounts Merge(Part part)
    {
        var (_, table, merge, files, isFirst) = part;
        if (files is null)
            return new TableCounts(table.Name, 0, 0, 0, 0, 0);
        DuckDbChecks.Unique(session, table, merge);
        var (staged, inserted, changed, clash) = session.Single(isFirst ? merge.FirstCounts : merge.Counts, r =>
            (r.GetInt64(0), r.GetInt64(1), r.GetInt64(2), r.IsDBNull(3) ? (long?)null : Convert.ToInt64(r.GetValue(3), null)));
        DuckDbChecks.SameId(session, table, merge, clash);
        if (inserted < staged)
            session.Execute(merge.RemoveOverwritten);
        Reading(table.Name, () => session.Execute(merge.Insert(files)));
        return new TableCounts(table.Name, staged, inserted, changed, staged - inserted - changed, 0);
    }

    private long Tombstone(Part part) =>
        part.Merge.Tombstone(part.Change, part.IsFirst, changes) is { } statement
            ? session.Execute(statement, changes.RunId, changes.ExtractedAt)
            : 0;

    private T Reading<T>(string table, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ExportException e) when (e.InnerException is DuckDBException cause)
        {
            throw DuckDbFaults.RowFiles(table, changes.RunId, session.Path, cause);
        }
    }

    private void ListKeys(string list, IEnumerable<(string Table, string? Column, IReadOnlyList<long> Keys)> lists)
    {
        session.Execute($"CREATE TEMP TABLE {list} (table_name VARCHAR, column_name VARCHAR, key BIGINT)");
        using var appender = session.Appender(list);
        foreach (var (table, column, keys) in lists)
        {
            foreach (var key in keys)
                appender.CreateRow().AppendValue(table).AppendValue(column).AppendValue(key).EndRow();
        }
    }
}
