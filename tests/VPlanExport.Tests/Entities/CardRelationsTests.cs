using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Tests.Transform;

namespace VPlanExport.Tests.Entities;

[Trait("Tier", "unit")]
public class CardRelationsTests
{
    [Fact]
    public void The_documented_card_relation_becomes_a_row()
    {
        var reading = ParsedRecords.Of(
            CardRelations.Entity,
            """{"id":"31415926-5358-4979-8323-84626433830d","type":"blocks","status":"valid","related_card_id":"a0b1c2d3-e4f5-4607-8819-2a3b4c5d6e0e","card_id":"b7a6c5d4-e3f2-4a1b-9c8d-7e6f5a4b3c0c","created_at":"2025-09-01T08:20:00Z","updated_at":"2025-09-01T08:20:00Z"}""",
            """{"id":"r2","card_id":null,"related_card_id":"NULL","lag":2}"""
        );
        reading
            .Rows(CardRelations.Fact)[0]
            .ShouldHold(
                ("card_relation_id", "31415926-5358-4979-8323-84626433830d"),
                ("relation_type", "blocks"),
                ("status", "valid"),
                ("card_key", SurrogateKey.Of("card", "b7a6c5d4-e3f2-4a1b-9c8d-7e6f5a4b3c0c")),
                ("related_card_key", SurrogateKey.Of("card", "a0b1c2d3-e4f5-4607-8819-2a3b4c5d6e0e"))
            );
        reading
            .Rows(CardRelations.Fact)[1]
            .ShouldHold(("relation_type", null), ("card_key", -1L), ("related_card_key", -1L));
        reading.Reader.Unknown.Should().Equal(("lag", 1L));
    }
}
