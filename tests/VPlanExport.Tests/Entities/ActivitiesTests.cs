using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Tests.Transform;

namespace VPlanExport.Tests.Entities;

[Trait("Tier", "unit")]
public class ActivitiesTests
{
    [Theory]
    [InlineData("\"i1\"", "i1")]
    [InlineData("null", null)]
    public void An_activity_is_linked_to_its_item(string json, string? id) =>
        ParsedRecords
            .Of(Activities.Entity, $$"""{"id":"a1","description":"Welding","item_id":{{json}}}""")
            .Row(Activities.Dim)
            .ShouldHold(
                ("name", "Welding"),
                ("item_key", id is null ? SurrogateKey.Unknown : SurrogateKey.Of("item", id))
            );
}
