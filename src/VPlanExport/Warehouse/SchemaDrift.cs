using VPlanExport.Model;

namespace VPlanExport.Warehouse;

/// <summary>Differences between declared and actual columns that are not settled by adding a column, with the
/// statements that settle them.</summary>
/// <param name="location">The warehouse, for people.</param>
/// <param name="columns">What a table of the star is declared to have.</param>
/// <param name="typeName">How the engine calls a type.</param>
internal abstract class SchemaDrift(
    string location,
    Func<Table, IReadOnlyList<Column>> columns,
    Func<ColumnType, string> typeName
)
{
    /// <param name="lost">Tables that runs were loaded into and that are not there.</param>
    public void RefuseLost(IEnumerable<string> lost)
    {
        if (string.Join(", ", lost.Select(name => $"dw.{name}")) is { Length: > 0 } names)
            throw new ContractException(
                $"The warehouse {location} no longer has {names}, into which runs were loaded: made again it "
                    + "would hold only what comes from now on. Nothing was changed. "
                    + $"{Rebuild} with `vplan-export load --all`, which asks vPlan for nothing."
            );
    }

    public void Refuse(IReadOnlyList<Table> tables, Func<Table, ActualColumn[]> actual)
    {
        var found = tables.SelectMany(table => Of(table, actual(table))).ToList();
        if (found.Count > 0)
            throw new ContractException(
                $"The warehouse {location} does not have the columns that the catalog declares:\n  "
                    + $"{string.Join("\n  ", found)}\n"
                    + $"Nothing was changed. {Remedy}, or {char.ToLowerInvariant(Rebuild[0])}{Rebuild[1..]} with "
                    + "`vplan-export load --all`, which asks vPlan for nothing."
            );
    }

    /// <summary>How the statements are run.</summary>
    protected abstract string Remedy { get; }

    /// <summary>How the warehouse is rebuilt.</summary>
    protected abstract string Rebuild { get; }

    protected abstract string ChangeType(string table, string column, string type);

    protected abstract string Rename(string table, string from, string to);

    protected abstract string Drop(string table, string column);

    private IEnumerable<string> Of(Table table, ActualColumn[] actual)
    {
        if (actual.Length == 0)
            return [];
        var missing = columns(table).Where(c => !actual.Any(a => a.Is(c))).ToList();
        var changed =
            from column in columns(table)
            from there in actual
            where there.Is(column) && there.Type != typeName(column.Type)
            select $"dw.{table.Name}.{column.Name} is {there.Type}, declared is {typeName(column.Type)}: "
                + $"{ChangeType(table.Name, column.Name, typeName(column.Type))}";
        return changed.Concat(actual.Where(a => !columns(table).Any(a.Is)).Select(a => Undeclared(table, a, missing)));
    }

    private string Undeclared(Table table, ActualColumn extra, List<Column> missing)
    {
        var like = missing.Where(c => typeName(c.Type) == extra.Type).ToList();
        return like.Count == 1
            ? $"dw.{table.Name}.{extra.Name} ({extra.Type}) is not declared, and {like[0].Name} ({extra.Type}) is "
                + $"not there; if it was renamed: {Rename(table.Name, extra.Name, like[0].Name)}"
            : $"dw.{table.Name}.{extra.Name} ({extra.Type}) is not declared: {Drop(table.Name, extra.Name)}"
                + (
                    missing.Count == 0
                        ? ""
                        : " Declared and not there: "
                            + $"{string.Join(", ", missing.Select(c => $"{c.Name} {typeName(c.Type)}"))}."
                );
    }
}

/// <summary>A column as the warehouse has it.</summary>
internal sealed record ActualColumn(string Name, string Type)
{
    /// <summary>What the database says that it is for.</summary>
    public string? Comment { get; init; }

    public bool Is(Column column) => string.Equals(Name, column.Name, StringComparison.OrdinalIgnoreCase);
}
