using VPlanExport.Model;

namespace VPlanExport.Loaders.Warehouse;

/// <summary>What must hold before a load is committed. DuckDB's own constraints would need indexes that have to fit in memory.</summary>
internal static class DuckDbChecks
{
    /// <summary>No key landed twice.</summary>
    public static void Unique(DuckDbSession session, Table table, DuckDbMerge merge)
    {
        var repeated = session.Rows(merge.RepeatedKey, Number);
        if (repeated.Count > 0)
            throw new ContractException(
                $"Key {repeated[0]} came more than once for {table.Name}{Ids(session, merge, repeated[0])}. Nothing was changed. "
                + "Two rows of one run must not share a key: report it with the run's folder.");
    }

    /// <summary>No key that landed stands for another id in the star.</summary>
    public static void SameId(DuckDbSession session, Table table, DuckDbMerge merge, long? clash)
    {
        if (clash is { } key)
            throw new ContractException(
                $"Key {key} of {table.Name} stands for two ids{Ids(session, merge, key)}. Nothing was changed. "
                + "A key must stand for one id: report it with both ids.");
    }

    /// <summary>Every key column of the rows that landed points to a row of its dimension.</summary>
    public static void References(DuckDbSession session, Table table, DuckDbMerge merge, IReadOnlyList<Table> tables)
    {
        foreach (var column in table.Columns.Where(c => c.References is not null))
        {
            var dimension = tables.Single(t => t.Name == column.References);
            var dangling = session.Rows(merge.Dangling(column, dimension), r => (Row: Number(r), Key: r.IsDBNull(1) ? "empty" : r.GetValue(1)));
            if (dangling.Count > 0)
                throw new ContractException(
                    $"{table.Name}.{column.Name} is {dangling[0].Key} in row {dangling[0].Row}, and {dimension.Name} has no such {dimension.Key.Name}. "
                    + "Nothing was changed. Every run brings the members that its rows refer to: make the row files anew from the run's raw pages and load again.");
        }
    }

    private static long Number(System.Data.Common.DbDataReader row) => Convert.ToInt64(row.GetValue(0), null);

    private static string Ids(DuckDbSession session, DuckDbMerge merge, long key)
    {
        var ids = session.Rows(merge.IdsOfKey, r => r.IsDBNull(0) ? "empty" : $"'{r.GetString(0)}'", key, key);
        return ids.Count == 0 ? "" : $" (ids {string.Join(" and ", ids)})";
    }
}
