using VPlanExport.Model;

namespace VPlanExport.Tests.Model;

[Trait("Tier", "unit")]
public class ColumnBufferTests
{
    [Fact]
    public void A_value_put_further_on_fills_the_rows_before_it()
    {
        var buffer = new ColumnBuffer<int>();
        buffer.Put(0, 7);
        buffer.Put(3, 9);
        Values(buffer).Should().Equal(7, null, null, 9);
    }

    [Fact]
    public void A_value_put_where_there_is_one_replaces_it()
    {
        var buffer = new ColumnBuffer<string>();
        buffer.AppendNull();
        buffer.Put(0, "a");
        buffer.Put(0, "b");
        Values(buffer).Should().Equal("b");
    }

    [Fact]
    public void A_filler_takes_the_place_of_null_and_does_not_change_rows_before_it()
    {
        var buffer = new ColumnBuffer<long>();
        buffer.FillTo(1);
        buffer.FillWith(-1);
        buffer.FillTo(5000);
        buffer.FillTo(2);
        buffer.Count.Should().Be(5000);
        Values(buffer).Take(3).Should().Equal(null, -1L, -1L);
        buffer.Boxed(4999).Should().Be(-1L);
    }

    [Fact]
    public void Truncating_to_more_rows_than_there_are_changes_nothing()
    {
        var buffer = new ColumnBuffer<string>();
        buffer.Append("a");
        buffer.Truncate(5);
        buffer.Count.Should().Be(1);
        buffer.Truncate(0);
        buffer.FillTo(1);
        Values(buffer).Should().Equal((object?)null);
    }

    private static IEnumerable<object?> Values(ColumnBuffer buffer) =>
        Enumerable.Range(0, buffer.Count).Select(buffer.Boxed);
}
