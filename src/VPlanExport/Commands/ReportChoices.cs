using System.CommandLine;
using VPlanExport.Configuration;
using VPlanExport.Model;
using VPlanExport.Report;

namespace VPlanExport.Commands;

/// <summary>The options of a report that <c>report</c> takes.</summary>
internal sealed class ReportChoices
{
    public Option<string?> AsOf { get; } =
        new("--as-of")
        {
            Description = "The day that the report is of, as yyyy-MM-dd; today in VPlan:TimeZone without it.",
            HelpName = "D",
        };

    public Option<string> Culture { get; } =
        new("--culture")
        {
            Description = "Language, numbers and dates: en or nl-NL.",
            HelpName = "NAME",
            DefaultValueFactory = _ => "en",
        };

    public Option<bool> WithoutPeople { get; } =
        new("--without-people") { Description = "Leave out every list by person." };

    public ReportOptions Read(ParseResult parsed, Settings settings, DateTimeOffset now) =>
        new(
            parsed.GetValue(AsOf) is { } given ? SharedOptions.Date("--as-of", given) : Today(settings, now),
            IsDutch(parsed.GetValue(Culture)!),
            !parsed.GetValue(WithoutPeople)
        );

    /// <summary>English, with everybody.</summary>
    public static ReportOptions Usual(Settings settings, DateTimeOffset now) =>
        new(Today(settings, now), IsDutch: false, ShowsPeople: true);

    public static DateOnly Today(Settings settings, DateTimeOffset now) =>
        new BusinessZone(settings.TimeZone).DateOf(now.UtcDateTime);

    private static bool IsDutch(string culture) =>
        culture.Split('-')[0].ToLowerInvariant() switch
        {
            "nl" => true,
            "en" => false,
            _ => throw new ConfigurationException(
                $"--culture is '{culture}'; the report is written in English or Dutch: give en or nl-NL."
            ),
        };
}
