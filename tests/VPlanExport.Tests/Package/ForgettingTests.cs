using System.Text;
using System.Text.Json;
using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Package;

namespace VPlanExport.Tests.Package;

/// <summary>What stands in the place of a person who was forgotten.</summary>
[Trait("Tier", "unit")]
public sealed class ForgettingTests
{
    private const string User = "0b7f3a52-8a3c-4a53-9d3a-6d1c6f0d6a11";
    private const string Resource = "d2a1f0c4-1f4b-4a0b-8f57-0a4c7a1e9b22";

    private static readonly ForgottenPerson s_person = Person();

    private static readonly Forgetting s_forgetting = new(List().With(s_person));

    [Theory]
    [InlineData("Call Jan de Vries back", "Call *** back")]
    [InlineData("JAN DE VRIES, jan@x.example.", "***, ***.")]
    [InlineData("Jan\nde Vries", "***")]
    [InlineData("Jan de Vriesman", "Jan de Vriesman")]
    [InlineData("Arjan de Vries", "Arjan de Vries")]
    [InlineData("Jan", "Jan")]
    [InlineData("""{"to":"Jan de Vries"}""", """{"to":"***"}""")]
    [InlineData("[x] Jan de Vries", "[x] ***")]
    public void A_name_is_found_as_whole_words(string text, string expected) =>
        s_forgetting.Text(text).Should().Be(expected);

    [Fact]
    public void The_list_says_no_name()
    {
        var list = JsonSerializer.Serialize(List().With(s_person));

        list.Should().Contain(User).And.NotContainAny("Jan", "Vries", "x.example");
        JsonSerializer.Deserialize<ForgottenList>(list)!.People.Single().Pseudonym.Should().Be(s_person.Pseudonym);
    }

    [Fact]
    public void The_record_of_a_person_keeps_its_id_wherever_it_stands()
    {
        Page(
                Users.Entity,
                $$"""{"data":[{"id":"{{User.ToUpperInvariant()}}","firstname":"Jan","infix":null,"email":"","mobile":"06","role":"admin"}]}"""
            )
            .Should()
            .Be(
                $$"""{"data":[{"id":"{{User.ToUpperInvariant()}}","firstname":"{{s_person.Pseudonym}}","infix":null,"email":"","mobile":null,"role":"admin"}]}"""
            );
        Page(Cards.Entity, $$"""{"data":[{"name":"A","resources":[{"id":"{{Resource}}","name":"Jan"}]}]}""")
            .Should()
            .Be($$"""{"data":[{"name":"A","resources":[{"id":"{{Resource}}","name":"{{s_person.Pseudonym}}"}]}]}""");
    }

    [Fact]
    public void Notes_of_the_person_go_and_those_of_others_stay()
    {
        Page(TimeEntries.Entity, $$"""{"data":[{"user_id":"{{User}}","note":"Ill"},{"user_id":"2","note":"Ill"}]}""")
            .Should()
            .Be($$"""{"data":[{"user_id":"{{User}}","note":"{{s_person.Pseudonym}}"},{"user_id":"2","note":"Ill"}]}""");
        Page(Cards.Entity, $$"""{"data":[{"user_id":"{{User}}","note":"Ill"}]}""").Should().BeNull();
    }

    [Fact]
    public void A_page_that_tells_of_nobody_stays_as_it_was_sent() =>
        Page(Users.Entity, """{"data":[{"id":"1","firstname":"Jan","note":"\ud800"}]}""").Should().BeNull();

    private static string? Page(Entity entity, string page)
    {
        using var json = JsonDocument.Parse(page);
        return s_forgetting.Page(entity, json.RootElement) is { } treated
            ? Encoding.UTF8.GetString(treated.Span)
            : null;
    }

    private static ForgottenList List() => new(new string('0', 32), []);

    private static ForgottenPerson Person() =>
        new(
            User,
            Resource,
            new DateTime(2026, 10, 7, 0, 0, 0, DateTimeKind.Utc),
            [List().FingerprintOf("Jan de Vries"), List().FingerprintOf("jan@x.example")]
        );
}
