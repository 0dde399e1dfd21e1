using System.Globalization;

namespace VPlanExport.Sandbox;

/// <summary>
/// One stored value in 16 bytes: text and raw JSON as a string, all else as a number (dates as day numbers, timestamps
/// as Unix seconds, decimals as thousandths). The default value is null.
/// </summary>
internal readonly struct Cell
{
    private static readonly object Present = new();
    private readonly object? content;

    private Cell(object? content, long number)
    {
        this.content = content;
        Number = number;
    }

    public long Number { get; }

    public bool IsNull => content is null;

    public string? Text => content as string;

    public static Cell Of(long? number) => number is { } n ? new Cell(Present, n) : default;

    public static Cell Decimal(decimal number) => new(Present, decimal.ToInt64(decimal.Round(number * 1000m)));

    public static implicit operator Cell(string? text) => new(text, 0);

    public static implicit operator Cell(long number) => new(Present, number);

    public static implicit operator Cell(bool flag) => new(Present, flag ? 1 : 0);

    public static implicit operator Cell(DateOnly date) => new(Present, date.DayNumber);

    /// <summary>The order of two values of one field; null comes first, text is compared by code unit.</summary>
    public static int Compare(Cell left, Cell right)
    {
        if (left.IsNull || right.IsNull)
            return (left.IsNull ? 0 : 1) - (right.IsNull ? 0 : 1);
        return left.Text is { } text ? string.CompareOrdinal(text, right.Text) : left.Number.CompareTo(right.Number);
    }

    public override string ToString() => Text ?? Number.ToString(CultureInfo.InvariantCulture);
}
