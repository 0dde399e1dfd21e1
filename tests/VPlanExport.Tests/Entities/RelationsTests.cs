using VPlanExport.Entities;
using VPlanExport.Tests.Transform;

namespace VPlanExport.Tests.Entities;

[Trait("Tier", "unit")]
public class RelationsTests
{
    [Fact]
    public void The_documented_relation_becomes_a_row()
    {
        var reading = ParsedRecords.Of(
            Relations.Entity,
            """{"id":"45454545-6767-4898-8a9a-bcbcbcbcbc13","name":"Acme BV","description":null,"type":"customer","note":"Pays\nlate","phone":31612345678,"fax":null,"email":"info@example.com","external_ref":"REL-9","vat":"NL1","created_at":"2025-01-10T10:00:00Z","updated_at":"2025-01-10T10:00:00Z"}"""
        );
        reading
            .Row(Relations.Dim)
            .ShouldHold(
                ("relation_id", "45454545-6767-4898-8a9a-bcbcbcbcbc13"),
                ("name", "Acme BV"),
                ("description", null),
                ("relation_type", "customer"),
                ("note", "Pays\nlate"),
                ("phone", "31612345678"),
                ("fax", null),
                ("email", "info@example.com"),
                ("website", null),
                ("external_ref", "REL-9")
            );
        reading.Reader.Unknown.Should().Equal(("vat", 1L));
    }

    [Fact]
    public void What_may_name_a_person_is_marked() =>
        Relations
            .Dim.Columns.Where(c => c.IsPersonal)
            .Select(c => c.Name)
            .Should()
            .Equal("note", "phone", "fax", "email");
}
