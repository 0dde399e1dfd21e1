using System.Globalization;
using VPlanExport.Model;

namespace VPlanExport.Dialects;

/// <summary>SQL Server's DDL for a star table: one statement a string, without a closing semicolon.</summary>
internal static class SqlServerTables
{
    /// <summary>The name of the column with which a merge finds the rows that changed.</summary>
    public const string RowHash = "row_hash";

    private const int LongestProperty = 3750;

    private static readonly Column RowHashColumn = new(
        RowHash,
        ColumnType.Key,
        new Source.None(),
        "Hash of the row's values, by which a load finds the rows that changed."
    );

    /// <summary>The columns of a table in <c>stg</c> and <c>dw</c>: those of the catalog, and a hash that other sinks
    /// have no use for.</summary>
    public static IReadOnlyList<Column> Columns(Table table) => [.. table.Columns, RowHashColumn];

    /// <summary><c>stg</c>: the rows of the last run as they landed, with no constraint.</summary>
    public static string CreateStaging(Table table) => Create("stg", table, "");

    /// <summary><c>dw</c>: the star.</summary>
    /// <param name="hasColumnstore">Whether the server has columnstore indexes: a large fact then keeps its primary key
    /// beside one.</param>
    public static string CreateStar(Table table, bool hasColumnstore) =>
        Create(
            "dw",
            table,
            $"    CONSTRAINT [pk_{table.Name}] PRIMARY KEY "
                + $"{(hasColumnstore && IsLarge(table) ? "NONCLUSTERED" : "CLUSTERED")} ([{table.Key.Name}])\n"
        );

    /// <summary>Of a large fact; null for other tables.</summary>
    public static string? CreateColumnstore(Table table) =>
        IsLarge(table) ? $"CREATE CLUSTERED COLUMNSTORE INDEX [cci_{table.Name}] ON [dw].[{table.Name}]" : null;

    /// <summary>
    /// Each key column's reference to its dimension: declared, so that Power BI finds the relationship, and switched
    /// off, because every load checks all references itself and dimensions that refer to each other are loaded one
    /// after the other.
    /// </summary>
    public static IEnumerable<(string Name, string Add, string SwitchOff)> References(
        Table table,
        IReadOnlyList<Table> tables
    ) =>
        from column in table.Columns
        where column.References is not null
        let name = $"fk_{table.Name}_{column.Name}"
        let dimension = tables.Single(t => t.Name == column.References)
        select (
            name,
            $"ALTER TABLE [dw].[{table.Name}] WITH NOCHECK ADD CONSTRAINT [{name}] FOREIGN KEY ([{column.Name}]) "
                + $"REFERENCES [dw].[{dimension.Name}] ([{dimension.Key.Name}])",
            $"ALTER TABLE [dw].[{table.Name}] NOCHECK CONSTRAINT [{name}]"
        );

    /// <summary>Rows that are there get null, or the unknown member where the type has no null.</summary>
    public static string AddColumn(Table table, Column column) =>
        $"ALTER TABLE [dw].[{table.Name}] ADD [{column.Name}] {SqlServerTypes.Name(column.Type)} "
        + (
            column.Type.IsNullable
                ? "NULL"
                : $"NOT NULL CONSTRAINT [df_{table.Name}_{column.Name}] DEFAULT {SurrogateKey.Unknown}"
        );

    /// <summary>Says that the export made a table or view, so that nobody takes it for somebody else's.</summary>
    public static string Mark(string schema, string name, bool isView) =>
        "EXEC sys.sp_addextendedproperty @name = N'vplan-export', @value = N'Made by vplan-export.', @level0type "
        + $"= N'SCHEMA', @level0name = N'{schema}', @level1type = N'{(isView ? "VIEW" : "TABLE")}', @level1name = "
        + $"N'{name}'";

    /// <summary>The name under which SQL Server's tools, Power BI among them, look for descriptions.</summary>
    public const string DescriptionName = "MS_Description";

    /// <summary>Says in the database what something is for.</summary>
    /// <param name="isThere">It says something else.</param>
    public static string Describe(Description of, bool isThere) =>
        $"EXEC sys.{(isThere ? "sp_updateextendedproperty" : "sp_addextendedproperty")} @name = N'{DescriptionName}', "
        + $"@value = N{SqlText.Literal(Shortened(of.Text))}, @level0type = N'SCHEMA', "
        + $"@level0name = N'{of.Schema}', @level1type = N'{(of.IsView ? "VIEW" : "TABLE")}', @level1name = N'{of.Name}'"
        + (of.Column is null ? "" : $", @level2type = N'COLUMN', @level2name = N'{of.Column}'");

    /// <summary>An extended property holds 7,500 bytes.</summary>
    public static string Shortened(string text) => text.Length <= LongestProperty ? text : text[..LongestProperty];

    private static bool IsLarge(Table table) => table is { Kind: TableKind.Fact, PartitionDate: not null };

    private static string Create(string schema, Table table, string constraint)
    {
        var last = table.Columns.Count;
        var lines = Columns(table)
            .Select(
                (column, i) =>
                    $"    [{column.Name}] {SqlServerTypes.Name(column.Type)} "
                    + $"{(column.Type.IsNullable ? "NULL" : "NOT NULL")}{(i < last || constraint != "" ? "," : "")} "
                    + $"-- {column.Meaning}\n"
            );
        return $"-- {table.Grain}\nCREATE TABLE [{schema}].[{table.Name}] (\n{string.Concat(lines)}{constraint})";
    }
}

/// <summary>Column types as SQL Server spells them. Timestamps are datetime2 in UTC: Fabric knows no
/// datetimeoffset.</summary>
internal static class SqlServerTypes
{
    /// <summary>A longer text is nvarchar(max).</summary>
    private const int LongestText = 4000;

    public static string Name(ColumnType type) =>
        type.Kind switch
        {
            ColumnKind.Key or ColumnKind.Int64 => "bigint",
            ColumnKind.Int32 or ColumnKind.DateKey => "int",
            ColumnKind.Bool => "bit",
            ColumnKind.Decimal => string.Create(
                CultureInfo.InvariantCulture,
                $"decimal({type.Precision},{type.Scale})"
            ),
            ColumnKind.Date => "date",
            ColumnKind.Timestamp => "datetime2(6)",
            ColumnKind.Id or ColumnKind.Text or ColumnKind.Time => type.Length is > 0 and <= LongestText
                ? string.Create(CultureInfo.InvariantCulture, $"nvarchar({type.Length})")
                : "nvarchar(max)",
            ColumnKind.Json => "nvarchar(max)",
        };
}
