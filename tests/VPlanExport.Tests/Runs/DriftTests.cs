using System.Text.Json.Nodes;
using VPlanExport.Commands.Output;
using VPlanExport.Runs;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

[Trait("Tier", "scenario")]
public sealed class DriftTests
{
    private const string Drift =
        "SELECT entity || ' ' || property || ' ' || seen FROM etl.drift JOIN etl.load USING (run_id) ORDER BY sequence, entity, property";

    [Fact]
    public async Task Properties_that_are_not_exported_are_counted_in_the_warehouse_and_told_once_a_run()
    {
        await using var house = await TestExport.OpenAsync();
        var stages = house.World.Records("stage").Select(s => s.Id).ToList();
        foreach (var id in stages)
            house.World.Edit("stage", id, new JsonObject { ["mood"] = "good" });
        house.World.Edit("stage", stages[0], new JsonObject { ["a_weight"] = 3 });
        house.World.Edit(
            "item",
            house.World.Records("item")[0].Id,
            new JsonObject { ["shelf"] = new JsonObject { ["row"] = 1 } }
        );

        var summary = await house.NightlyAsync();

        string[] told =
        [
            "item: 1 property of vPlan's answers is not exported: shelf (1)",
            $"stage: 2 properties of vPlan's answers are not exported: mood ({stages.Count}), a_weight (1)",
        ];
        summary.Warnings.Should().Equal(told);
        TextOf(summary)
            .Split('\n')
            .Where(l => l.Contains("not exported", StringComparison.Ordinal))
            .Should()
            .Equal(told.Select(t => "warning: " + t));
        JsonNode.Parse(
            await File.ReadAllTextAsync(
                Path.Combine((await house.AllRunsAsync()).Single().Store.Location, "summary.json"),
                TestContext.Current.CancellationToken
            )
        )!["Warnings"]!
            .AsArray()
            .Select(w => (string)w!)
            .Should()
            .Equal(told);
        string[] counted = ["item shelf 1", "stage a_weight 1", $"stage mood {stages.Count}"];
        house.Warehouse(Drift).Should().Equal(counted);

        await house.NightlyAsync("stage");

        house.Warehouse(Drift).Should().Equal([.. counted, .. counted[1..]]);
    }

    [Fact]
    public async Task Of_many_properties_the_most_frequent_are_told()
    {
        await using var house = await TestExport.OpenAsync();
        var stage = house.World.Records("stage")[0].Id;
        house.World.Edit(
            "stage",
            stage,
            new JsonObject(Enumerable.Range(10, 12).Select(i => KeyValuePair.Create($"extra_{i}", (JsonNode?)i)))
        );
        house.World.Edit("stage", house.World.Records("stage")[1].Id, new JsonObject { ["extra_21"] = 21 });

        (await house.NightlyAsync("stage"))
            .Warnings.Should()
            .ContainSingle()
            .Which.Should()
            .StartWith(
                "stage: 12 properties of vPlan's answers are not exported: extra_21 (2), extra_10 (1), extra_11 (1), "
            )
            .And.EndWith("extra_18 (1) and 2 more, see etl.drift");
        house.Warehouse(Drift).Should().HaveCount(12);
    }

    [Fact]
    public async Task A_property_that_changed_its_type_is_rejected_and_not_counted_as_drift()
    {
        await using var house = await TestExport.OpenAsync();
        house.World.Edit(
            "stage",
            house.World.Records("stage")[0].Id,
            new JsonObject { ["delay_day"] = new JsonArray(1) }
        );

        var summary = await house.NightlyAsync();

        summary.Tables.Single(t => t.Table == "dim_stage").Rejected.Should().Be(1);
        File.ReadAllText(Path.Combine((await house.AllRunsAsync()).Single().Store.Location, "rows", "rejects.csv"))
            .Should()
            .Contain("an array or object where Int32 was expected");
        house.Warehouse(Drift).Should().BeEmpty();
    }

    private static string TextOf(RunSummary summary)
    {
        using var text = new StringWriter { NewLine = "\n" };
        SummaryText.Write(summary, text);
        return text.ToString();
    }
}
