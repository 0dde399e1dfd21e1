using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Tests.Transform;

namespace VPlanExport.Tests.Entities;

[Trait("Tier", "unit")]
public class CollectionsTests
{
    [Theory]
    [InlineData("""{"id":"o1","code":"10199","type":"Sales","order_rows":[{"id":"x"}],"deleted_at":null}""", "o1")]
    [InlineData("{}", null)]
    [InlineData("null", null)]
    [InlineData("[]", null)]
    public void A_collection_is_linked_to_the_order_it_was_made_from(string order, string? id)
    {
        var reading = ParsedRecords.Of(Collections.Entity, $$"""{"id":"c1","order":{{order}}}""");
        reading
            .Row(Collections.Dim)["order_key"]
            .Should()
            .Be(id is null ? SurrogateKey.Unknown : SurrogateKey.Of("order", id));
        reading.Reader.Unknown.Should().BeEmpty();
        reading.Reader.Rejects.Should().BeEmpty();
    }

    [Theory]
    [InlineData("""[{"id":"k1","items":[{"id":"i1"},{"id":"i2"}]},{"id":"k2"}]""", 2)]
    [InlineData("""{"0":{"id":"k1"},"2":{"id":"k2"},"5":7}""", 3)]
    [InlineData("[]", 0)]
    [InlineData("null", null)]
    public void Comments_checklists_and_attachments_are_counted(string list, int? count)
    {
        var reading = ParsedRecords.Of(
            Collections.Entity,
            $$"""{"id":"c1","comments":{{list}},"checklists":[],"created_at":"2026-10-01T00:00:00Z"}""",
            """{"id":"c2","attachments":"none"}"""
        );
        var row = reading.Row(Collections.Dim);
        (row["comment_count"], row["checklist_count"], row["attachment_count"], row["source_created_at"])
            .Should()
            .Be((count, 0, null, new DateTime(2026, 10, 1, 0, 0, 0, DateTimeKind.Utc)));
        reading.Reader.Unknown.Should().BeEmpty();
        reading.Reader.Rejects.Should().ContainSingle().Which.Reason.Should().Be("not a list");
    }

    [Theory]
    [InlineData("2026-10-01T21:59:59Z", 1)]
    [InlineData("2026-10-01T22:00:00Z", 2)]
    [InlineData("2026-12-01T22:59:59Z", 1)]
    [InlineData("2026-12-01T23:00:00Z", 2)]
    public void The_day_it_was_made_is_the_one_in_the_time_zone(string createdAt, int day) =>
        (
            (DateOnly)
                ParsedRecords
                    .Of(Collections.Entity, $$"""{"id":"c1","created_at":"{{createdAt}}"}""")
                    .Row(Collections.Dim)["created_date"]!
        )
            .Day.Should()
            .Be(day);

    [Fact]
    public void Its_activities_say_what_is_to_be_done() =>
        ParsedRecords
            .Of(
                Collections.Entity,
                """{"id":"c1","activities":[{"id":"a1","description":"Zagen","pivot":{"time":90,"time_remaining":30}},{"id":"a1","time":"60"}]}"""
            )
            .Rows(Collections.ActivityFact)
            .Select(r => (r["collection_key"], r["activity_key"], r["planned_minutes"], r["remaining_minutes"]))
            .Should()
            .Equal(
                (SurrogateKey.Of("collection", "c1"), SurrogateKey.Of("activity", "a1"), 90L, 30L),
                (SurrogateKey.Of("collection", "c1"), SurrogateKey.Of("activity", "a1"), 60L, null)
            );
}
