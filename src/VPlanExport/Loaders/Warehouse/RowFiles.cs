using VPlanExport.Dialects;
using VPlanExport.Model;

namespace VPlanExport.Loaders.Warehouse;

/// <summary>The local row files of one table, as DuckDB reads them.</summary>
/// <param name="Source">A table function over the files.</param>
/// <param name="Columns">The columns the files have: a file of an older catalog lacks those added since.</param>
internal sealed record RowFiles(string Source, IReadOnlySet<string> Columns)
{
    /// <summary>The files with their columns; null when there are none.</summary>
    public static RowFiles? Of(DuckDbSession session, IReadOnlyList<string> paths)
    {
        if (paths.Count == 0)
            return null;
        var source = $"read_parquet([{string.Join(", ", paths.Select(Literal))}], union_by_name = true, hive_partitioning = false)";
        return new RowFiles(source, session.Rows($"DESCRIBE SELECT * FROM {source}", r => r.GetString(0)).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>The table's columns in order; what the files lack is null, or the unknown member where the type has no null.</summary>
    public string Select(Table table) => string.Join(", ", table.Columns.Select(column =>
        Columns.Contains(column.Name) ? DuckDbTypes.FromParquet(column)
        : column.Type.IsNullable ? $"NULL AS {column.Name}"
        : $"{Keys.Unknown} AS {column.Name}"));

    // The list takes patterns: a bracket in a folder's name stands for itself only inside brackets.
    private static string Literal(string path) => $"'{path
        .Replace("'", "''", StringComparison.Ordinal)
        .Replace("[", "[[]", StringComparison.Ordinal)
        .Replace("*", "[*]", StringComparison.Ordinal)
        .Replace("?", "[?]", StringComparison.Ordinal)}'";
}
