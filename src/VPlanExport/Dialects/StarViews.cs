using VPlanExport.Model;

namespace VPlanExport.Dialects;

/// <summary>
/// For each table of the star a view of the same name in <c>bi</c>: its living rows, without the columns that only the
/// export needs. Who models or reads by hand never filters deleted rows, and needs <c>SELECT</c> on <c>bi</c> alone.
/// </summary>
internal static class StarViews
{
    private static readonly string[] Technical = [SystemColumns.IsDeleted, "run_id", "extracted_at"];

    /// <summary>A day comes from no record of vPlan.</summary>
    private static readonly string[] NotOfDays = [SystemColumns.IsInferred, "source_created_at", "source_updated_at"];

    /// <summary>What the view shows.</summary>
    public static IReadOnlyList<Column> Columns(Table table) =>
        [
            .. table.Columns.Where(c =>
                !Technical.Contains(c.Name) && !(IsCalendar(table) && NotOfDays.Contains(c.Name))
            ),
        ];

    /// <summary>The views of all tables, in the engine's spelling.</summary>
    public static IEnumerable<SqlScript> Of(string engine, IEnumerable<Table> tables) =>
        tables.Select(table => new SqlScript(table.Name, engine == "sqlserver" ? SqlServer(table) : DuckDb(table)));

    public static string DuckDb(Table table) => Create(table, name => name);

    /// <summary>Some names, such as transaction, are words of T-SQL.</summary>
    public static string SqlServer(Table table) => Create(table, name => $"[{name}]");

    private static bool IsCalendar(Table table) => table.Key.Type.Kind == ColumnKind.DateKey;

    private static string Create(Table table, Func<string, string> quoted)
    {
        var columns = string.Join(",\n", Columns(table).Select(c => $"    {quoted(c.Name)}"));
        var unknown = IsCalendar(table) ? $" AND {table.Key.Name} <> {SurrogateKey.Unknown}" : "";
        return $"-- {table.Grain} The view shows living rows "
            + $"only{(unknown == "" ? "" : ", and not the unknown day")}.\n"
            + $"CREATE VIEW bi.{table.Name} AS\nSELECT\n{columns}\nFROM dw.{table.Name}\nWHERE "
            + $"coalesce(is_deleted, 0) = 0{unknown};\n";
    }
}
