using System.Globalization;
using System.Text.Json.Nodes;
using VPlanExport.Model;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

/// <summary>What is made of the other tables: the history of cards, the changes of their plans and the plan spread over days.</summary>
[Trait("Tier", "scenario")]
public class PlanHistoryTests
{
    private const string AsOf = """
        SELECT concat_ws(' | ', card_key, coalesce(start_date::VARCHAR, 'NULL'), coalesce(end_date::VARCHAR, 'NULL'), coalesce(due_date::VARCHAR, 'NULL'),
            stage_key, status_key, coalesce(planned_minutes::VARCHAR, 'NULL'), coalesce(remaining_minutes::VARCHAR, 'NULL')) AS plan
        FROM dw.hist_card WHERE valid_from <= '{0}' AND (valid_to > '{0}' OR valid_to IS NULL) ORDER BY plan
        """;

    private const string Sums = """
        SELECT concat_ws(' ', sum(planned_minutes), sum(remaining_minutes), sum(original_minutes), sum(activity_count), sum(resource_count)) FROM dw.fact_card
        UNION ALL SELECT concat_ws(' ', sum(comment_count), sum(checklist_count)) FROM dw.dim_collection
        """;

    [Fact]
    public async Task Ten_nights_of_edits_are_remembered_as_they_were_each_night()
    {
        await using var house = await HouseAsync();
        var nights = new List<(string At, IReadOnlyList<string> Plans)>();
        for (var night = 0; night < 10; night++)
        {
            house.World.ChangeSome(12, new Random(night));
            await (night % 4 == 2 ? house.FullAsync() : house.NightlyAsync());
            nights.Add(
                (
                    house.Clock.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                    await VPlanRows.PlansAsync(house.VPlan)
                )
            );
            house.Clock.Advance(TimeSpan.FromHours(23));
        }

        await house.SinksAgreeAsync();
        foreach (var (at, plans) in nights)
            house
                .Warehouse(string.Format(CultureInfo.InvariantCulture, AsOf, at))
                .Should()
                .Equal(plans.Order(StringComparer.Ordinal), $"that is what vPlan had at {at}");
        Planned(nights[^1].Plans).Should().NotBe(Planned(nights[0].Plans));
        house
            .Warehouse(
                "SELECT sum(coalesce(new_planned_minutes, 0) - coalesce(old_planned_minutes, 0)) FROM dw.fact_plan_change"
            )
            .Should()
            .Equal((Planned(nights[^1].Plans) - Planned(nights[0].Plans)).ToString(CultureInfo.InvariantCulture));
        house
            .Warehouse("SELECT card_key FROM dw.hist_card GROUP BY card_key HAVING count(*) FILTER (is_current) > 1")
            .Should()
            .BeEmpty();
        EveryPlanAddsUp(house);
    }

    [Fact]
    public async Task A_run_without_changes_and_a_backfill_add_nothing()
    {
        await using var house = await HouseAsync();
        await house.NightlyAsync();
        var before = house.Warehouse("SELECT count(*) FROM dw.hist_card");

        foreach (
            var summary in new[]
            {
                await house.NightlyAsync(),
                await house.FullAsync(),
                await house.BackfillAsync("2026-09-01", "2026-10-31"),
            }
        )
            summary
                .Tables.Where(t => t.Table is "hist_card" or "fact_plan_change" or "fact_planned_day")
                .Should()
                .HaveCount(3)
                .And.OnlyContain(t => t.Written + t.Changed + t.Deleted == 0);

        house.Warehouse("SELECT count(*) FROM dw.hist_card").Should().Equal(before);
        house.Warehouse("SELECT count(*) FROM dw.fact_plan_change").Should().Equal("0");
    }

    [Fact]
    public async Task A_card_that_goes_and_comes_back_has_two_periods_and_a_gap()
    {
        await using var house = await HouseAsync();
        await house.NightlyAsync();
        var card = house.World.Records("card").First(c => c.Text("start_date") is not null);
        var json = card.ToJson();
        var key = SurrogateKey.Of("card", card.Id);
        house.World.Delete("card", card.Id);
        await house.NightlyAsync();
        house
            .Warehouse($"SELECT count(*) FROM dw.fact_planned_day WHERE card_key = {key} AND NOT is_deleted")
            .Should()
            .Equal("0");
        house.World.Add("card", json);

        await house.NightlyAsync();

        house
            .Warehouse(
                $"SELECT concat_ws(' ', is_current, valid_to IS NULL, is_deleted) FROM dw.hist_card WHERE card_key = {key} ORDER BY valid_from"
            )
            .Should()
            .Equal("false false false", "true true false");
        house
            .Warehouse($"SELECT change_type FROM dw.fact_plan_change WHERE card_key = {key} ORDER BY extracted_at")
            .Should()
            .Equal("removed", "added");
        await house.SinksAgreeAsync();
        EveryPlanAddsUp(house);
    }

