using System.Globalization;
using VPlanExport.Model;

namespace VPlanExport.Dialects;

/// <summary>Files of one table that hold the same columns.</summary>
/// <param name="Columns">In the order in which the files hold them.</param>
/// <param name="Urls">Of one storage account and container.</param>
internal sealed record CopyPart(IReadOnlyList<string> Columns, IReadOnlyList<string> Urls);

/// <summary>T-SQL that loads Parquet files into a Synapse dedicated pool or a Fabric warehouse, neither of which reads
/// a Delta log when it copies.</summary>
internal static class CopyScripts
{
    private const string Explanation =
        "-- How it is filled. FILE stands for the files of the table's newest version, which the Delta log "
        + "names: the folder holds replaced files too.\n"
        + "-- `vplan-export copy-into` writes these statements for all tables, with the files of the moment.\n";

    public static string Synapse(Table table) =>
        Create(table, SqlServerTypes.Name)
        + $"\nWITH (DISTRIBUTION = {Distribution(table)}, {Storage(table)});\nGO\n"
        + Explanation
        + Example(table);

    public static string Fabric(Table table) =>
        Create(table, FabricTypes.Name) + ";\nGO\n" + Explanation + Example(table);

    /// <summary>Empties the table and fills it with these files. A column that they do not hold becomes null.</summary>
    public static string Fill(Table table, IReadOnlyList<CopyPart> parts) =>
        $"TRUNCATE TABLE [dw].[{table.Name}];\n" + string.Concat(parts.Select(part => Copy(table, part)));

    private static string Copy(Table table, CopyPart part)
    {
        var columns = part.Columns.Select(
            (name, i) => string.Create(CultureInfo.InvariantCulture, $"[{name}] {i + 1}")
        );
        var urls = part.Urls.Select(url => $"    {SqlText.Literal(url)}");
        return $"COPY INTO [dw].[{table.Name}] "
            + $"({string.Join(", ", columns)})\nFROM\n{string.Join(",\n", urls)}\nWITH (FILE_TYPE = 'PARQUET');\n";
    }

    private static string Example(Table table) =>
        Fill(
            table,
            [
                new CopyPart(
                    [.. table.Columns.Select(c => c.Name)],
                    [$"https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX/{table.Name}/FILE.parquet"]
                ),
            ]
        );

    private static string Create(Table table, Func<ColumnType, string> type)
    {
        var last = table.Columns.Count - 1;
        var lines = table.Columns.Select(
            (column, i) =>
                $"    [{column.Name}] {type(column.Type)} "
                + $"{(column.Type.IsNullable ? "NULL" : "NOT NULL")}{(i < last ? "," : "")} -- {column.Meaning}\n"
        );
        return $"-- {table.Grain}\nCREATE TABLE [dw].[{table.Name}] (\n{string.Concat(lines)})";
    }

    private static string Distribution(Table table) =>
        table.Kind == TableKind.Dimension ? "REPLICATE" : $"HASH([{table.Key.Name}])";

    /// <summary>A columnstore of a pool holds no text without a length.</summary>
    private static string Storage(Table table) =>
        table.Columns.Any(c => SqlServerTypes.Name(c.Type) == "nvarchar(max)") ? "HEAP" : "CLUSTERED COLUMNSTORE INDEX";
}

/// <summary>Column types as a Fabric warehouse spells them. Its text is UTF-8 and its lengths are bytes: at most three
/// for each of ours.</summary>
internal static class FabricTypes
{
    private const int BytesPerCharacter = 3;

    /// <summary>In bytes; a longer text is varchar(max).</summary>
    private const int LongestText = 8000;

    public static string Name(ColumnType type) =>
        type.Kind switch
        {
            ColumnKind.Id or ColumnKind.Text or ColumnKind.Time => Text(type.Length * BytesPerCharacter),
            ColumnKind.Json => "varchar(max)",
            ColumnKind.Key
            or ColumnKind.Int64
            or ColumnKind.Int32
            or ColumnKind.DateKey
            or ColumnKind.Bool
            or ColumnKind.Decimal
            or ColumnKind.Date
            or ColumnKind.Timestamp => SqlServerTypes.Name(type),
        };

    private static string Text(int bytes) =>
        bytes is > 0 and <= LongestText
            ? string.Create(CultureInfo.InvariantCulture, $"varchar({bytes})")
            : "varchar(max)";
}
