using VPlanExport.Entities;
using VPlanExport.Model;

namespace VPlanExport.PowerBi;

/// <summary>What people read for the catalog's names, in one language.</summary>
/// <param name="isDutch">Dutch, else English.</param>
internal sealed class ModelNames(bool isDutch)
{
    public static readonly ModelNames English = new(false);

    private static readonly Dictionary<string, Table> Tables = Catalog
        .Tables.Append(Freshness.View)
        .ToDictionary(t => t.Name);

    public bool IsDutch => isDutch;

    public static IReadOnlyCollection<Table> All => Tables.Values;

    public string Table(Table table) => isDutch ? table.Dutch : EnglishOf(table);

    public string Column(Table table, Column column) => isDutch ? DutchOf(table, column) : Words(column.Name);

    public string Measure(Measure measure) => isDutch ? measure.Dutch : measure.Name;

    public string Folder(Measure measure) => isDutch ? measure.Folder.Dutch : measure.Folder.English;

    /// <summary>A table in DAX.</summary>
    public string Quoted(string table) => $"'{Table(Tables[table]).Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>A column in DAX.</summary>
    public string Of(string table, string column) => $"{Quoted(table)}[{Column(Tables[table], Tables[table][column])}]";

    /// <summary>A measure in DAX.</summary>
    public string Of(Measure measure) => $"[{Measure(measure)}]";

    /// <summary>The dimension that a key column leads to.</summary>
    public string Dimension(string table, string key) =>
        Tables[table][key].References
        ?? Tables.Values.Single(t => t.Kind == TableKind.Dimension && t.Key.Name == key).Name;

    /// <summary>A fact with a row for each member of a dimension would have its name.</summary>
    private static string EnglishOf(Table table)
    {
        var (kind, name) = table.Name.Split('_', 2) is [var prefix, var rest] ? (prefix, rest) : ("", table.Name);
        return (kind, name) switch
        {
            ("hist", _) => $"{Words(name)} history",
            ("fact", "card") => "Card plan",
            _ => Words(name),
        };
    }

    /// <summary>A key is named after the table that it leads to.</summary>
    private static string DutchOf(Table table, Column column) =>
        column switch
        {
            { Dutch: not "" } => column.Dutch,
            { Type.Kind: ColumnKind.Id } => $"{table.Dutch}-id",
            { References: { } dimension } => $"{Tables[dimension].Dutch} (sleutel)",
            _ => Tables.Values.FirstOrDefault(t => t.Kind == TableKind.Dimension && t.Key.Name == column.Name)
                is { } dimension
                ? $"{dimension.Dutch} (sleutel)"
                : $"{table.Dutch} (sleutel)",
        };

    private static string Words(string name)
    {
        var words = name.Replace('_', ' ');
        return words.StartsWith("iso ", StringComparison.Ordinal)
            ? $"ISO {words[4..]}"
            : char.ToUpperInvariant(words[0]) + words[1..];
    }
}
