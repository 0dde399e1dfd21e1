using VPlanExport.Dialects;

namespace VPlanExport.Loaders.Warehouse;

/// <inheritdoc/>
internal sealed class DuckDbDrift(string location) : StarDrift(location, table => table.Columns, DuckDbTypes.Name)
{
    protected override string Mend => "Run these statements with the DuckDB command line";

    protected override string Rebuild => "Move the file away and build it anew";

    protected override string ChangeType(string table, string column, string type) => $"ALTER TABLE dw.{table} ALTER COLUMN {column} SET DATA TYPE {type};";

    protected override string Rename(string table, string from, string to) => $"ALTER TABLE dw.{table} RENAME COLUMN {Quoted(from)} TO {to};";

    protected override string Drop(string table, string column) => $"ALTER TABLE dw.{table} DROP COLUMN {Quoted(column)};";

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
