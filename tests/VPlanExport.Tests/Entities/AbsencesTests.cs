using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Tests.Transform;

namespace VPlanExport.Tests.Entities;

[Trait("Tier", "unit")]
public class AbsencesTests
{
    [Fact]
    public void An_absence_is_a_row_with_its_days_and_minutes()
    {
        var row = ParsedRecords
            .Of(
                Absences.Entity,
                """{"id":"v1","resource_id":"r1","type":"leave","start_date":"2026-10-07","end_date":"2026-10-09","time":120,"description":"Tandarts","icon":"calendar","color":"orange"}"""
            )
            .Row(Absences.Fact);
        (
            row["absence_id"],
            row["resource_key"],
            row["absence_type"],
            row["start_date"],
            row["end_date"],
            row["minutes_per_day"],
            row["description"]
        )
            .Should()
            .Be(
                (
                    "v1",
                    SurrogateKey.Of("resource", "r1"),
                    "leave",
                    new DateOnly(2026, 10, 7),
                    new DateOnly(2026, 10, 9),
                    120L,
                    "Tandarts"
                )
            );
    }
}
