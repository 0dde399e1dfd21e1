using System.Text.Json.Nodes;
using VPlanExport.Lake;
using VPlanExport.Storage;
using static VPlanExport.Tests.Lake.LakeFixture;

namespace VPlanExport.Tests.Lake;

[Trait("Tier", "unit")]
public class FileStatsTests
{
    [Fact]
    public void Times_between_milliseconds_stay_within_their_bounds()
    {
        var time = new DateTime(2026, 10, 1, 12, 0, 0, DateTimeKind.Utc).AddTicks(12_345);
        var stats = Stats("completed_at", new ColumnStats(time, time, 0));
        ((string?)stats["minValues"]!["completed_at"]).Should().Be("2026-10-01T12:00:00.001Z");
        ((string?)stats["maxValues"]!["completed_at"]).Should().Be("2026-10-01T12:00:00.002Z");
    }

    [Theory]
    [InlineData(9_999_999)]
    [InlineData(9_990_001)]
    [InlineData(9_990_000)]
    public void The_end_of_time_is_bounded_by_the_last_time_that_can_be_written(long ticks)
    {
        var time = new DateTime(9999, 12, 31, 23, 59, 59, DateTimeKind.Utc).AddTicks(ticks);
        ((string?)Stats("completed_at", new ColumnStats(time, time, 0))["maxValues"]!["completed_at"])
            .Should()
            .Be("9999-12-31T23:59:59.999Z");
    }

    [Fact]
    public void Text_is_never_cut_through_a_surrogate_pair()
    {
        var text = new string('a', 31) + "😀" + new string('b', 9);
        var stats = Stats("name", new ColumnStats(text, text, 0));
        ((string?)stats["minValues"]!["name"]).Should().Be(new string('a', 31));
        ((string?)stats["maxValues"]!["name"]).Should().Be(new string('a', 31) + "\U0010FFFF");
    }

    [Fact]
    public void Long_text_is_cut_to_bounds_that_still_hold()
    {
        var stats = Stats("name", new ColumnStats(new string('a', 40), new string('b', 40), 0));
        ((string?)stats["minValues"]!["name"]).Should().Be(new string('a', 32));
        ((string?)stats["maxValues"]!["name"]).Should().Be(new string('b', 32) + "\U0010FFFF");
    }

    [Fact]
    public void Personal_columns_and_columns_without_bounds_tell_their_nulls_only()
    {
        var stats = Stats("email", new ColumnStats("a@example.org", "z@example.org", 3));
        stats["minValues"]!.AsObject().Should().BeEmpty();
        ((long)stats["nullCount"]!["email"]!).Should().Be(3);
    }

    private static JsonNode Stats(string column, ColumnStats stats) =>
        JsonNode.Parse(
            FileStats.Json(new RowFileFooter(7, new Dictionary<string, ColumnStats> { [column] = stats }), Cards)
        )!;
}
