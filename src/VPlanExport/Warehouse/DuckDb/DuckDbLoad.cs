using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using VPlanExport.Dialects;
using VPlanExport.Model;
using VPlanExport.Package;

namespace VPlanExport.Warehouse.DuckDb;

/// <inheritdoc/>
/// <param name="files">Local row files, by table.</param>
internal sealed class DuckDbLoad(
    DuckDbSession session,
    ChangeSet changes,
    IReadOnlyDictionary<string, ParquetSource> files,
    IReadOnlyList<Table> tables
) : WarehouseLoader(session, changes, tables)
{
    protected override MergeSql MergeOf(Table table) => new DuckDbMerge(table);

    protected override void Clear() => Clear(Tables);

    protected override void ClearForStaging()
    {
        var filled = session
            .Rows(
                "SELECT view_name, sql FROM duckdb_views() WHERE schema_name = 'stg'",
                r => (r.GetString(0), r.GetString(1))
            )
            .Where(v => ParquetSource.PathsIn(v.Item2).Any())
            .Select(v => v.Item1)
            .ToHashSet(StringComparer.Ordinal);
        Clear(Tables.Where(t => filled.Contains(t.Name) && !files.ContainsKey(t.Name)));
    }

    protected override bool Stage(TableChange change, Table table)
    {
        if (!files.TryGetValue(table.Name, out var source))
            return false;
        ReadStaged(table, () => session.Execute(new DuckDbMerge(table).Stage(source)));
        return true;
    }

    protected override void Merge(Part part, Comparison staged)
    {
        var merge = new DuckDbMerge(part.Table);
        if (staged.Inserted == staged.Staged.Rows)
        {
            session.Execute(merge.InsertAll);
            return;
        }
        session.Execute(merge.ListChanged);
        if (staged.Changed > 0)
            session.Execute(merge.RemoveChanged);
        session.Execute(merge.InsertChanged);
    }

    protected override void InsertMissing(Part part) =>
        ReadStaged(part.Table, () => session.Execute(new DuckDbMerge(part.Table).InsertMissing));

    protected override void ListKeys(IReadOnlyList<ListedKey> keys)
    {
        session.Execute(
            "CREATE TEMP TABLE listed_key (list VARCHAR, table_name VARCHAR, column_name VARCHAR, key_value BIGINT)"
        );
        using var appender = session.Appender("listed_key");
        foreach (var (list, table, column, key) in keys)
            appender.CreateRow().AppendValue(list).AppendValue(table).AppendValue(column).AppendValue(key).EndRow();
    }

    private void Clear(IEnumerable<Table> some)
    {
        foreach (var table in some)
            session.Execute(new DuckDbMerge(table).Stage(files: null));
    }

    protected override T ReadStaged<T>(Table table, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ExportException e) when (e.InnerException is DuckDBException cause)
        {
            throw DuckDbErrors.RowFiles(table.Name, Changes.RunId, session.Path, cause);
        }
    }
}

/// <summary>The local row files of one table, as DuckDB reads them.</summary>
/// <param name="Source">A table function over the files.</param>
/// <param name="Columns">The columns the files have: a file of an older catalog lacks those added since.</param>
internal sealed partial record ParquetSource(string Source, IReadOnlySet<string> Columns)
{
    public static ParquetSource Of(IEnumerable<string> paths, IReadOnlySet<string> columns) =>
        new(
            $"read_parquet([{string.Join(", ", paths.Select(Literal))}], union_by_name = true, hive_partitioning "
                + "= false)",
            columns
        );

    /// <summary>The table's columns in order; what the files lack is null, or the unknown member where the type has no
    /// null.</summary>
    public string Select(Table table) =>
        string.Join(
            ", ",
            table.Columns.Select(column =>
                Columns.Contains(column.Name) ? DuckDbTypes.FromParquet(column)
                : column.Type.IsNullable ? $"NULL AS {column.Name}"
                : $"{SurrogateKey.Unknown} AS {column.Name}"
            )
        );

    /// <summary>The files that the text of such a view names, as patterns and as paths: DuckDB asks for the right to
    /// either.</summary>
    public static IEnumerable<string> PathsIn(string view) =>
        QuotedPath()
            .Matches(view)
            .Select(m => m.Groups[1].Value.Replace("''", "'", StringComparison.Ordinal))
            .SelectMany(pattern => new[] { pattern, Unescaped(pattern) });

    private static string Unescaped(string pattern) =>
        pattern
            .Replace("[?]", "?", StringComparison.Ordinal)
            .Replace("[*]", "*", StringComparison.Ordinal)
            .Replace("[[]", "[", StringComparison.Ordinal);

    [GeneratedRegex(@"'((?:[^']|'')*\.parquet)'")]
    private static partial Regex QuotedPath();

    // The list takes patterns: a bracket in a folder's name stands for itself only inside brackets.
    private static string Literal(string path) =>
        SqlText.Literal(
            path.Replace("[", "[[]", StringComparison.Ordinal)
                .Replace("*", "[*]", StringComparison.Ordinal)
                .Replace("?", "[?]", StringComparison.Ordinal)
        );
}
