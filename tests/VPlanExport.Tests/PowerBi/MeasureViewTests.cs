using System.Globalization;
using VPlanExport.Dialects;
using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Tests.Support;
using Calendar = VPlanExport.Entities.Calendar;

namespace VPlanExport.Tests.PowerBi;

/// <summary>The views for people hold many of the measures' formulas in their own SQL: both give the same figure of an export's rows.</summary>
[Trait("Tier", "scenario")]
public sealed class MeasureViewTests
{
    [Fact]
    public async Task Every_measure_equals_its_view()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        house.World.ChangeSome(40, new Random(7));
        var completed = house.Warehouse(
            "SELECT c.card_id FROM dw.fact_card c JOIN dw.fact_time_entry e USING (card_key) "
                + "WHERE c.is_completed AND e.minutes > 0 ORDER BY e.minutes DESC, c.card_id LIMIT 1"
        );
        house.World.Delete("card", completed.Single());
        await house.FullAsync();
        var sql = new MeasureSql("duckdb", Catalog.Tables);

        var figures = Measures
            .All.Where(m => m.View is not null)
            .Select(m => (m.Name, Measure: Figure(house, m, sql.Of(m)), View: Figure(house, m, $"(SELECT {m.View})")))
            .ToList();

        figures.Where(f => f.Measure != f.View).Should().BeEmpty();
        figures
            .Where(f => f.Measure is null or "0.00")
            .Select(f => f.Name)
            .Should()
            .BeSubsetOf(
                ["Overdue cards", "Remaining hours in progress", "Backlog cards", "Planned hours added"],
                "the sandbox has no more of them"
            );
    }

    [Fact]
    public async Task A_week_and_a_board_give_the_figures_of_the_view()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        var sql = new MeasureSql("duckdb", Catalog.Tables);
        foreach (
            var week in house.Warehouse(
                "SELECT iso_year_week FROM bi.time_entry GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 3"
            )
        )
        {
            var slice = Slice.Of(Calendar.Dim, $"iso_year_week = '{week}'");
            Figure(house, TimeMeasures.Tracked, sql.Of(TimeMeasures.Tracked, [slice]))
                .Should()
                .Be(
                    Figure(
                        house,
                        TimeMeasures.Tracked,
                        $"(SELECT sum(minutes) / 60.0 FROM bi.time_entry WHERE iso_year_week = '{week}')"
                    )
                );
            Figure(house, CapacityMeasures.Utilisation, sql.Of(CapacityMeasures.Utilisation, [slice]))
                .Should()
                .Be(
                    Figure(
                        house,
                        CapacityMeasures.Utilisation,
                        $"(SELECT 1.0 * nullif(sum(planned_minutes), 0) / sum(available_minutes) FROM bi.utilisation_day WHERE iso_year_week = '{week}')"
                    )
                );
        }
        foreach (var board in house.Warehouse("SELECT name FROM bi.dim_board WHERE board_key <> -1"))
        {
            var slice = Slice.Of(Boards.Dim, $"name = '{board}'");
            Figure(house, CardMeasures.OpenCards, sql.Of(CardMeasures.OpenCards, [slice]))
                .Should()
                .Be(
                    Figure(
                        house,
                        CardMeasures.OpenCards,
                        $"(SELECT count(*) FROM bi.card WHERE NOT is_completed AND board = '{board}')"
                    )
                );
        }
    }

    /// <summary>To two digits: a view rounds each of its rows.</summary>
    private static string? Figure(TestExport house, Measure measure, string sql) =>
        house
            .Warehouse(
                measure.Format is MeasureFormat.Date or MeasureFormat.Moment
                    ? $"SELECT {sql}::VARCHAR"
                    : $"SELECT cast({sql} AS DECIMAL(18,2))::VARCHAR"
            )
            .Single();
}