    [Fact]
    public async Task A_relation_that_vPlan_does_not_load_one_night_changes_no_plan()
    {
        var rejected = new HashSet<string>();
        await using var house = await TestExport.OpenAsync(o => o with { RejectedRelations = rejected });
        await house.NightlyAsync();
        var before = house.Warehouse(Sums);
        rejected.UnionWith(["card.activities", "card.resources", "collection.comments"]);

        await house.FullAsync();

        house
            .Warehouse(Sums)
            .Should()
            .Equal(before)
            .And.NotContain(line => line.StartsWith(" ", StringComparison.Ordinal));
        house.Warehouse("SELECT count(*) FROM dw.fact_plan_change").Should().Equal("0");
        await house.SinksAgreeAsync();
    }

    [Fact]
    public async Task A_card_deleted_in_a_night_without_its_relations_loses_its_links_and_no_other_does()
    {
        var rejected = new HashSet<string>();
        await using var house = await TestExport.OpenAsync(o => o with { RejectedRelations = rejected });
        await house.NightlyAsync();
        rejected.UnionWith(["card.activities", "card.resources", "card.labels"]);
        house.World.Delete(
            "card",
            house
                .World.Records("card")
                .First(c => c.Linked("activities").Count > 0 && c.Linked("resources").Count > 0)
                .Id
        );

        await house.FullAsync();

        rejected.Clear();
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task A_moved_card_slips_and_its_days_move_along()
    {
        await using var house = await HouseAsync();
        await house.NightlyAsync();
        var card = house
            .World.Records("card")
            .First(c => c.Text("start_date") is not null && c.Text("end_date") is not null);
        var end = DateOnly.Parse(card.Text("end_date")!, CultureInfo.InvariantCulture);
        house.World.Edit(
            "card",
            card.Id,
            new JsonObject { ["end_date"] = end.AddDays(9).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }
        );

        var summary = await house.NightlyAsync();

        house
            .Warehouse(
                "SELECT concat_ws(' ', card_key, change_type, new_end_date - old_end_date, slip_days, changed_on_key, run_id) FROM dw.fact_plan_change"
            )
            .Should()
            .Equal($"{SurrogateKey.Of("card", card.Id)} changed 9 9 20261007 {summary.RunId}");
        await house.SinksAgreeAsync();
        EveryPlanAddsUp(house);
    }

    /// <summary>Pages hold everything, so that a nightly sees deletions as well.</summary>
    private static async Task<TestExport> HouseAsync()
    {
        var house = await TestExport.OpenAsync();
        house.Settings = house.Settings with { VPlan = house.Settings.VPlan with { PageSize = 1000 } };
        return house;
    }

    private static long Planned(IReadOnlyList<string> plans) =>
        plans.Sum(plan => long.Parse(plan.Split(" | ")[6], CultureInfo.InvariantCulture));

    private static void EveryPlanAddsUp(TestExport house)
    {
        house
            .Warehouse(
                """
                WITH spread AS (SELECT card_key, sum(planned_minutes) AS minutes, min(date) AS first, max(date) AS last FROM dw.fact_planned_day WHERE NOT is_deleted GROUP BY card_key)
                SELECT f.card_id FROM dw.fact_card f LEFT JOIN spread s ON s.card_key = f.card_key
                WHERE NOT f.is_deleted AND f.start_date IS NOT NULL AND (coalesce(s.minutes, 0) <> f.planned_minutes OR s.first < f.start_date OR s.last > greatest(f.start_date, f.end_date))
                """
            )
            .Should()
            .BeEmpty("the days of a card add up to its plan and lie within it");
        house.Warehouse("SELECT count(*) > 50 FROM dw.fact_planned_day WHERE NOT is_deleted").Should().Equal("True");
    }
}
