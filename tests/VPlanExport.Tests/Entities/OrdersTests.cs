using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Tests.Transform;
using VPlanExport.Transform.Parsing;

namespace VPlanExport.Tests.Entities;

[Trait("Tier", "unit")]
public class OrdersTests
{
    private const string Order = """
        {"id":"f00dbabe-1234-4cde-8f01-23456789ab10","project_id":null,"warehouse_id":"12121212-3434-4565-8787-909090909012","relation_id":"45454545-6767-4898-8a9a-bcbcbcbcbc13",
        "item_id":null,"address_id":null,"collection_id":"e1f2a3b4-c5d6-4e7f-8091-a2b3c4d5e60a","meta":{"route":"B"},"transaction":null,"code":"10199","type":"Sales","sub_type":"none","status":"open",
        "note":null,"description":"Chair Lisbon","contact":"M. Bakker","date":"2025-08-29","promised_date":"2025-09-22","desired_date":"2025-09-20","delivered_date":null,"quantity":"3",
        "relation_ref":"PO-778","external_ref":"SO-10199","external_url":null,"priority":1,"created_at":"2025-08-29T13:00:00Z","updated_at":"2025-09-01T08:12:00Z",
        """;

    private const string Row = """
        {"id":"77777777-8888-4999-8aaa-bbbbbbbbbb14","order_id":"f00dbabe-1234-4cde-8f01-23456789ab10","item_id":null,"activity_id":"9b2a5f64-0c53-44a0-9c39-0c6f5e3c4d04","code":"10",
        "description":"Welding","transaction":null,"position":4294967296,"type":"operation","unit":"hours","item_code":null,"reserved":"NULL","quantity":"8.12345","quantity_delivered":0,
        "quantity_backorder":"","quantity_original":8,"status":"open","delivered_date":"2025-09-19","resource_ref":null,"external_ref":"SO-10199-10","price":9,
        "created_at":"2025-08-29T13:00:00Z","updated_at":"2025-08-29T13:00:00Z"}
        """;

    private static readonly long OrderKey = SurrogateKey.Of("order", "f00dbabe-1234-4cde-8f01-23456789ab10");

    [Fact]
    public void The_documented_order_becomes_a_row()
    {
        var reading = ParsedRecords.Of(Orders.Entity, $$"""{{Order}} "order_rows":[]}""");
        reading
            .Row(Orders.Dim)
            .ShouldHold(
                ("order_key", OrderKey),
                ("code", "10199"),
                ("order_type", "Sales"),
                ("sub_type", "none"),
                ("status", "open"),
                ("description", "Chair Lisbon"),
                ("contact", "M. Bakker"),
                ("project_key", -1L),
                ("item_key", -1L),
                ("board_key", -1L),
                ("warehouse_key", SurrogateKey.Of("warehouse", "12121212-3434-4565-8787-909090909012")),
                ("relation_key", SurrogateKey.Of("relation", "45454545-6767-4898-8a9a-bcbcbcbcbc13")),
                ("collection_key", SurrogateKey.Of("collection", "e1f2a3b4-c5d6-4e7f-8091-a2b3c4d5e60a")),
                ("order_date", new DateOnly(2025, 8, 29)),
                ("promised_date", new DateOnly(2025, 9, 22)),
                ("desired_date", new DateOnly(2025, 9, 20)),
                ("delivered_date", null),
                ("quantity", 3m),
                ("relation_ref", "PO-778"),
                ("meta", """{"route":"B"}"""),
                ("external_ref", "SO-10199"),
                ("external_url", null)
            );
        reading.Reader.Unknown.Should().Equal(("priority", 1L));
    }

