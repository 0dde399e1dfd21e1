using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Tests.Transformers;

namespace VPlanExport.Tests.Entities;

public class CollectionsTests
{
    [Theory]
    [InlineData("""{"id":"o1","code":"10199","type":"Sales","order_rows":[{"id":"x"}],"deleted_at":null}""", "o1")]
    [InlineData("{}", null)]
    [InlineData("null", null)]
    [InlineData("[]", null)]
    public void A_collection_is_linked_to_the_order_it_was_made_from(string order, string? id)
    {
        var reading = Reading.Of(Collections.Entity, $$"""{"id":"c1","order":{{order}}}""");
        reading.Row(Collections.Dim)["order_key"].Should().Be(id is null ? Keys.Unknown : Keys.Of("order", id));
        reading.Reader.Unknown.Should().BeEmpty();
        reading.Reader.Rejects.Should().BeEmpty();
    }
}
