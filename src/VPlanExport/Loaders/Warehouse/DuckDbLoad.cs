using DuckDB.NET.Data;
using VPlanExport.Model;

namespace VPlanExport.Loaders.Warehouse;

/// <inheritdoc/>
/// <param name="paths">Local row files, by table.</param>
internal sealed class DuckDbLoad(DuckDbSession session, ChangeSet changes, IReadOnlyDictionary<string, string[]> paths, IReadOnlyList<Table> tables)
    : StarLoad(session, changes, tables)
{
    private readonly Dictionary<string, RowFiles> _files = [];

    protected override StarMerge MergeOf(Table table) => new DuckDbMerge(table);

    protected override bool Stage(TableChange change, Table table)
    {
        if (Reading(table.Name, () => RowFiles.Of(session, paths[table.Name])) is not { } files)
            return false;
        _files[table.Name] = files;
        Reading(table.Name, () => session.Execute(new DuckDbMerge(table).Stage(files)));
        return true;
    }

    protected override TableCounts Merge(Part part)
    {
        var (table, merge) = (part.Table, new DuckDbMerge(part.Table));
        var (staged, inserted, changed, clash) = session.Single(part.IsFirst ? merge.FirstCounts : merge.Counts, r =>
            (r.GetInt64(0), r.GetInt64(1), r.GetInt64(2), r.IsDBNull(3) ? (long?)null : Convert.ToInt64(r.GetValue(3), null)));
        StarChecks.SameId(session, table, merge, clash);
        if (inserted < staged)
            session.Execute(merge.RemoveOverwritten);
        Reading(table.Name, () => session.Execute(merge.Insert(_files[table.Name])));
        return new TableCounts(table.Name, staged, inserted, changed, staged - inserted - changed, 0);
    }

    protected override void InsertMissing(Part part) => Reading(part.Table.Name, () => session.Execute(new DuckDbMerge(part.Table).InsertMissing(_files[part.Table.Name])));

    protected override void ListKeys(IReadOnlyList<ListedKey> keys)
    {
        session.Execute("CREATE TEMP TABLE listed_key (list VARCHAR, table_name VARCHAR, column_name VARCHAR, key_value BIGINT)");
        using var appender = session.Appender("listed_key");
        foreach (var (list, table, column, key) in keys)
            appender.CreateRow().AppendValue(list).AppendValue(table).AppendValue(column).AppendValue(key).EndRow();
    }

    private T Reading<T>(string table, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ExportException e) when (e.InnerException is DuckDBException cause)
        {
            throw DuckDbFaults.RowFiles(table, Changes.RunId, session.Path, cause);
        }
    }
}