    [Theory]
    [InlineData("order_rows")]
    [InlineData("orderRows")]
    public void Its_rows_become_rows_under_either_name(string name)
    {
        var reading = ParsedRecords.Of(Orders.Entity, $$"""{{Order}} "{{name}}":[{{Row}}]}""");
        reading
            .Row(Orders.RowFact)
            .ShouldHold(
                ("order_row_id", "77777777-8888-4999-8aaa-bbbbbbbbbb14"),
                ("order_key", OrderKey),
                ("item_key", -1L),
                ("activity_key", SurrogateKey.Of("activity", "9b2a5f64-0c53-44a0-9c39-0c6f5e3c4d04")),
                ("code", "10"),
                ("description", "Welding"),
                ("position", 4294967296L),
                ("row_type", "operation"),
                ("unit", "hours"),
                ("item_code", null),
                ("reserved", null),
                ("quantity", 8.1235m),
                ("quantity_delivered", 0m),
                ("quantity_backorder", null),
                ("quantity_original", 8m),
                ("status", "open"),
                ("delivered_date", new DateOnly(2025, 9, 19)),
                ("resource_ref", null),
                ("external_ref", "SO-10199-10"),
                ("is_deleted", false)
            );
        reading.Reader.Unknown.Should().Equal(("priority", 1L), ("order_rows[].price", 1L));
        reading.Reader.Seen(Orders.RowFact).Arrays.Should().Be(1);
    }

    [Fact]
    public void A_row_that_comes_twice_is_one_row() =>
        ParsedRecords
            .Of(Orders.Entity, """{"id":"o1","order_rows":[{"id":"a"},{"id":"b"},{"id":"a"}]}""")
            .Rows(Orders.RowFact)
            .Select(r => r["order_row_id"])
            .Should()
            .Equal("a", "b");

    [Fact]
    public void A_quantity_that_is_no_number_rejects_the_row_and_keeps_the_order()
    {
        var reading = ParsedRecords.Of(
            Orders.Entity,
            """{"id":"o1","order_rows":[{"id":"a","quantity":"many"},{"id":"b","quantity":"1e2"}]}"""
        );
        reading.Rows(Orders.Dim).Should().HaveCount(1);
        reading.Row(Orders.RowFact).ShouldHold(("order_row_id", "b"), ("quantity", 100m));
        reading.Reader.Rejects.Should().ContainSingle().Which.Field.Should().Be("order_rows[].quantity");
    }

    [Fact]
    public void Rows_on_a_page_of_their_own_are_the_same_rows()
    {
        var nested = ParsedRecords.Of(Orders.Entity, $$"""{{Order}} "order_rows":[{{Row}}]}""").Row(Orders.RowFact);
        var reader = new PageReader(Orders.Entity, ParsedRecords.Run, new Dictionary<long, RowPosition>());
        reader.ReadList(
            ParsedRecords.Page(Row, """{"id":"bad","quantity":"many"}"""),
            new LandedList(
                "order_rows",
                "f00dbabe-1234-4cde-8f01-23456789ab10",
                new LandedPage(1, 2, ParsedRecords.ReadAt)
            ),
            1,
            ParsedRecords.ReadAt
        );
        reader.ReadList(
            ParsedRecords.Page(),
            new LandedList("order_rows", "o2", new LandedPage(1, 2, ParsedRecords.ReadAt)),
            2,
            ParsedRecords.ReadAt
        );

        var apart = ParsedRecords
            .RowsOf(reader.Batches.Single(b => b.Table == Orders.RowFact))
            .Should()
            .ContainSingle()
            .Subject;
        apart
            .Where(c => c.Key is not ("source_created_at" or "source_updated_at"))
            .Should()
            .Equal(nested.Where(c => c.Key is not ("source_created_at" or "source_updated_at")));
        reader.Batches.Single(b => b.Table == Orders.Dim).Count.Should().Be(0);
        reader.Rejects.Should().ContainSingle().Which.Id.Should().Be("f00dbabe-1234-4cde-8f01-23456789ab10");
        reader
            .Seen(Orders.RowFact)
            .Should()
            .BeEquivalentTo((Array.Empty<long>(), new[] { OrderKey, SurrogateKey.Of("order", "o2") }, 2L));
        reader
            .References.Single(r => r.Dimension == "dim_order")
            .Members.Values.Should()
            .Equal("f00dbabe-1234-4cde-8f01-23456789ab10", "o2");
    }

    [Fact]
    public void An_order_without_its_rows_says_nothing_about_them() =>
        ParsedRecords
            .Of(Orders.Entity, """{"id":"o1"}""")
            .Reader.Seen(Orders.RowFact)
            .AbsentIn.Should()
            .Equal(SurrogateKey.Of("order", "o1"));
}
