using VPlanExport.Entities;
using VPlanExport.Model;

namespace VPlanExport.PowerBi;

/// <summary>A relationship from the many side to the one side.</summary>
/// <param name="IsActive">An inactive one is followed by the measures that name it.</param>
/// <param name="FiltersBack">A choice on the many side selects rows of the one side, too.</param>
internal sealed record Relation(Table From, Column Key, Table To, bool IsActive, bool FiltersBack)
{
    public string Id => $"{From.Name}.{Key.Name}>{To.Name}";
}

/// <summary>
/// The relationships of the model: facts and bridges lead to dimensions, dimensions lead nowhere. So exactly one active
/// way leads from any table to any other, and two roles of one dimension never compete.
/// </summary>
internal static class ModelRelations
{
    public static readonly IReadOnlyList<Relation> All = [.. Catalog.Tables.SelectMany(Of)];

    private static IEnumerable<Relation> Of(Table table)
    {
        var named = Measures
            .All.SelectMany(m => FormulaParts.Dated(m.Formula))
            .Where(d => d.Table == table.Name)
            .Select(d => d.Key)
            .ToHashSet();
        if (Twin(table) is { } twin)
            yield return new Relation(table, table.Key, twin, true, false);
        foreach (var column in table.Columns.Where(c => c is { References: not null, IsRelated: true }))
        {
            var isMain = table.MainReference(column.References!) == column;
            if (isMain || named.Contains(column.Name))
                yield return new Relation(
                    table,
                    column,
                    Catalog.Table(column.References!),
                    isMain,
                    table.FiltersBack == column.Name
                );
        }
    }

    /// <summary>A fact with a row for each member of a dimension has its key.</summary>
    private static Table? Twin(Table fact) =>
        fact.Kind == TableKind.Fact
            ? Catalog.Tables.FirstOrDefault(t =>
                t.Kind == TableKind.Dimension && t.KeyEntity is not null && t.KeyEntity == fact.KeyEntity
            )
            : null;
}
