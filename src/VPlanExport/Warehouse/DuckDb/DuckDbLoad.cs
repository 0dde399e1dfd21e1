using DuckDB.NET.Data;
using VPlanExport.Dialects;
using VPlanExport.Model;
using VPlanExport.Package;

namespace VPlanExport.Warehouse.DuckDb;

/// <inheritdoc/>
/// <param name="paths">Local row files, by table.</param>
internal sealed class DuckDbLoad(DuckDbSession session, ChangeSet changes, IReadOnlyDictionary<string, string[]> paths, IReadOnlyList<Table> tables)
    : WarehouseLoader(session, changes, tables)
{
    private readonly Dictionary<string, ParquetSource> _files = [];

    protected override MergeSql MergeOf(Table table) => new DuckDbMerge(table);

    protected override bool Stage(TableChange change, Table table)
    {
        if (Reading(table.Name, () => ParquetSource.Of(session, paths[table.Name])) is not { } files)
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
        LoadChecks.SameId(session, table, merge, clash);
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
            throw DuckDbErrors.RowFiles(table, Changes.RunId, session.Path, cause);
        }
    }
}

/// <summary>The local row files of one table, as DuckDB reads them.</summary>
/// <param name="Source">A table function over the files.</param>
/// <param name="Columns">The columns the files have: a file of an older catalog lacks those added since.</param>
internal sealed record ParquetSource(string Source, IReadOnlySet<string> Columns)
{
    /// <summary>The files with their columns; null when there are none.</summary>
    public static ParquetSource? Of(DuckDbSession session, IReadOnlyList<string> paths)
    {
        if (paths.Count == 0)
            return null;
        var source = $"read_parquet([{string.Join(", ", paths.Select(Literal))}], union_by_name = true, hive_partitioning = false)";
        return new ParquetSource(source, session.Rows($"DESCRIBE SELECT * FROM {source}", r => r.GetString(0)).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>The table's columns in order; what the files lack is null, or the unknown member where the type has no null.</summary>
    public string Select(Table table) => string.Join(", ", table.Columns.Select(column =>
        Columns.Contains(column.Name) ? DuckDbTypes.FromParquet(column)
        : column.Type.IsNullable ? $"NULL AS {column.Name}"
        : $"{SurrogateKey.Unknown} AS {column.Name}"));

    // The list takes patterns: a bracket in a folder's name stands for itself only inside brackets.
    private static string Literal(string path) => $"'{path
        .Replace("'", "''", StringComparison.Ordinal)
        .Replace("[", "[[]", StringComparison.Ordinal)
        .Replace("*", "[*]", StringComparison.Ordinal)
        .Replace("?", "[?]", StringComparison.Ordinal)}'";
}
