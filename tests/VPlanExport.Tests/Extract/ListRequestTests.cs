using VPlanExport.Extract.Paging;
using VPlanExport.Model;
using VPlanExport.Package;

namespace VPlanExport.Tests.Extract;

[Trait("Tier", "unit")]
public class ListRequestTests
{
    private static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");
    private static readonly Endpoint Cards = new("/card")
    {
        With = ["activities", "labels"],
        Hide = ["avatar"],
        BusinessField = "start_date",
        BusinessFieldIsDate = true,
    };
    private static readonly Endpoint Times = new("/time_tracking") { BusinessField = "start" };

    [Fact]
    public void A_full_question_has_no_filter() =>
        Url(Cards, new Window.Full())
            .Should()
            .Be("/card?limit=1000&offset=0&sort=created_at%3Aasc%2Cid%3Aasc&with=activities%2Clabels&hide=avatar");

    [Fact]
    public void A_watermark_is_quoted_and_encoded_once() =>
        Url(Times, new Window.Since(new DateTime(2026, 3, 2, 1, 2, 3, DateTimeKind.Utc)))
            .Should()
            .Be(
                "/time_tracking?limit=1000&offset=0&filter=updated_at%3Agte%3A%272026-03-02T01%3A02%3A03Z%27&sort=updated_at%3Aasc%2Cid%3Aasc"
            );

    [Theory]
    [InlineData("2026-01-01", "2026-01-31", "start:gte:'2025-12-31T23:00:00Z',and,start:lt:'2026-01-31T23:00:00Z'")]
    [InlineData("2026-03-29", "2026-03-29", "start:gte:'2026-03-28T23:00:00Z',and,start:lt:'2026-03-29T22:00:00Z'")]
    [InlineData("2026-10-25", "2026-10-25", "start:gte:'2026-10-24T22:00:00Z',and,start:lt:'2026-10-25T23:00:00Z'")]
    public void Days_are_bounded_by_local_midnights(string from, string to, string filter) =>
        Filters.Of(Times, new Window.Range(Day(from), Day(to), Amsterdam)).Should().Be(filter);

    [Fact]
    public void Dates_are_compared_as_dates() =>
        Filters
            .Of(Cards, new Window.Range(Day("2026-01-01"), Day("2026-01-31"), Amsterdam))
            .Should()
            .Be("start_date:gte:'2026-01-01',and,start_date:lte:'2026-01-31'");

    [Fact]
    public void A_lookback_is_about_recent_dates_and_open_records() =>
        Filters
            .Of(new Lookback(35, ["start", "end"]) { Open = ("progress", ["open", "partial"]) }, Day("2026-01-01"))
            .Should()
            .Be("(start:gte:'2026-01-01',or,end:gte:'2026-01-01',or,progress:eq:'open',or,progress:eq:'partial')");

    [Fact]
    public void Days_begin_after_a_midnight_that_the_clocks_skip() =>
        Filters
            .Of(
                Times,
                new Window.Range(
                    Day("2026-04-24"),
                    Day("2026-04-24"),
                    TimeZoneInfo.FindSystemTimeZoneById("Africa/Cairo")
                )
            )
            .Should()
            .StartWith("start:gte:'2026-04-23T22:00:00Z'");

    [Fact]
    public void A_value_with_a_quote_is_refused() =>
        FluentActions.Invoking(() => Filters.Is("id", "eq", "a'b")).Should().Throw<ArgumentException>();

    [Theory]
    [InlineData("2026-03-02T01:02:03Z", "2026-03-02T01:02:03Z", "2026-03-02T01:02:04Z")]
    [InlineData("2026-03-02T01:02:03.250Z", "2026-03-02T01:02:03.25Z", "2026-03-02T01:02:03.26Z")]
    [InlineData("2026-03-02T02:02:03+01:00", "2026-03-02T01:02:03Z", "2026-03-02T01:02:04Z")]
    public void Timestamps_are_sent_in_utc_and_last_one_unit(string text, string sent, string after)
    {
        var at = VPlanStamp.Parse(text)!.Value;
        VPlanStamp.Text(at).Should().Be(sent);
        VPlanStamp.Text(VPlanStamp.After(at)!.Value).Should().Be(after);
    }

    [Theory]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("9999-12-31T23:59:59.9Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z")]
    public void Behind_the_end_of_time_there_is_no_moment(string text) =>
        VPlanStamp.After(VPlanStamp.Parse(text)!.Value).Should().BeNull();

    [Theory]
    [InlineData("9999-12-31", "start:gte:'9999-12-30T23:00:00Z'")]
    [InlineData("0001-01-01", "start:gte:'0001-01-01T00:00:00Z',and,start:lt:'0001-01-01T2")]
    public void Days_at_the_ends_of_the_calendar_can_be_asked_for(string day, string filter) =>
        Filters
            .Of(Times, new Window.Range(Day(day), Day(day), TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam")))
            .Should()
            .StartWith(filter);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0000-00-00 00:00:00")]
    public void What_is_no_timestamp_is_none(string? text) => VPlanStamp.Parse(text).Should().BeNull();

    private static string Url(Endpoint endpoint, Window window)
    {
        var walk = SeekRange.Of(ListRequest.Of(endpoint, window), window);
        return (walk.Since(walk.From) with { Sort = $"{window.SeekField}:asc,id:asc" }).Url;
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd");
}
