using VPlanExport.Dialects;
using VPlanExport.Model;

namespace VPlanExport.Loaders.Warehouse;

/// <inheritdoc/>
internal sealed class SqlServerDrift(string location, Func<ColumnType, string> typeName) : StarDrift(location, SqlServerTables.Columns, typeName)
{
    protected override string Mend => "Run these statements in the database";

    protected override string Rebuild => "Drop the export's own tables and views, those that sql/sqlserver names, and no others, and build them again";

    protected override string ChangeType(string table, string column, string type) => $"ALTER TABLE [dw].[{table}] ALTER COLUMN [{column}] {type};";

    protected override string Rename(string table, string from, string to) => $"EXEC sp_rename N'dw.{table}.{Literal(Quoted(from))}', N'{to}', N'COLUMN';";

    protected override string Drop(string table, string column) => $"ALTER TABLE [dw].[{table}] DROP COLUMN {Quoted(column)};";

    private static string Quoted(string name) => $"[{name.Replace("]", "]]", StringComparison.Ordinal)}]";

    private static string Literal(string text) => text.Replace("'", "''", StringComparison.Ordinal);
}
