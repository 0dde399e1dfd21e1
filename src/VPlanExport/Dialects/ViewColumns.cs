using CsvHelper;
using VPlanExport.Model;

namespace VPlanExport.Dialects;

/// <summary>
/// The columns of the views for people, in their order, and of the journal: <c>view-columns.csv</c>. One without a
/// meaning has that of the catalog's column of the same name.
/// </summary>
internal static class ViewColumns
{
    private static readonly IReadOnlyList<(string View, string Column, string Meaning)> All = Read();

    public static IEnumerable<(string Column, string Meaning)> Of(string view, IReadOnlyList<Table> tables) =>
        All.Where(c => c.View == view)
            .Select(c => (c.Column, c.Meaning.Length > 0 ? c.Meaning : Declared(c.Column, tables)));

    public static string Meaning(string view, string column) =>
        All.FirstOrDefault(c => c.View == view && c.Column == column).Meaning
        ?? throw new ArgumentException($"view-columns.csv says nothing of {view}.{column}.");

    /// <summary>A table's own key comes before those that refer to it.</summary>
    private static string Declared(string column, IReadOnlyList<Table> tables) =>
        tables
            .SelectMany(t => t.Columns.Where(c => c.Name == column))
            .OrderBy(c => c.References is null ? 0 : 1)
            .Select(Descriptions.Meaning)
            .FirstOrDefault()
        ?? throw new ArgumentException($"view-columns.csv has no meaning of {column}, and neither has the catalog.");

    private static List<(string, string, string)> Read()
    {
        using var reader = CsvReader.Create(
            typeof(ViewColumns).Assembly.GetManifestResourceStream("view-columns.csv")!,
            new CsvReaderOptions()
        );
        var all = new List<(string, string, string)>();
        while (reader.Read())
            all.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        return all;
    }
}
