using System.Runtime.CompilerServices;
using Parquet.Schema;
using VPlanExport.Model;

namespace VPlanExport.Dialects;

/// <summary>Column types as Parquet.</summary>
/// <remarks>
/// Each column has two fields of one name. The logical one is what the file declares (TIMESTAMP, DATE, DECIMAL,
/// STRING); the physical one is what is handed to Parquet.Net, so that values are converted here, exactly, and not by
/// the library, which truncates decimals.
/// </remarks>
internal static class ParquetTypes
{
    /// <summary>Text up to this length has its least and greatest value in the footer.</summary>
    public const int ShortText = 255;

    /// <summary>Decimals of up to this many digits are INT32; up to 18 digits INT64.</summary>
    public const int Int32Digits = 9;

    // A night opens hundreds of files of a few tables.
    private static readonly ConditionalWeakTable<Table, ParquetSchema> LogicalSchemas = [];
    private static readonly ConditionalWeakTable<Table, ParquetSchema> PhysicalSchemas = [];

    public static ParquetSchema Logical(Table table) =>
        LogicalSchemas.GetValue(table, t => new(t.Columns.Select(c => Logical(c.Name, c.Type))));

    public static ParquetSchema Physical(Table table) =>
        PhysicalSchemas.GetValue(
            table,
            t => new(t.Columns.Select(c => new DataField(c.Name, Physical(c.Type), c.Type.IsNullable)))
        );

    public static DataField Logical(string name, ColumnType type) =>
        type.Kind switch
        {
            ColumnKind.Decimal => new DecimalDataField(name, type.Precision, type.Scale, isNullable: true),
            ColumnKind.Timestamp => new DateTimeDataField(
                name,
                DateTimeFormat.Timestamp,
                isAdjustedToUTC: true,
                DateTimeTimeUnit.Micros,
                isNullable: true
            ),
            ColumnKind.Date => new DataField(name, typeof(DateOnly), isNullable: true),
            ColumnKind.Id or ColumnKind.Text or ColumnKind.Time or ColumnKind.Json => new DataField(
                name,
                typeof(string),
                isNullable: true
            ),
            ColumnKind.Key or ColumnKind.DateKey or ColumnKind.Int32 or ColumnKind.Int64 or ColumnKind.Bool =>
                new DataField(name, Physical(type), type.IsNullable),
        };

    public static Type Physical(ColumnType type) =>
        type.Kind switch
        {
            ColumnKind.Key or ColumnKind.Int64 or ColumnKind.Timestamp => typeof(long),
            ColumnKind.Int32 or ColumnKind.DateKey or ColumnKind.Date => typeof(int),
            ColumnKind.Decimal => type.Precision <= Int32Digits ? typeof(int) : typeof(long),
            ColumnKind.Bool => typeof(bool),
            ColumnKind.Id or ColumnKind.Text or ColumnKind.Time or ColumnKind.Json => typeof(ReadOnlyMemory<byte>),
        };

    /// <summary>Whether the footer holds the column's least and greatest value.</summary>
    public static bool HasBounds(ColumnType type) =>
        type.Kind switch
        {
            ColumnKind.Key
            or ColumnKind.Int32
            or ColumnKind.Int64
            or ColumnKind.DateKey
            or ColumnKind.Date
            or ColumnKind.Timestamp
            or ColumnKind.Decimal => true,
            ColumnKind.Id or ColumnKind.Time => true,
            ColumnKind.Text => type.Length is > 0 and <= ShortText,
            ColumnKind.Bool or ColumnKind.Json => false,
        };
}
