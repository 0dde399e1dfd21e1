using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Tests.Transform;

namespace VPlanExport.Tests.Entities;

[Trait("Tier", "unit")]
public class GroupsTests
{
    [Fact]
    public void A_group_becomes_a_row_and_a_link_to_each_of_its_resources()
    {
        var reading = ParsedRecords.Of(
            Groups.Entity,
            """{"id":"g1","name":"Welders","icon":"x","resources":[{"id":"r1","name":"J. de Vries","type":"employee","workdays":{"1":8},"pivot":{"group_id":"g1"}},{"id":"r2"},{"id":"r1"}],"created_at":"2025-01-06T08:40:00Z","updated_at":"2025-03-11T10:02:19Z"}"""
        );
        reading
            .Row(Groups.Dim)
            .ShouldHold(
                ("group_key", SurrogateKey.Of("group", "g1")),
                ("group_id", "g1"),
                ("name", "Welders"),
                ("source_updated_at", new DateTime(2025, 3, 11, 10, 2, 19))
            );
        reading
            .Rows(Groups.ResourceBridge)
            .Select(r => (r["group_key"], r["resource_key"]))
            .Should()
            .Equal(
                (SurrogateKey.Of("group", "g1"), SurrogateKey.Of("resource", "r1")),
                (SurrogateKey.Of("group", "g1"), SurrogateKey.Of("resource", "r2"))
            );
        reading.Reader.Unknown.Should().Equal(("icon", 1L));
    }

    [Fact]
    public void A_group_without_resources_has_no_links()
    {
        var reading = ParsedRecords.Of(
            Groups.Entity,
            """{"id":"g1","name":null,"resources":null}""",
            """{"id":"g2","resources":[]}""",
            """{"id":"g3"}"""
        );
        reading.Rows(Groups.Dim).Should().HaveCount(3);
        reading.Rows(Groups.ResourceBridge).Should().BeEmpty();
        reading.Reader.Seen(Groups.ResourceBridge).AbsentIn.Should().Equal(SurrogateKey.Of("group", "g3"));
    }
}
