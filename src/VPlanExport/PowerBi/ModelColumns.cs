using VPlanExport.Entities;
using VPlanExport.Model;

namespace VPlanExport.PowerBi;

/// <summary>Which columns the model has, and how it shows them.</summary>
internal static class ModelColumns
{
    /// <summary>A longer text is a note, which nobody groups by.</summary>
    private const int LongestShown = 255;

    private static readonly string[] Technical =
    [
        SystemColumns.IsDeleted,
        "run_id",
        "extracted_at",
        "source_created_at",
        "source_updated_at",
    ];
    private static readonly string[] Notes = ["description", "note", "meta", "warnings", "external_note"];

    /// <summary>What only integrations and merges use, and what only sorts.</summary>
    private static readonly string[] Unseen =
    [
        SystemColumns.IsInferred,
        "is_marked_deleted",
        "transaction",
        "batch_id",
        "card_recurring_id",
        "rank",
        "position",
        "resource_hash",
        "days_diff",
        "days_active",
        "last_run_id",
    ];

    private static readonly Dictionary<string, string> SortColumns = new()
    {
        ["month_name"] = "month",
        ["weekday_name"] = "weekday",
    };

    private static readonly HashSet<(string, string)> s_measured =
    [
        .. Measures.All.SelectMany(m => FormulaParts.Summed(m.Formula)),
    ];

    public static IReadOnlyList<Column> Of(Table table) => [.. table.Columns.Where(c => !IsLeftOut(table, c))];

    public static bool IsLeftOut(Table table, Column column) =>
        Technical.Contains(column.Name)
        || (IsCalendar(table) && column.Name == SystemColumns.IsInferred)
        || (Notes.Contains(column.Name) && (column.Type.Kind == ColumnKind.Json || column.Type.Length > LongestShown));

    /// <summary>Keys, ids, raw JSON, what a measure adds up, and what only sorts.</summary>
    public static bool IsHidden(Table table, Column column) =>
        column.Type.Kind is ColumnKind.Key or ColumnKind.DateKey or ColumnKind.Id or ColumnKind.Json
        || Unseen.Contains(column.Name)
        || (table.Kind != TableKind.Dimension && s_measured.Contains((table.Name, column.Name)) && IsNumber(column))
        || (IsCalendar(table) && SortColumns.ContainsValue(column.Name));

    /// <summary>The column by which this one is sorted.</summary>
    public static string? SortedBy(Table table, Column column) =>
        IsCalendar(table) ? SortColumns.GetValueOrDefault(column.Name) : null;

    /// <summary>Needed by others than people: it sorts another column, or is a level.</summary>
    public static bool IsUsed(Table table, Column column) =>
        IsCalendar(table)
        && (SortColumns.ContainsValue(column.Name) || Hierarchies.SelectMany(h => h.Levels).Contains(column.Name));

    /// <summary>The column that tells a row of a dimension from another.</summary>
    public static bool IsKey(Table table, Column column) =>
        IsCalendar(table) ? column.Name == "date" : table.Kind == TableKind.Dimension && column == table.Key;

    public static string Type(Column column) =>
        column.Type.Kind switch
        {
            ColumnKind.Key or ColumnKind.DateKey or ColumnKind.Int32 or ColumnKind.Int64 => "int64",
            ColumnKind.Decimal => "decimal",
            ColumnKind.Bool => "boolean",
            ColumnKind.Date or ColumnKind.Timestamp => "dateTime",
            ColumnKind.Id or ColumnKind.Text or ColumnKind.Json => "string",
            // Text HH:mm in both sinks, with 24:00 for the end of a day, which no time is.
            ColumnKind.Time => "string",
        };

    public static string? Format(Column column) =>
        column.Type.Kind switch
        {
            ColumnKind.Int32 or ColumnKind.Int64 => column.Unit is null ? "0" : "#,##0",
            ColumnKind.Decimal => "#,##0.00",
            ColumnKind.Date => "yyyy-mm-dd",
            ColumnKind.Timestamp => "yyyy-mm-dd hh:nn",
            ColumnKind.Key or ColumnKind.DateKey => "0",
            ColumnKind.Bool or ColumnKind.Id or ColumnKind.Text or ColumnKind.Json or ColumnKind.Time => null,
        };

    /// <summary>English and Dutch name of the folder of a column of the calendar.</summary>
    public static (string English, string Dutch)? Folder(Table table, Column column) =>
        column.Name switch
        {
            _ when !IsCalendar(table) => null,
            "fiscal_year" or "fiscal_quarter" or "fiscal_month" => ("Fiscal", "Boekjaar"),
            "iso_year" or "iso_week" or "iso_year_week" => ("ISO week", "ISO-week"),
            "day_offset" or "week_offset" or "month_offset" => ("From today", "Vanaf vandaag"),
            _ => null,
        };

    public static bool IsCalendar(Table table) => table == Calendar.Dim;

    /// <summary>The hierarchies of the calendar: names, and the columns of the levels.</summary>
    public static readonly IReadOnlyList<(string English, string Dutch, string[] Levels)> Hierarchies =
    [
        ("Calendar", "Kalender", ["year", "quarter", "month_name", "date"]),
        ("ISO weeks", "ISO-weken", ["iso_year", "iso_year_week", "date"]),
        ("Fiscal years", "Boekjaren", ["fiscal_year", "fiscal_quarter", "fiscal_month", "date"]),
    ];

    private static bool IsNumber(Column column) =>
        column.Type.Kind is ColumnKind.Int32 or ColumnKind.Int64 or ColumnKind.Decimal;
}
