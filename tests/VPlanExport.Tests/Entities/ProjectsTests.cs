using VPlanExport.Entities;
using VPlanExport.Tests.Transform;

namespace VPlanExport.Tests.Entities;

[Trait("Tier", "unit")]
public class ProjectsTests
{
    [Fact]
    public void The_documented_project_becomes_a_row()
    {
        var reading = ParsedRecords.Of(
            Projects.Entity,
            """{"id":"5c5c5c5c-6d6d-4e7e-8f8f-909090909016","name":"New office","description":null,"code":"P-2025-014","transaction":null,"external_ref":"PRJ-14","manager":"x","created_at":"2025-03-01T09:00:00Z","updated_at":"2025-03-01T09:00:00Z"}"""
        );
        reading
            .Row(Projects.Dim)
            .ShouldHold(
                ("project_id", "5c5c5c5c-6d6d-4e7e-8f8f-909090909016"),
                ("name", "New office"),
                ("code", "P-2025-014"),
                ("description", null),
                ("transaction", null),
                ("external_ref", "PRJ-14"),
                ("source_updated_at", new DateTime(2025, 3, 1, 9, 0, 0))
            );
        reading.Reader.Unknown.Should().Equal(("manager", 1L));
    }
}
