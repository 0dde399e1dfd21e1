using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace VPlanExport.Tests.Dialects;

/// <summary>Finds what a server that knows only plain T-SQL does not run.</summary>
internal sealed class PlainTSql : TSqlFragmentVisitor
{
    private static readonly string[] s_functions = ["GENERATE_SERIES", "GREATEST", "LEAST"];

    public List<string> Lacking { get; } = [];

    public override void Visit(TSqlFragment fragment)
    {
        if (Name(fragment) is { } name)
            Lacking.Add($"line {fragment.StartLine}: {name}");
    }

    private static string? Name(TSqlFragment fragment) =>
        fragment switch
        {
            CreateOrAlterViewStatement
            or CreateOrAlterProcedureStatement
            or CreateOrAlterFunctionStatement
            or CreateOrAlterTriggerStatement => "CREATE OR ALTER",
            AlterViewStatement => "ALTER VIEW",
            MergeStatement => "MERGE",
            CreateColumnStoreIndexStatement
            or IndexDefinition
            {
                IndexType.IndexTypeKind: IndexTypeKind.ClusteredColumnStore or IndexTypeKind.NonClusteredColumnStore
            } => "columnstore",
            AlterIndexStatement => "ALTER INDEX",
            UpdateStatisticsStatement => "UPDATE STATISTICS",
            CreateSynonymStatement => "CREATE SYNONYM",
            AlterSchemaStatement => "ALTER SCHEMA",
            WaitForStatement => "WAITFOR",
            AlterDatabaseSetStatement => "ALTER DATABASE SET",
            BulkInsertStatement => "BULK INSERT",
            SqlDataTypeReference { SqlDataTypeOption: SqlDataTypeOption.Char or SqlDataTypeOption.NChar } => "char(n)",
            FunctionCall call when Lacks(call.FunctionName) => call.FunctionName.Value,
            SchemaObjectFunctionTableReference table when Lacks(table.SchemaObject.BaseIdentifier) => table
                .SchemaObject
                .BaseIdentifier
                .Value,
            GlobalFunctionTableReference table when Lacks(table.Name) => table.Name.Value,
            _ => null,
        };

    private static bool Lacks(Identifier function) =>
        s_functions.Contains(function.Value, StringComparer.OrdinalIgnoreCase);
}
