using VPlanExport.Commands.Output;
using VPlanExport.Runs;

namespace VPlanExport.Tests.Commands;

/// <summary>What a run did, without lines that say nothing.</summary>
[Trait("Tier", "unit")]
public sealed class SummaryTextTests
{
    [Fact]
    public void Tables_without_a_change_are_counted_and_not_listed() =>
        TextOf(new TableSummary("dim_card", 6, 0, 2, 0, 0), new TableSummary("dim_user", 5, 0, 0, 0, 0))
            .Should()
            .ContainAll("dim_card     6        0        2        0         0", "In 1 other table nothing changed.")
            .And.NotContain("dim_user");

    [Fact]
    public void A_run_that_changed_nothing_says_so() =>
        TextOf(new TableSummary("dim_user", 5, 0, 0, 0, 0))
            .Should()
            .Contain("Nothing changed.")
            .And.NotContain("dim_user");

    [Fact]
    public void Rows_that_came_twice_are_explained()
    {
        TextOf("6 of 6 cards, 2 re-read").Should().Contain("A row that was re-read came on two of them");
        TextOf("6 of 6 cards").Should().NotContain("re-read");
    }

    private static string TextOf(params TableSummary[] tables) => TextOf("6 of 6 cards", tables);

    private static string TextOf(string certificate, params TableSummary[] tables)
    {
        using var text = new StringWriter();
        SummaryText.Write(
            new RunSummary(
                "r1",
                "nightly run",
                new DateTime(2026, 10, 7, 1, 0, 0, DateTimeKind.Utc),
                3,
                10,
                7990,
                [new EntitySummary("card", "everything", certificate, 1, 8, 1)],
                tables,
                []
            ),
            text
        );
        return text.ToString();
    }
}
