using VPlanExport.Commands.Output;
using VPlanExport.Model;
using VPlanExport.Report;

namespace VPlanExport.Tests.Report;

/// <summary>The figures in <c>status</c> and <c>demo</c>.</summary>
[Trait("Tier", "unit")]
public sealed class FiguresTextTests
{
    private static readonly Figure[] Some =
    [
        Of("Utilisation this week", MeasureFormat.Percent, 0.5, 0.25, [0.25, null, 1, 0.5]),
        Of("Backlog hours", MeasureFormat.Hours, 1234.5, null, []),
        Of("On time", MeasureFormat.Percent, null, null, []),
    ];

    [Fact]
    public void On_a_terminal_they_have_bars_and_lines() =>
        Written(width: 0, isDrawn: true)
            .Should()
            .Be(
                """
                figure                       now  a week ago  of its largest  8 weeks
                ---------------------  ---------  ----------  --------------  -------
                Utilisation this week       50 %        25 %  █████░░░░░      ▁ █▃
                Backlog hours          1,234.5 h           –  ██████████
                On time                        –           –  ░░░░░░░░░░

                """
            );

    [Fact]
    public void Elsewhere_they_are_plain() =>
        Written(width: 0, isDrawn: false)
            .Should()
            .Be(
                """
                figure                       now  a week ago
                ---------------------  ---------  ----------
                Utilisation this week       50 %        25 %
                Backlog hours          1,234.5 h           –
                On time                        –           –

                """
            );

    [Fact]
    public void What_does_not_fit_is_left_out() =>
        Written(width: 45, isDrawn: true).Split('\n').Should().OnlyContain(line => line.Length <= 45);

    private static string Written(int width, bool isDrawn)
    {
        using var output = new StringWriter { NewLine = "\n" };
        FiguresText.Write(Some, output, width, isDrawn);
        return output.ToString();
    }

    private static Figure Of(string title, MeasureFormat format, double? now, double? before, double?[] weeks) =>
        new("name", (title, title), ("", ""), format, now, before, weeks);
}
