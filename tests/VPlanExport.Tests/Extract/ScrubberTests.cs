using System.Text;
using VPlanExport.Entities;
using VPlanExport.Extract;
using VPlanExport.Model;

namespace VPlanExport.Tests.Extract;

[Trait("Tier", "unit")]
public class ScrubberTests
{
    private static readonly PersonalDataPolicy Pseudonymised = new(
        PersonalDataMode.Pseudonymise,
        "a-secret-of-16-or-more"
    );

    [Fact]
    public void What_feeds_a_personal_column_becomes_a_pseudonym_and_what_no_column_reads_becomes_null() =>
        Scrubbed(
                Users.Entity,
                Pseudonymised,
                """{"id":"u1","Fullname":"Jan de Vries","email":"","infix":null,"role":"admin","created_at":"2026-01-02","mobile":"0612345678","nickname":{"a":["Jantje"]}}"""
            )
            .Should()
            .Be(
                $$"""{"id":"u1","Fullname":"{{Pseudonymised.Of("Jan de Vries")}}","email":"","infix":null,"role":"admin","created_at":"2026-01-02","mobile":null,"nickname":null}"""
            );

    [Fact]
    public void Omitting_leaves_nothing() =>
        Scrubbed(
                Users.Entity,
                new PersonalDataPolicy(PersonalDataMode.Omit),
                """{"id":"u1","fullname":"Jan","username":7,"role":"admin"}"""
            )
            .Should()
            .Be("""{"id":"u1","fullname":null,"username":null,"role":"admin"}""");

    [Fact]
    public void Elements_keep_what_columns_read_and_values_of_custom_fields_keep_numbers_dates_and_flags() =>
        Scrubbed(
                Cards.Entity,
                Pseudonymised,
                """{"id":"c1","activities":[{"id":"a1","description":"Zagen","time":60,"pivot":{"time":7,"by":"Jan"}}],"resources":[{"id":"r1","name":"Jan"}],"custom_fields":[{"id":"f1","name":"Contact","type":"text","value":"Jan"},{"id":"f2","name":"Weight","value":"12.5","type":"number"},{"id":"f3","type":"list","value":{"id":9,"description":"Jan","on":true}}]}"""
            )
            .Should()
            .Be(
                """{"id":"c1","activities":[{"id":"a1","description":null,"time":60,"pivot":{"time":7,"by":null}}],"resources":[{"id":"r1","name":null}],"custom_fields":[{"id":"f1","name":"Contact","type":"text","value":"#Jan"},{"id":"f2","name":"Weight","value":"12.5","type":"number"},{"id":"f3","type":"list","value":{"id":"#9","description":"#Jan","on":true}}]}"""
                    .Replace("#Jan", Pseudonymised.Of("Jan"), StringComparison.Ordinal)
                    .Replace("#9", Pseudonymised.Of("9"), StringComparison.Ordinal)
            );

    [Fact]
    public void Rows_within_rows_and_elements_on_pages_of_their_own_are_scrubbed_as_well()
    {
        Scrubbed(
                StageCapacities.Entity,
                Pseudonymised,
                """{"date":"2026-10-01","stage":[{"id":"s1","time_available":60,"name":"Jan"}]}"""
            )
            .Should()
            .Be("""{"date":"2026-10-01","stage":[{"id":"s1","time_available":60,"name":null}]}""");
        var rows = new Entity(
            "order.order_rows",
            new Endpoint("/order/{id}/row"),
            [.. Orders.Entity.Tables.Where(t => t.IsNested)]
        );
        Scrubbed(rows, Pseudonymised, """{"id":"o1","quantity":"3","contact":"Jan"}""")
            .Should()
            .Be("""{"id":"o1","quantity":"3","contact":null}""");
    }

    [Fact]
    public void What_is_only_counted_keeps_its_number_and_nothing_else() =>
        Scrubbed(
                Collections.Entity,
                Pseudonymised,
                """{"id":"c1","comments":[{"id":"k1","text":"Jan is ziek","user":{"name":"Jan"}},"Jan"]}"""
            )
            .Should()
            .Be("""{"id":"c1","comments":[{"id":null,"text":null,"user":null},null]}""");

    [Fact]
    public void Lists_that_php_has_numbered_are_scrubbed_as_lists() =>
        Scrubbed(
                Cards.Entity,
                Pseudonymised,
                """{"id":"c1","activities":{"0":{"id":"a1","description":"Zagen","time":60},"2":{"id":"a2","time":5}},"resources":{}}"""
            )
            .Should()
            .Be(
                """{"id":"c1","activities":{"0":{"id":"a1","description":null,"time":60},"2":{"id":"a2","time":5}},"resources":{}}"""
            );

    [Fact]
    public void Half_characters_and_names_that_stand_twice_do_no_harm() =>
        Scrubbed(
                Users.Entity,
                Pseudonymised,
                """{"id":"u1","email":"\ud83d","email":"a","x\ud83d":1,"role":"\ud83d"}"""
            )
            .Should()
            .MatchRegex("""^\{"id":"u1","email":"~[0-9a-f]{20}","email":"~[0-9a-f]{20}","role":"\\ud83d"\}$""");

    [Fact]
    public void What_a_person_is_called_can_be_told_from_no_page_of_any_entity()
    {
        foreach (var entity in Catalog.All)
        {
            var personal = entity
                .Tables.Where(t => !t.IsNested)
                .SelectMany(t => t.Columns)
                .Where(c => c.IsPersonal)
                .Select(c => ((Source.Json)c.Source).Path)
                .ToList();
            var page = Scrubbed(
                entity,
                Pseudonymised,
                $$"""{"id":"x"{{string.Concat(personal.Select(name => $",\"{name}\":\"Jan de Vries\""))}}}"""
            );
            page.Should().NotContain("Jan");
            page.Split(Pseudonymised.Of("Jan de Vries")!).Should().HaveCount(personal.Count + 1);
        }
    }

    [Fact]
    public void A_pseudonym_depends_on_the_value_and_the_key_and_on_nothing_else()
    {
        var other = new PersonalDataPolicy(PersonalDataMode.Pseudonymise, "another-secret-of-16");
        Pseudonymised
            .Of("Jan")
            .Should()
            .Be(new PersonalDataPolicy(PersonalDataMode.Pseudonymise, "a-secret-of-16-or-more").Of("Jan"))
            .And.MatchRegex("^~[0-9a-f]{20}$")
            .And.NotBe(Pseudonymised.Of("Piet"))
            .And.NotBe(other.Of("Jan"));
        new[]
        {
            PersonalDataPolicy.Kept.Fingerprint,
            Pseudonymised.Fingerprint,
            other.Fingerprint,
            new PersonalDataPolicy(PersonalDataMode.Omit).Fingerprint,
        }
            .Should()
            .OnlyHaveUniqueItems();
    }

    private static string Scrubbed(Entity entity, PersonalDataPolicy personal, string record)
    {
        using var to = new MemoryStream();
        Scrubber
            .Of(entity, personal)!
            .Write(
                Encoding.UTF8.GetBytes($$"""{"count":1,"limit":1000,"note":{"by":"Jan"},"data":[{{record}}]}"""),
                to
            );
        var page = Encoding.UTF8.GetString(to.ToArray());
        const string head = """{"count":1,"limit":1000,"note":{"by":"Jan"},"data":[""";
        page.Should().StartWith(head.Replace("""{"by":"Jan"}""", "null", StringComparison.Ordinal));
        return page[(page.IndexOf("\"data\":[", StringComparison.Ordinal) + 8)..^2];
    }
}
