using VPlanExport.Entities;
using VPlanExport.Tests.Transform;

namespace VPlanExport.Tests.Entities;

[Trait("Tier", "unit")]
public class ItemsTests
{
    [Fact]
    public void The_documented_item_becomes_a_row() =>
        ParsedRecords
            .Of(
                Items.Entity,
                """{"id":"99999999-aaaa-4bbb-8ccc-dddddddddd15","code":"CH-LIS","description":"Chair Lisbon","type":"product","unit":"pcs","note":null,"location":"A-12","stockmanagement":true,"external_ref":"ITM-55","created_at":"2025-01-10T10:00:00Z","updated_at":"2025-01-10T10:00:00Z"}"""
            )
            .Row(Items.Dim)
            .ShouldHold(
                ("item_id", "99999999-aaaa-4bbb-8ccc-dddddddddd15"),
                ("code", "CH-LIS"),
                ("description", "Chair Lisbon"),
                ("item_type", "product"),
                ("unit", "pcs"),
                ("note", null),
                ("location", "A-12"),
                ("has_stock_management", true),
                ("external_ref", "ITM-55"),
                ("is_deleted", false),
                ("source_created_at", new DateTime(2025, 1, 10, 10, 0, 0))
            );

    [Fact]
    public void A_flag_may_be_text_or_missing_and_what_is_not_known_is_counted()
    {
        var reading = ParsedRecords.Of(
            Items.Entity,
            """{"id":"i1","stockmanagement":"1","stock_on_hand":7}""",
            """{"id":"i2","stockmanagement":"NULL","code":""}"""
        );
        reading.Rows(Items.Dim)[0].ShouldHold(("has_stock_management", true), ("code", null));
        reading.Rows(Items.Dim)[1].ShouldHold(("has_stock_management", null), ("code", ""));
        reading.Reader.Unknown.Should().Equal(("stock_on_hand", 1L));
    }
}
