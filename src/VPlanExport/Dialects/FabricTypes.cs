using System.Globalization;
using VPlanExport.Model;

namespace VPlanExport.Dialects;

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
