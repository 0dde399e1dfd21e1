using System.Text.Json;
using VPlanExport.Model;

namespace VPlanExport.Dialects;

/// <summary>Column types and schemas as Delta.</summary>
internal static class DeltaTypes
{
    /// <summary>The column that partitions large facts: <c>2026-10</c>, null for rows without a date. It is the
    /// schema's last and not in the files.</summary>
    public const string PartitionColumn = "partition_month";

    public static string Name(ColumnType type) =>
        type.Kind switch
        {
            ColumnKind.Key or ColumnKind.Int64 => "long",
            ColumnKind.Int32 or ColumnKind.DateKey => "integer",
            ColumnKind.Bool => "boolean",
            ColumnKind.Decimal => $"decimal({type.Precision},{type.Scale})",
            ColumnKind.Date => "date",
            ColumnKind.Timestamp => "timestamp",
            ColumnKind.Id or ColumnKind.Text or ColumnKind.Time or ColumnKind.Json => "string",
        };

    /// <summary>The schema of <c>metaData.schemaString</c>. Columns carry their meaning as comment.</summary>
    public static string Schema(Table table)
    {
        var fields = table.Columns.Select(c => Field(c.Name, Name(c.Type), c.Type.IsNullable, c.Meaning));
        if (table.PartitionDate is { } date)
            fields = fields.Append(Field(PartitionColumn, "string", isNullable: true, $"Month of {date}."));
        return JsonSerializer.Serialize(new { type = "struct", fields });
    }

    /// <summary>Name and Delta type of each column of a schema string.</summary>
    public static IReadOnlyDictionary<string, string> Columns(string schema)
    {
        using var json = JsonDocument.Parse(schema);
        return json
            .RootElement.GetProperty("fields")
            .EnumerateArray()
            .ToDictionary(
                f => f.GetProperty("name").GetString()!,
                f => f.GetProperty("type").ToString(),
                StringComparer.Ordinal
            );
    }

    private static object Field(string name, string type, bool isNullable, string comment) =>
        new
        {
            name,
            type,
            nullable = isNullable,
            metadata = new { comment },
        };
}
