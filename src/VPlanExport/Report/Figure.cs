using System.Globalization;
using VPlanExport.Model;

namespace VPlanExport.Report;

/// <summary>One of the eight figures of the first screen.</summary>
/// <param name="Name">Its name for programs.</param>
/// <param name="Value">Null where it is not known.</param>
/// <param name="Before">A week ago; null where nothing says it.</param>
/// <param name="Weeks">The last eight weeks, the oldest first; empty where nothing says them.</param>
internal sealed record Figure(
    string Name,
    (string English, string Dutch) Title,
    (string English, string Dutch) Meaning,
    MeasureFormat Format,
    double? Value,
    double? Before,
    IReadOnlyList<double?> Weeks
)
{
    /// <summary>Of tracked hours: what was planned in the same week.</summary>
    public double? Planned { get; init; }

    /// <summary>Of utilisation: the next week's.</summary>
    public double? Next { get; init; }

    /// <summary>A number that is the same in every language; empty where it is not known.</summary>
    public static string Invariant(double? value) =>
        value is { } number ? ((decimal)number).ToString(CultureInfo.InvariantCulture) : "";

    public string Text(double? value, Words words) =>
        value is null
            ? Words.Nothing
            : Format switch
            {
                MeasureFormat.Percent => words.Percent(value),
                MeasureFormat.Hours => words.Hours(value),
                MeasureFormat.Days => $"{words.Number(value)} {words.Of("days", "dagen")}",
                _ => words.Number(value),
            };
}
