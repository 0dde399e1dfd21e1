using System.Text;
using System.Text.Json;
using VPlanExport.Transform.Parsing;

namespace VPlanExport.Tests.Transform;

[Trait("Tier", "unit")]
public class PageDataTests
{
    [Theory]
    [InlineData(
        """{"data":[{"date":"2026-10-01","stage":[{"id":"a","time_available":60},{"id":"b","time_available":null}]},{"date":"2026-10-02","stage":[]}]}""",
        """[{"id":"a","time_available":60,"date":"2026-10-01"},{"id":"b","time_available":null,"date":"2026-10-01"}]"""
    )]
    [InlineData(
        """{"data":[{"Stage":{"0":{"id":"a","date":"x"}},"date":"2026-10-01","stages":[1]}]}""",
        """[{"id":"a","date":"x"}]"""
    )]
    [InlineData(
        """{"data":{"0":{"date":"2026-10-01","stage":{"3":{"id":"a"}}},"9":{"date":"2026-10-02","stage":[]}}}""",
        """[{"id":"a","date":"2026-10-01"}]"""
    )]
    [InlineData(
        """{"data":[{"date":"2026-10-01"},7,{"date":"2026-10-02","stage":["s",null]}]}""",
        """[{"date":"2026-10-01"},7,{"stage":"s","date":"2026-10-02"},{"stage":null,"date":"2026-10-02"}]"""
    )]
    public void Elements_become_records_with_the_scalars_around_them(string page, string expected) =>
        Encoding.UTF8.GetString(PageData.Unfold(Encoding.UTF8.GetBytes(page), "stage")).Should().Be(expected);

    [Theory]
    [InlineData("""{"date":"2026-10-01"}""")]
    [InlineData("""{"data":[{"date":"1","date":"2","stage":[]}]}""")]
    public void A_page_that_is_not_such_a_list_is_not_whole(string page) =>
        FluentActions
            .Invoking(() => PageData.Unfold(Encoding.UTF8.GetBytes(page), "stage"))
            .Should()
            .Throw<JsonException>();
}
