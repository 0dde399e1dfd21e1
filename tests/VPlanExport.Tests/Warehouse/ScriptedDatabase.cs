using VPlanExport.Dialects;
using VPlanExport.Entities;

namespace VPlanExport.Tests.Warehouse;

/// <summary>A SQL Server that has some columns, and one row in every table.</summary>
internal sealed class ScriptedDatabase(
    IEnumerable<(string Schema, string Table, string Column, string Type)> columns,
    bool isMarked = false
)
{
    private readonly List<(string Schema, string Table, string Column, string Type)> _columns = [.. columns];

    /// <summary>Of the newest run in the journal; 0 where there is none.</summary>
    public long LastSequence { get; set; }

    /// <summary>What bears no mark where the rest does.</summary>
    public string? Unmarked { get; init; }

    /// <summary>What this version makes.</summary>
    public static IEnumerable<(string Schema, string Table, string Column, string Type)> Complete =>
        [
            .. from table in Catalog.Tables
            from schema in new[] { "stg", "dw" }
            from column in SqlServerTables.Columns(table)
            select (schema, table.Name, column.Name, SqlServerTypes.Name(column.Type)),
            .. from script in SqlScripts.All("sqlserver", Catalog.Tables)
            from column in script.Columns.Select(c => c.Name).DefaultIfEmpty("x")
            select (script.Schema, script.Name, column, "int"),
        ];

    public object?[][] Answer(string sql)
    {
        return sql switch
        {
            _ when Says("@@VERSION") =>
            [
                ["Microsoft SQL Server 2022"],
            ],
            _ when Says("EngineEdition") =>
            [
                [3],
            ],
            _ when Says("ServiceObjective") || Says("SELECT min(") => [new object?[50]],
            _ when Says("COLUMN_NAME = 'environment_id'") =>
            [
                [_columns.Count(c => c is { Schema: "etl", Table: "run", Column: "environment_id" })],
            ],
            _ when Says("SELECT environment_id") => [],
            _ when Says("INFORMATION_SCHEMA.COLUMNS") => [.. _columns.Select(Described)],
            _ when Says("sys.extended_properties") =>
            [
                [
                    isMarked
                        ? string.Join(
                            ',',
                            _columns.Select(c => $"{c.Schema}.{c.Table}").Distinct().Where(name => name != Unmarked)
                        )
                        : null,
                ],
            ],
            _ when Says("INFORMATION_SCHEMA.TABLES") =>
            [
                [LastSequence > 0 ? 1 : 0],
            ],
            _ when Says("max(sequence)") =>
            [
                [LastSequence],
            ],
            _ when Says("count(DISTINCT s.") =>
            [
                [1L, 0L, 0m, 1L, 0L, 0m, 1L, 1L, 0L, null, 1L],
            ],
            _ when Says("sp_getapplock") =>
            [
                [0],
            ],
            _ when Says("CASE WHEN EXISTS") =>
            [
                [.. sql.Split("CASE WHEN EXISTS").Skip(1).Select(_ => (object?)0)],
            ],
            _ when Says("sys.foreign_keys")
                    || Says("SELECT DISTINCT")
                    || Says("SELECT 1 FROM")
                    || Says("definition_hash FROM")
                    || Says("bi.freshness")
                    || Says("BETWEEN") => [],
            _ when sql.StartsWith("SELECT", StringComparison.Ordinal) =>
            [
                [1L, 0L, 0m, 1L, 0L, 0m, 1L, 1L, 0L, null, 1L],
            ],
            _ => [],
        };

        bool Says(string part) => sql.Contains(part, StringComparison.Ordinal);
    }

    /// <summary>As INFORMATION_SCHEMA.COLUMNS has it.</summary>
    private static object?[] Described((string Schema, string Table, string Column, string Type) c)
    {
        var parts = c.Type.Split('(', ')', ',');
        int? At(int i) =>
            parts.Length > i && parts[i] != ""
                ? parts[i] == "max"
                    ? -1
                    : int.Parse(parts[i], null)
                : null;
        return
        [
            c.Schema,
            c.Table,
            c.Column,
            parts[0],
            parts[0] == "nvarchar" ? At(1) : null,
            parts[0] == "decimal" ? At(1) : null,
            parts[0] == "decimal" ? At(2) : null,
            parts[0] == "datetime2" ? At(1) : null,
        ];
    }
}
