using System.Globalization;
using VPlanExport.Model;

namespace VPlanExport.Dialects;

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
