using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Tests.Transform;

namespace VPlanExport.Tests.Entities;

[Trait("Tier", "unit")]
public class SchedulesTests
{
    [Fact]
    public void A_day_is_known_by_resource_and_date_and_hours_may_come_as_text()
    {
        var row = ParsedRecords
            .Of(
                Schedules.Entity,
                """{"id":"other-every-time","resource_id":"r1","date":"2026-10-07","hours_available":"6.5","hours_work":8,"hours_leave":1.25,"hours_absence":0.25}"""
            )
            .Row(Schedules.Fact);
        (row["resource_day_key"], row["resource_key"], row["date"])
            .Should()
            .Be(
                (
                    SurrogateKey.Of("resource_day", "r1|2026-10-07"),
                    SurrogateKey.Of("resource", "r1"),
                    new DateOnly(2026, 10, 7)
                )
            );
        (row["hours_available"], row["hours_work"], row["hours_leave"], row["hours_absence"])
            .Should()
            .Be((6.5m, 8m, 1.25m, 0.25m));
    }

    [Theory]
    [InlineData("""{"id":"d1","date":"2026-10-07"}""")]
    [InlineData("""{"id":"d1","resource_id":"r1","date":null}""")]
    public void A_day_of_nobody_or_without_a_date_is_rejected(string day) =>
        ParsedRecords
            .Of(Schedules.Entity, day)
            .Reader.Rejects.Should()
            .ContainSingle()
            .Which.Field.Should()
            .Be("resource_id, date");
}
