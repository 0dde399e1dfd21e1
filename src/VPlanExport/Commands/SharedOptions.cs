using System.CommandLine;
using System.Globalization;
using VPlanExport.Configuration;
using VPlanExport.Entities;

namespace VPlanExport.Commands;

/// <summary>Options that several verbs share.</summary>
internal static class SharedOptions
{
    private const int MostDays = 3650;

    private static readonly Dictionary<char, TimeSpan> Units = new()
    {
        ['s'] = TimeSpan.FromSeconds(1),
        ['m'] = TimeSpan.FromMinutes(1),
        ['h'] = TimeSpan.FromHours(1),
        ['d'] = TimeSpan.FromDays(1),
    };

    public static Option<string[]> Entity() =>
        new("--entity")
        {
            Description =
                $"Only these entities; all when left out: {string.Join(", ", Catalog.All.Select(e => e.Name))}.",
            HelpName = "E",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [],
        };

    public static Option<int> AllowDeletes() =>
        new("--allow-deletes") { Description = "Allow so many deleted rows of an entity this once.", HelpName = "N" };

    /// <summary>The settings with what <see cref="AllowDeletes"/> was given.</summary>
    public static Settings Allowing(Settings settings, int deletes) =>
        deletes >= 0
            ? settings with
            {
                Runs = settings.Runs with { AllowedDeletes = deletes },
            }
            : throw new ConfigurationException(
                FormattableString.Invariant($"--allow-deletes is {deletes}; it takes a number of rows, such as 1200.")
            );

    public static Option<string> Format(params string[] allowed)
    {
        var option = new Option<string>("--format")
        {
            Description = "How the answer is written.",
            DefaultValueFactory = _ => allowed[0],
        };
        return option.AcceptOnlyFromAmong(allowed);
    }

    /// <summary>The entities' own names; several may stand in one word, with commas. A
    /// <see cref="ConfigurationException"/> for one that is not there.</summary>
    public static IReadOnlyList<string> Names(string[]? given) =>
        [
            .. (given ?? [])
                .SelectMany(g => g.Split(',', StringSplitOptions.TrimEntries))
                .Select(n => Catalog.Named(n).Name)
                .Distinct(),
        ];

    /// <summary>An age such as <c>26h</c>.</summary>
    public static TimeSpan Age(string option, string text)
    {
        var unit = text is [.., var last] ? Units.GetValueOrDefault(last) : default;
        return
            unit > TimeSpan.Zero
            && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number * unit.TotalDays <= MostDays
            ? unit * number
            : throw new ConfigurationException(
                $"{option} is '{text}'; it takes a number with s, m, h or d, such as 26h."
            );
    }

    public static DateOnly Date(string option, string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw new ConfigurationException(
                $"{option} is '{text}'; it takes a date as yyyy-MM-dd, such as 2026-10-31."
            );
}
