using System.Text.Json.Nodes;
using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Faults;

/// <summary>Whatever stands in vPlan's properties, a run ends well: each record is read, or rejected by name.</summary>
[Trait("Tier", "scenario")]
public sealed class HostileValuesTests
{
    private const int RecordsOfEach = 12;

    private static readonly Func<JsonNode?>[] s_values =
    [
        () => null,
        () => "",
        () => "NULL",
        () => "   ",
        () => new JsonObject(),
        () => new JsonArray(),
        () => new JsonArray(null, 1, "x"),
        () => new JsonObject { ["id"] = null, ["name"] = 7 },
        () => -1,
        () => 0.5,
        () => "60.0",
        () => "12,5",
        () => long.MaxValue,
        () => "123456789012345678901234567890",
        () => "1e999",
        () => 1e300,
        () => true,
        () => "0001-01-01T00:00:00+23:59",
        () => "9999-12-31T23:59:59.999Z",
        () => "0000-00-00 00:00:00",
        () => "-0001-11-30",
        () => "2026-02-30",
        () => "24:00",
        () => "25:61",
        () => "'; DROP TABLE dw.dim_card; --",
        () => "a\0b",
        () => "\u202Egnp.exe \U0001F9D1\u200D\U0001F527",
        () => "=cmd|' /C calc'!A0",
        () => new string('x', 5000),
        () => "00000000-0000-0000-0000-000000000000",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_run_reads_or_rejects_each_record_and_both_sinks_are_the_same(int seed)
    {
        await using var house = await TestExport.OpenAsync();
        house.Settings = house.Settings with { Runs = house.Settings.Runs with { MaxRejectShare = 1 } };
        var (random, edited) = (new Random(seed), 0);
        foreach (var entity in Catalog.All.Where(e => house.World.Entities.Contains(e.Name)))
        {
            foreach (var record in house.World.Records(entity.Name).Take(RecordsOfEach))
            {
                foreach (var property in PropertiesOf(entity).Where(_ => random.Next(4) == 0))
                    house.World.Edit(
                        entity.Name,
                        record.Id,
                        new JsonObject { [property] = s_values[random.Next(s_values.Length)]() }
                    );
                edited++;
            }
        }

        var summary = await house.FullAsync();

        edited.Should().BeGreaterThan(100);
        summary.Tables.Sum(t => t.Rejected).Should().BePositive();
        await house.SinksAgreeAsync();
        (await house.InvokeAsync("verify")).ShouldBe(ExitCode.Ok);
        (await house.FullAsync()).Tables.Sum(t => t.Changed + t.Deleted).Should().Be(0);
    }

    [Fact]
    public async Task Ids_of_any_form_are_read_kept_and_given_up_as_others()
    {
        string[] ids = ["it's", "' or 1=1 --", "a b", "a/b?c#d&e", "100%", "é\U0001F527", "..", "[]\"{}", "NULL ", "0"];
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        var board = house.World.Records("board")[0].Id;
        foreach (var (n, id) in ids.Index())
        {
            house.World.Add("resource", new JsonObject { ["id"] = $"r{id}", ["name"] = $"Resource {n}" });
            house.World.Add("collection", new JsonObject { ["id"] = $"l{id}", ["board_id"] = board });
            house.World.Add("card", new JsonObject { ["id"] = $"c{id}", ["collection_id"] = $"l{id}" });
            house.World.Add("time_tracking", new JsonObject { ["id"] = $"t{id}", ["card_id"] = $"c{id}" });
        }

        await house.NightlyAsync();

        await house.BothSinksEqualVPlanAsync();
        (await house.InvokeAsync("verify")).ShouldBe(ExitCode.Ok);
        foreach (var id in ids)
        {
            house.World.Edit("card", $"c{id}", new JsonObject { ["name"] = "Edited" });
            house.World.Delete("time_tracking", $"t{id}");
        }
        await house.SweepAsync();
        await house.FullAsync();

        house.Warehouse("SELECT count(*) FROM dw.dim_card WHERE name = 'Edited'").Should().Equal($"{ids.Length}");
        house
            .Warehouse("SELECT count(*) FROM dw.fact_time_entry WHERE is_deleted AND time_entry_id LIKE 't%'")
            .Should()
            .Equal($"{ids.Length}");
        await house.BothSinksEqualVPlanAsync();
    }

    /// <summary>What columns are made of. The record's id and its timestamps, which lists are read by, have tests of their own.</summary>
    private static IEnumerable<string> PropertiesOf(Entity entity) =>
        entity
            .Tables.SelectMany(t => t.Columns)
            .SelectMany(c =>
                c.Source switch
                {
                    Source.Json json => [json.Path],
                    Source.IsPresent present => [present.Path],
                    Source.BusinessDate date => [date.Path],
                    Source.Label label => [label.Path],
                    Source.Count count => [count.Array],
                    Source.KeyOf key => key.Paths,
                    _ => (IEnumerable<string>)[],
                }
            )
            .Select(path => path.Replace("../", "", StringComparison.Ordinal).Split('.')[0])
            .Except(["id", "created_at", "updated_at", "deleted_at", "archived_at"])
            .Distinct();
}
