using System.Globalization;
using VPlanExport.Model;

namespace VPlanExport.Warehouse;

/// <summary>What must hold before a load is committed. Neither engine checks it: DuckDB's indexes would have to fit in
/// memory, SQL Server's references are switched off.</summary>
internal static class LoadChecks
{
    /// <summary>No key landed twice.</summary>
    public static void Unique(WarehouseSession session, Table table, MergeSql merge)
    {
        if (session.Number(merge.RepeatedKey) is { } repeated)
            throw new ContractException(
                $"Key {repeated} came more than once for {table.Name}{Ids(session, merge, repeated)}. Nothing was "
                    + "changed. Two rows of one run must not share a key: report it with the run's folder."
            );
    }

    /// <summary>No key that landed stands for another id in the star.</summary>
    /// <param name="clash">Such a key; null when there is none.</param>
    public static void SameId(WarehouseSession session, Table table, MergeSql merge, long? clash)
    {
        if (clash is { } key)
            throw new ContractException(
                $"Key {key} of {table.Name} stands for two ids{Ids(session, merge, key)}. Nothing was changed. "
                    + "A key must stand for one id: report it with both ids."
            );
    }

    /// <summary>Every key column of the rows that landed points to a row of its dimension.</summary>
    public static void References(WarehouseSession session, Table table, MergeSql merge, IReadOnlyList<Table> tables)
    {
        var references = table
            .Columns.Where(c => c.References is not null)
            .Select(c => (Column: c, Dimension: tables.Single(t => t.Name == c.References)))
            .ToList();
        if (references.Count == 0)
            return;
        var dangling = session.Single(
            merge.Dangling(references),
            row => references.Select((_, i) => row.IsDBNull(i) ? (long?)null : row.GetInt64(i)).ToList()
        );
        foreach (var ((column, dimension), found) in references.Zip(dangling))
        {
            if (found is { } row)
                throw new ContractException(
                    $"{table.Name}.{column.Name} is {ValueText(session.Number(merge.ValueOf(column), row))} "
                        + $"in row {row}, and {dimension.Name} has no such {dimension.Key.Name}. "
                        + "Nothing was changed. Every run brings the members that its rows refer to: make the "
                        + "row files again from the run's raw pages and load again."
                );
        }
    }

    /// <summary>Nothing was lost from one stage to the next.</summary>
    public static void Balance(Table table, string before, ControlTotals there, string after, ControlTotals here)
    {
        if (here != there)
            throw new ReconciliationException(
                $"{table.Name} does not balance: {before} {there}, {after} {here}. Nothing was changed in the "
                    + "warehouse. Start again: the run is loaded again. If the same is lost again, report it with the "
                    + "run's folder."
            );
    }

    private static string ValueText(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "empty";

    private static string Ids(WarehouseSession session, MergeSql merge, long key)
    {
        var ids = merge.IdsOfKey is { } sql
            ? session.Rows(sql, r => r.IsDBNull(0) ? "empty" : $"'{r.GetString(0)}'", key, key)
            : [];
        return ids.Count == 0 ? "" : $" (ids {string.Join(" and ", ids)})";
    }
}
