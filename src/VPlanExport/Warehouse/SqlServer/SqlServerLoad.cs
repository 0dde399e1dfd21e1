using System.Data;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Storage;

namespace VPlanExport.Warehouse.SqlServer;

/// <inheritdoc/>
internal sealed class SqlServerLoad(
    SqlServerSession session,
    ChangeSet changes,
    IStore runStore,
    IReadOnlyList<Table> tables,
    CancellationToken cancellationToken
) : WarehouseLoader(session, changes, tables)
{
    protected override MergeSql MergeOf(Table table) => new SqlServerMerge(table);

    protected override void Clear() =>
        session.Execute(string.Join("; ", Tables.Select(table => new SqlServerMerge(table).Truncate)));

    protected override bool Stage(TableChange change, Table table)
    {
        if (change.Files.Count == 0)
            return false;
        using var rows = new RowFileReader(table, change.Files, runStore, Changes.RunId, cancellationToken);
        var staged = session.Copy($"[stg].[{table.Name}]", rows);
        if (staged != change.Rows)
            throw rows.Damaged($"they hold {staged} rows, and the run counts {change.Rows}.");
        return true;
    }

    protected override void Merge(Part part, Comparison staged)
    {
        var merge = new SqlServerMerge(part.Table);
        if (staged.Changed > 0)
            session.Execute(merge.Update);
        if (staged.Inserted > 0)
            session.Execute(merge.Insert);
    }

    protected override void InsertMissing(Part part) => session.Execute(new SqlServerMerge(part.Table).Insert);

    protected override void ListKeys(IReadOnlyList<ListedKey> keys)
    {
        session.Execute("TRUNCATE TABLE stg.listed_key");
        using var rows = new DataTable();
        rows.Columns.Add("list", typeof(string));
        rows.Columns.Add("table_name", typeof(string));
        rows.Columns.Add("column_name", typeof(string));
        rows.Columns.Add("key_value", typeof(long));
        foreach (var (list, table, column, key) in keys)
            rows.Rows.Add(list, table, column, key);
        using var reader = rows.CreateDataReader();
        session.Copy("[stg].[listed_key]", reader);
    }
}
