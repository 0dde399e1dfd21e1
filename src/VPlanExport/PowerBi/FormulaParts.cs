using VPlanExport.Model;

namespace VPlanExport.PowerBi;

/// <summary>What formulas are made of.</summary>
internal static class FormulaParts
{
    /// <summary>A formula and every one in it, those of other measures left out.</summary>
    public static IEnumerable<Formula> Within(Formula formula) => [formula, .. Parts(formula).SelectMany(Within)];

    /// <summary>Table and column of everything that is added up.</summary>
    public static IEnumerable<(string Table, string Column)> Summed(Formula formula) =>
        Within(formula)
            .OfType<Formula.Aggregate>()
            .Where(a => a.Value is not null)
            .SelectMany(a => Columns(a.Table, a.Value!));

    /// <summary>Table and date key by which a period selects rows where it is not the table's first.</summary>
    public static IEnumerable<(string Table, string Key)> Dated(Formula formula) =>
        Within(formula).OfType<Formula.Aggregate>().Where(a => a.On is not null).Select(a => (a.Table, a.On!));

    private static IEnumerable<Formula> Parts(Formula formula) =>
        formula switch
        {
            Formula.Ratio r => [r.Part, r.Whole],
            Formula.Scaled s => [s.Figure],
            Formula.Minus m => [m.From, m.Less],
            Formula.Plus p => [p.First, p.Second],
            Formula.During d => [d.Figure],
            Formula.Through t => [t.Figure],
            Formula.Shared s => [s.Figure, s.Over],
            _ => [],
        };

    private static IEnumerable<(string, string)> Columns(string table, RowValue value) =>
        value switch
        {
            RowValue.Own own => [(table, own.Column)],
            RowValue.FirstOf first => [.. Columns(table, first.First), .. Columns(table, first.Second)],
            RowValue.Product product => [.. Columns(table, product.First), .. Columns(table, product.Second)],
            RowValue.Difference difference => [.. Columns(table, difference.From), .. Columns(table, difference.To)],
            RowValue.Children { Column: { } column } children => [(children.Table, column)],
            _ => [],
        };
}
