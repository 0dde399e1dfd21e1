using System.Globalization;

namespace VPlanExport.Report;

/// <summary>
/// The report's language: its words, numbers and dates. They are written out here, so that no culture of the machine
/// changes a byte of the report.
/// </summary>
internal sealed class Words(bool isDutch)
{
    /// <summary>Stands for a figure that is not known.</summary>
    public const string Nothing = "–";

    private static readonly string[] EnglishMonths =
    [
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "May",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Oct",
        "Nov",
        "Dec",
    ];
    private static readonly string[] DutchMonths =
    [
        "jan",
        "feb",
        "mrt",
        "apr",
        "mei",
        "jun",
        "jul",
        "aug",
        "sep",
        "okt",
        "nov",
        "dec",
    ];
    private static readonly string[] EnglishDays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    private static readonly string[] DutchDays = ["zo", "ma", "di", "wo", "do", "vr", "za"];

    private static readonly NumberFormatInfo Dutch = new() { NumberDecimalSeparator = ",", NumberGroupSeparator = "." };

    private readonly NumberFormatInfo _numbers = isDutch ? Dutch : NumberFormatInfo.InvariantInfo;

    public bool IsDutch => isDutch;

    /// <summary>The language's code in HTML.</summary>
    public string Language => isDutch ? "nl" : "en";

    public string Of(string english, string dutch) => isDutch ? dutch : english;

    public string Count(double value) => value.ToString("#,##0", _numbers);

    /// <summary>One decimal at most.</summary>
    public string Number(double? value) => value?.ToString("#,##0.#", _numbers) ?? Nothing;

    public string Hours(double? value) => value is null ? Nothing : $"{Number(value)} {Of("h", "u")}";

    /// <param name="share">1 is 100 %.</param>
    public string Percent(double? share) => share is { } s ? $"{(100 * s).ToString("#,##0", _numbers)} %" : Nothing;

    /// <summary>With its sign, so that nothing depends on a colour.</summary>
    public string Signed(double value) => value > 0 ? $"+{Number(value)}" : Number(value);

    public string Day(DateOnly? day) => day is { } d ? $"{d.Day} {Month(d.Month)} {d.Year}" : Nothing;

    public string WeekDay(DateOnly day) => $"{(isDutch ? DutchDays : EnglishDays)[(int)day.DayOfWeek]} {Day(day)}";

    /// <summary>Such as <c>29 Nov 02:14</c>, with the year where it is not that of the day.</summary>
    public string Moment(DateTime utc, TimeZoneInfo zone, DateOnly day)
    {
        var local = TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), zone);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{local.Day} {Month(local.Month)}{(local.Year == day.Year ? "" : $" {local.Year}")} {local:HH:mm}"
        );
    }

    private string Month(int month) => (isDutch ? DutchMonths : EnglishMonths)[month - 1];
}
