using VPlanExport.Model;

namespace VPlanExport.Dialects;

/// <summary>Entity-relationship diagrams in Mermaid, from the catalog's references: one line a pair of tables, named by the roles.</summary>
internal static class SqlDiagram
{
    /// <param name="drawn">The tables whose references are drawn.</param>
    /// <param name="tables">Every table of the star.</param>
    public static string Render(IEnumerable<Table> drawn, IReadOnlyList<Table> tables) =>
        $"```mermaid\nerDiagram\n{string.Concat(drawn.SelectMany(t => Lines(t, tables)).Select(line => $"    {line}\n"))}```\n";

    /// <summary>A key is never empty, so every row has exactly one member of the dimension.</summary>
    private static IEnumerable<string> Lines(Table table, IReadOnlyList<Table> tables) =>
        tables.Where(t => IsTwin(table, t)).Select(t => $"{t.Name} ||--o| {table.Name} : \"{Role(t.Key)}\"")
            .Concat(table.Columns.Where(c => c.References is not null).GroupBy(c => c.References)
                .Select(roles => $"{roles.Key} ||--o{{ {table.Name} : \"{string.Join(", ", roles.Select(Role))}\""));

    /// <summary>A fact with a row per member of a dimension has its key.</summary>
    private static bool IsTwin(Table table, Table other) =>
        table.Kind == TableKind.Fact && other.Kind == TableKind.Dimension && other.KeyEntity is not null && other.KeyEntity == table.KeyEntity;

    private static string Role(Column column)
    {
        var name = column.Name[..^"_key".Length];
        return name.EndsWith("_date", StringComparison.Ordinal) ? name[..^"_date".Length] : name;
    }
}
