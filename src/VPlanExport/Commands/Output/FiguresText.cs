using Spectre.Console;
using VPlanExport.Report;

namespace VPlanExport.Commands.Output;

/// <summary>The eight figures of the report as text: with bars and lines on a terminal, plain elsewhere.</summary>
internal static class FiguresText
{
    private const int BarWidth = 10;
    private const string Levels = "▁▂▃▄▅▆▇█";
    private static readonly Words Words = new(isDutch: false);

    /// <summary>Whether what is written goes to a screen that shows such characters.</summary>
    public static bool CanDraw(bool isConsole) =>
        isConsole && !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Unicode;

    /// <param name="width">Characters of a line; 0 for as many as it takes.</param>
    /// <returns>Whether something did not fit.</returns>
    public static bool Write(IReadOnlyList<Figure> figures, TextWriter output, int width, bool isDrawn) =>
        TextTable.Write(
            output,
            ["figure", ">now", ">a week ago", .. isDrawn ? ["of its largest", "8 weeks"] : Array.Empty<string>()],
            [.. figures.Select(f => Row(f, isDrawn))],
            width,
            new TableFit(Elastic: 0, isDrawn ? [3, 2] : [2])
        );

    private static string[] Row(Figure figure, bool isDrawn) =>
        [
            figure.Title.English,
            figure.Text(figure.Value, Words),
            figure.Text(figure.Before, Words),
            .. isDrawn ? [Bar(figure), Sparkline(figure.Weeks)] : Array.Empty<string>(),
        ];

    /// <summary>The value as a part of the largest of its weeks.</summary>
    internal static string Bar(Figure figure)
    {
        var largest = figure.Weeks.Append(figure.Value).Max() ?? 0;
        var filled = largest > 0 ? (int)Math.Round(BarWidth * (figure.Value ?? 0) / largest) : 0;
        return new string('█', filled) + new string('░', BarWidth - filled);
    }

    /// <summary>A character a week, the lowest for the least; a blank where nothing is known.</summary>
    internal static string Sparkline(IReadOnlyList<double?> weeks)
    {
        var (least, most) = (weeks.Min() ?? 0, weeks.Max() ?? 0);
        return string.Concat(
            weeks.Select(week =>
                week is not { } value ? ' '
                : most > least ? Levels[(int)Math.Round((value - least) / (most - least) * (Levels.Length - 1))]
                : Levels[0]
            )
        );
    }
}
