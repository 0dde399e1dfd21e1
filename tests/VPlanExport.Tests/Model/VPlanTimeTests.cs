using System.Globalization;
using System.Text;
using CsCheck;
using VPlanExport.Model;
using VPlanExport.Tests.Transform;

namespace VPlanExport.Tests.Model;

[Trait("Tier", "unit")]
public class VPlanTimeTests
{
    private static readonly BusinessZone s_amsterdam = new(ParsedRecords.Run.Zone);

    [Theory]
    [InlineData("2025-09-15T06:00:12Z", "2025-09-15 06:00:12.000000")]
    [InlineData("2025-09-15t06:00:12z", "2025-09-15 06:00:12.000000")]
    [InlineData("2025-09-15T06:00:12", "2025-09-15 06:00:12.000000")]
    [InlineData("2025-09-15 06:00:12", "2025-09-15 06:00:12.000000")]
    [InlineData("2025-09-15T06:00Z", "2025-09-15 06:00:00.000000")]
    [InlineData("2025-09-15", "2025-09-15 00:00:00.000000")]
    [InlineData("2025-09-15T06:00:12.1Z", "2025-09-15 06:00:12.100000")]
    [InlineData("2025-09-15T06:00:12.12Z", "2025-09-15 06:00:12.120000")]
    [InlineData("2025-09-15T06:00:12.123Z", "2025-09-15 06:00:12.123000")]
    [InlineData("2025-09-15T06:00:12.1234Z", "2025-09-15 06:00:12.123400")]
    [InlineData("2025-09-15T06:00:12.12345Z", "2025-09-15 06:00:12.123450")]
    [InlineData("2025-09-15T06:00:12.123456Z", "2025-09-15 06:00:12.123456")]
    [InlineData("2025-09-15T06:00:12.1234567Z", "2025-09-15 06:00:12.123456")]
    [InlineData("2025-09-15T06:00:12.123456789Z", "2025-09-15 06:00:12.123456")]
    [InlineData("2025-09-15T06:00:12+02:00", "2025-09-15 04:00:12.000000")]
    [InlineData("2025-09-15T06:00:12+0200", "2025-09-15 04:00:12.000000")]
    [InlineData("2025-09-15T06:00:12+02", "2025-09-15 04:00:12.000000")]
    [InlineData("2025-09-15T22:00:12-03:30", "2025-09-16 01:30:12.000000")]
    [InlineData("2025-09-15T06:00:12.5+02:00", "2025-09-15 04:00:12.500000")]
    [InlineData("2024-02-29T00:00:00Z", "2024-02-29 00:00:00.000000")]
    [InlineData("9999-12-31T23:59:59Z", "9999-12-31 23:59:59.000000")]
    [InlineData("2025-02-29T00:00:00Z", null)]
    [InlineData("2025-13-01T00:00:00Z", null)]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31 23:59:59.999999")]
    [InlineData("9999-12-31T23:59:59-05:00", "9999-12-31 23:59:59.999999")]
    [InlineData("9999-12-31T24:00:00Z", "9999-12-31 23:59:59.999999")]
    [InlineData("2025-09-15T24:00:00Z", "2025-09-16 00:00:00.000000")]
    [InlineData("2025-12-31 24:00", "2026-01-01 00:00:00.000000")]
    [InlineData("2025-09-15T24:00:00+02:00", "2025-09-15 22:00:00.000000")]
    [InlineData("2025-09-15T24:00:01Z", null)]
    [InlineData("2025-09-15T24:01:00Z", null)]
    [InlineData("2025-09-15T25:00:00Z", null)]
    [InlineData("2025-09-15T06:60:00Z", null)]
    [InlineData("2025-09-15T06:00:12.Z", null)]
    [InlineData("2025-09-15T06:00:12 Z", null)]
    [InlineData("2025-09-15T06:00:12+2", null)]
    [InlineData("2025-09-15T06:00:12+99:00", null)]
    [InlineData("2025-09-15T06:00:1", null)]
    [InlineData("2025-09-15X06:00:12Z", null)]
    [InlineData("15-09-2025", null)]
    [InlineData("2025-9-15", null)]
    [InlineData("0000-00-00 00:00:00", null)]
    [InlineData("0001-01-01T00:00:00+02:00", "0001-01-01 00:00:00.000000")]
    [InlineData("-0002-11-30T00:00:00Z", null)]
    [InlineData("yesterday", null)]
    public void A_timestamp_becomes_utc_to_the_microsecond(string text, string? expected)
    {
        var read = VPlanTime.TryRead(Utf8(text), out var utc)
            ? utc.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)
            : null;
        read.Should().Be(expected);
        utc.Kind.Should().Be(expected is null ? DateTimeKind.Unspecified : DateTimeKind.Utc);
    }

    [Fact]
    public void Every_timestamp_is_read_as_dotnet_reads_it() =>
        Gen.DateTime[new DateTime(1900, 1, 1), new DateTime(2199, 12, 31)]
            .Select(Gen.Int[-14 * 60, 14 * 60])
            .Sample(
                (local, offset) =>
                {
                    var when = new DateTimeOffset(
                        DateTime.SpecifyKind(local, DateTimeKind.Unspecified),
                        TimeSpan.FromMinutes(offset)
                    );
                    VPlanTime
                        .TryRead(Utf8(when.ToString("O", CultureInfo.InvariantCulture)), out var utc)
                        .Should()
                        .BeTrue();
                    utc.Ticks.Should().Be(when.UtcTicks / 10 * 10);
                }
            );

    [Theory]
    [InlineData("2025-09-15", "2025-09-15")]
    [InlineData("2025-09-15T00:00:00Z", "2025-09-15")]
    [InlineData("2025-09-15 00:00:00", "2025-09-15")]
    [InlineData("2025-09-15T00:00:00+02:00", "2025-09-15")]
    [InlineData("2025-09-15T22:00:00Z", "2025-09-16")]
    [InlineData("2025-12-15T22:00:00Z", "2025-12-15")]
    [InlineData("1900-01-01", "1900-01-01")]
    [InlineData("1899-12-31", "1899-12-31")]
    [InlineData("2199-12-31", "2199-12-31")]
    [InlineData("2200-01-01", "2200-01-01")]
    [InlineData("9999-12-31T23:30:00Z", "9999-12-31")]
    [InlineData("2025-02-30", null)]
    [InlineData("0000-00-00", null)]
    public void A_date_may_come_as_a_datetime(string text, string? expected) =>
        (
            VPlanTime.TryDate(Utf8(text), s_amsterdam, out var date)
                ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                : null
        )
            .Should()
            .Be(expected);

    [Theory]
    [InlineData("08:00", "08:00")]
    [InlineData("8:05", "08:05")]
    [InlineData("23:59:59", "23:59")]
    [InlineData("08:00:00.000", "08:00")]
    [InlineData("24:00", "24:00")]
    [InlineData("24:00:00", "24:00")]
    [InlineData("24:00:00.000000", "24:00")]
    [InlineData("9:05:00", "09:05")]
    [InlineData("09:05:00.0000000", "09:05")]
    [InlineData("09:05Z", "09:05")]
    [InlineData("09:05:00+01:00", "09:05")]
    [InlineData("1970-01-01T09:05:00.000000Z", "09:05")]
    [InlineData("1970-01-01 9:05", "09:05")]
    [InlineData("1970-01-01T24:00:00+01:00", "24:00")]
    [InlineData("24:01", null)]
    [InlineData("24:00:01", null)]
    [InlineData("25:00", null)]
    [InlineData("1970-02-30T09:05:00Z", null)]
    [InlineData("1970-01-01", null)]
    [InlineData("1970-01-01T", null)]
    [InlineData("08:60", null)]
    [InlineData("08", null)]
    [InlineData("8:00 AM", null)]
    [InlineData("0800", null)]
    public void A_time_of_day_is_hours_and_minutes(string text, string? expected) =>
        (VPlanTime.TryTimeOfDay(Utf8(text), out var time) ? time : null).Should().Be(expected);

    [Theory]
    [InlineData("2025-07-15T21:30:00Z", "2025-07-15")]
    [InlineData("2025-07-15T23:30:00Z", "2025-07-16")]
    [InlineData("2025-01-15T22:30:00Z", "2025-01-15")]
    [InlineData("2025-01-15T23:30:00Z", "2025-01-16")]
    [InlineData("2025-03-29T22:59:59Z", "2025-03-29")]
    [InlineData("2025-03-29T23:00:00Z", "2025-03-30")]
    [InlineData("2025-03-30T21:59:59Z", "2025-03-30")]
    [InlineData("2025-03-30T22:00:00Z", "2025-03-31")]
    [InlineData("2025-10-25T21:59:59Z", "2025-10-25")]
    [InlineData("2025-10-25T22:00:00Z", "2025-10-26")]
    [InlineData("2025-10-26T22:59:59Z", "2025-10-26")]
    [InlineData("2025-10-26T23:00:00Z", "2025-10-27")]
    public void A_business_date_is_the_date_on_the_clock_in_Amsterdam(string text, string expected)
    {
        VPlanTime.TryRead(Utf8(text), out var utc).Should().BeTrue();
        s_amsterdam.DateOf(utc).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture).Should().Be(expected);
    }

    [Fact]
    public void Timestamps_at_the_ends_of_the_calendar_have_their_date_in_utc()
    {
        s_amsterdam.DateOf(DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc)).Should().Be(DateOnly.MaxValue);
        new BusinessZone(TimeZoneInfo.FindSystemTimeZoneById("America/New_York"))
            .DateOf(DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc))
            .Should()
            .Be(DateOnly.MinValue);
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
