using VPlanExport.Entities;
using VPlanExport.Tests.Transform;

namespace VPlanExport.Tests.Entities;

[Trait("Tier", "unit")]
public class WarehousesTests
{
    [Fact]
    public void The_documented_warehouse_becomes_a_row()
    {
        var reading = ParsedRecords.Of(
            Warehouses.Entity,
            """{"id":"12121212-3434-4565-8787-909090909012","code":"MAIN","name":"Main store","external_ref":"WH-1","created_at":"2025-01-10T10:00:00Z","updated_at":"2025-01-10T10:00:00Z"}""",
            """{"id":"w2","code":7,"name":null,"bins":[1]}"""
        );
        reading
            .Rows(Warehouses.Dim)[0]
            .ShouldHold(
                ("warehouse_id", "12121212-3434-4565-8787-909090909012"),
                ("code", "MAIN"),
                ("name", "Main store"),
                ("external_ref", "WH-1")
            );
        reading
            .Rows(Warehouses.Dim)[1]
            .ShouldHold(("warehouse_id", "w2"), ("code", "7"), ("name", null), ("external_ref", null));
        reading.Reader.Unknown.Should().Equal(("bins", 1L));
    }
}
