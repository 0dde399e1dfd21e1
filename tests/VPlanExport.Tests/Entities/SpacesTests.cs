using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Tests.Transform;

namespace VPlanExport.Tests.Entities;

[Trait("Tier", "unit")]
public class SpacesTests
{
    [Fact]
    public void A_space_becomes_a_row_and_a_link_to_each_of_its_boards()
    {
        var reading = ParsedRecords.Of(
            Spaces.Entity,
            """{"id":"s1","name":"Production","rank":1,"boards":[{"id":"b1","name":"Hall 1","labels":[{"id":"l1"}]},{"id":null},{"id":"b2"}],"created_at":"2025-01-06T08:40:00Z"}""",
            """{"id":"s2"}"""
        );
        reading
            .Rows(Spaces.Dim)[0]
            .ShouldHold(
                ("space_id", "s1"),
                ("name", "Production"),
                ("source_created_at", new DateTime(2025, 1, 6, 8, 40, 0))
            );
        reading.Rows(Spaces.Dim)[1].ShouldHold(("space_id", "s2"), ("name", null));
        reading
            .Rows(Spaces.BoardBridge)
            .Select(r => (r["space_key"], r["board_key"]))
            .Should()
            .Equal(
                (SurrogateKey.Of("space", "s1"), SurrogateKey.Of("board", "b1")),
                (SurrogateKey.Of("space", "s1"), SurrogateKey.Of("board", "b2"))
            );
        reading.Reader.Unknown.Should().Equal(("rank", 1L), ("boards[] without id", 1L));
    }
}
