using VPlanExport.Dialects;
using VPlanExport.Model;

namespace VPlanExport.Loaders.Warehouse;

/// <summary>Differences between declared and actual columns that are not mended by adding a column.</summary>
internal static class DuckDbDrift
{
    public static void RefuseLost(string location, IEnumerable<string> lost)
    {
        if (string.Join(", ", lost.Select(name => $"dw.{name}")) is { Length: > 0 } names)
            throw new ContractException(
                $"The warehouse {location} no longer has {names}, into which runs were loaded: made again it would hold only what comes from now on. Nothing was changed. "
                + "Move the file away and build it anew with `vplan-export load --all`, which asks vPlan for nothing.");
    }

    public static void Refuse(string location, IReadOnlyList<Table> tables, Func<Table, ActualColumn[]> actual)
    {
        var found = tables.SelectMany(table => Of(table, actual(table))).ToList();
        if (found.Count > 0)
            throw new ContractException(
                $"The warehouse {location} does not have the columns that the catalog declares:\n  {string.Join("\n  ", found)}\n"
                + "Nothing was changed. Run these statements with the DuckDB command line, or move the file away and build it anew with `vplan-export load --all`, which asks vPlan for nothing.");
    }

    private static IEnumerable<string> Of(Table table, ActualColumn[] actual)
    {
        if (actual.Length == 0)
            return [];
        var missing = table.Columns.Where(c => !actual.Any(a => a.Is(c))).ToList();
        var changed =
            from column in table.Columns
            from there in actual
            where there.Is(column) && there.Type != DuckDbTypes.Name(column.Type)
            select $"dw.{table.Name}.{column.Name} is {there.Type}, declared is {DuckDbTypes.Name(column.Type)}: "
                + $"ALTER TABLE dw.{table.Name} ALTER COLUMN {column.Name} SET DATA TYPE {DuckDbTypes.Name(column.Type)};";
        return changed.Concat(actual.Where(a => !table.Columns.Any(a.Is)).Select(a => Undeclared(table, a, missing)));
    }

    private static string Undeclared(Table table, ActualColumn extra, List<Column> missing)
    {
        var like = missing.Where(c => DuckDbTypes.Name(c.Type) == extra.Type).ToList();
        return like.Count == 1
            ? $"dw.{table.Name}.{extra.Name} ({extra.Type}) is not declared, and {like[0].Name} ({extra.Type}) is not there; if it was renamed: "
                + $"ALTER TABLE dw.{table.Name} RENAME COLUMN {Quoted(extra.Name)} TO {like[0].Name};"
            : $"dw.{table.Name}.{extra.Name} ({extra.Type}) is not declared: ALTER TABLE dw.{table.Name} DROP COLUMN {Quoted(extra.Name)};"
                + (missing.Count == 0 ? "" : $" Declared and not there: {string.Join(", ", missing.Select(c => $"{c.Name} {DuckDbTypes.Name(c.Type)}"))}.");
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
