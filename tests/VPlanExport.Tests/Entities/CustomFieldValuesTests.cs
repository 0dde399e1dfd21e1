using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Tests.Transform;

namespace VPlanExport.Tests.Entities;

[Trait("Tier", "unit")]
public class CustomFieldValuesTests
{
    private static readonly Table Fact = Cards.CustomFields;

    [Fact]
    public void A_boards_fields_become_members()
    {
        var reading = ParsedRecords.Of(
            Boards.Entity,
            """{"id":"b1","custom_fields":[{"id":"f1","name":"Weight","scope":"card","type":"number","priority":"0","created_at":"2025-02-03T09:00:00Z"},{"id":"f2","name":"Finish","scope":"collection","type":"select","priority":1,"options":{"default":"RAL9010"},"hint":"x"},{"name":"no id"}]}"""
        );
        reading
            .Rows(Boards.CustomFields)[0]
            .ShouldHold(
                ("custom_field_key", SurrogateKey.Of("custom_field", "f1")),
                ("custom_field_id", "f1"),
                ("board_key", SurrogateKey.Of("board", "b1")),
                ("name", "Weight"),
                ("field_type", "number"),
                ("scope", "card"),
                ("sequence", 0),
                ("options", null)
            );
        reading.Rows(Boards.CustomFields)[1].ShouldHold(("name", "Finish"), ("options", """{"default":"RAL9010"}"""));
        reading
            .Reader.Unknown.Should()
            .BeEquivalentTo([("custom_fields[].hint", 1L), ("custom_fields[] without id", 1L)]);
    }

    [Theory]
    [InlineData("number", "12.34567", "12.34567", "12.3457")]
    [InlineData("number", "\"7\"", "7", "7")]
    [InlineData("number", "\"about 7\"", "about 7", null)]
    [InlineData("number", "\"\"", "", null)]
    [InlineData("date", "\"2025-09-15\"", "2025-09-15", "2025-09-15")]
    [InlineData("date", "\"2025-09-15T22:30:00Z\"", "2025-09-15T22:30:00Z", "2025-09-16")]
    [InlineData("date", "\"soon\"", "soon", null)]
    [InlineData("checkbox", "true", "true", "True")]
    [InlineData("checkbox", "0", "0", "False")]
    [InlineData("text", "\"2025-09-15\"", "2025-09-15", null)]
    [InlineData("text", "\"NULL\"", "NULL", null)]
    [InlineData("select", """{"description":"RAL9010","color":"grey"}""", "RAL9010", null)]
    [InlineData("list", """[{"description":"a"},{"name":"b"},{"other":1},"c",4]""", "a, b, c, 4", null)]
    [InlineData("address", """{"street":"Main"}""", null, null)]
    [InlineData("users", "[]", null, null)]
    [InlineData("drawing", "null", null, null)]
    public async Task A_value_is_kept_as_text_and_as_what_its_field_says_it_is(
        string type,
        string json,
        string? text,
        string? typed
    )
    {
        using var landing = await new LandedRun().LandAsync(
            Cards.Entity,
            [$$"""{"id":"c1","custom_fields":[{"value":{{json}},"id":"f1","name":"Field","type":"{{type}}"}]}"""]
        );
        await landing.TransformAsync();
        var row = (await landing.RowsAsync(Fact)).Should().ContainSingle().Subject;
        row.ShouldHold(
            ("owner_type", "card"),
            ("card_key", SurrogateKey.Of("card", "c1")),
            ("collection_key", -1L),
            ("custom_field_key", SurrogateKey.Of("custom_field", "f1")),
            ("field_name", "Field"),
            ("field_type", type),
            ("value_text", text),
            ("raw", json == "null" ? null : json)
        );
        new[] { row["value_number"], row["value_date"], row["value_bool"] }
            .Select(Text)
            .Where(v => v is not null)
            .Should()
            .Equal(typed is null ? [] : [typed]);
    }

    [Fact]
    public void A_choice_that_stands_beside_an_empty_value_is_the_value() =>
        ParsedRecords
            .Of(
                Cards.Entity,
                """{"id":"c1","custom_fields":[{"id":"f1","selected":{"description":"Red"},"value":null}]}"""
            )
            .Row(Fact)
            .ShouldHold(("value_text", "Red"), ("raw", """{"description":"Red"}"""));

    [Fact]
    public void A_value_without_its_fields_id_is_told_by_the_fields_name()
    {
        var reading = ParsedRecords.Of(
            Collections.Entity,
            """{"id":"j1","custom_fields":[{"name":"Drawing","value":"T-1"},{"value":"T-2","name":"Revision","id":null},{"id":"f3","name":"Drawing","value":"T-3"},{"name":"Drawing","value":"T-4"},{"value":1}]}"""
        );
        var rows = reading.Rows(Collections.CustomFields);
        rows.Select(r => (r["field_name"], r["value_text"], r["custom_field_key"]))
            .Should()
            .Equal(
                ("Drawing", "T-1", -1L),
                ("Revision", "T-2", -1L),
                ("Drawing", "T-3", SurrogateKey.Of("custom_field", "f3"))
            );
        rows.Select(r => r["custom_field_value_key"]).Should().OnlyHaveUniqueItems();
        rows.Should()
            .OnlyContain(r =>
                (string)r["owner_type"]! == "collection"
                && (long)r["card_key"]! == -1
                && (long)r["collection_key"]! == SurrogateKey.Of("collection", "j1")
            );
        reading.Reader.Rejects.Should().ContainSingle().Which.Reason.Should().Be("the id is missing");
    }

    [Theory]
    [InlineData("""{"description":"\ud83d"}""")]
    [InlineData("""[{"name":["\ud83d"]}]""")]
    [InlineData("\"\\ud83d\"")]
    public void Half_a_character_becomes_the_replacement_character(string json) =>
        ParsedRecords
            .Of(Cards.Entity, $$"""{"id":"c1","custom_fields":[{"id":"f1","value":{{json}}}]}""")
            .Row(Fact)["value_text"]
            .Should()
            .Be("\ufffd");

    [Fact]
    public void A_fields_name_may_be_long()
    {
        var name = string.Concat(Enumerable.Repeat("é", 300));
        ParsedRecords
            .Of(
                Cards.Entity,
                $$"""{"id":"c1","custom_fields":[{"name":"{{name}}","value":1},{"name":"{{name}}x","value":2}]}"""
            )
            .Rows(Fact)
            .Should()
            .HaveCount(2);
    }

    [Fact]
    public async Task Each_owner_speaks_of_its_own_rows_only()
    {
        using var landing = await new LandedRun().LandAsync(Collections.Entity, ["""{"id":"j1"}"""], isComplete: true);
        await landing.LandAsync(
            Cards.Entity,
            ["""{"id":"c1","custom_fields":[]}""", """{"id":"c2"}"""],
            isComplete: false,
            gone: ["c3"]
        );
        var change = (await landing.TransformAsync()).Tables.Single(t => t.Table == Fact.Name);
        change.Deleted.Should().BeEmpty();
        change
            .DeleteScopes.Select(c => (c.Parent!.Table, c.Parent.Key, c.IsFullSnapshot, c.ReplacesChildren))
            .Should()
            .Equal(("dim_collection", "collection_key", false, false), ("dim_card", "card_key", false, true));
        change.DeleteScopes[1].Excluded.Should().Equal(SurrogateKey.Of("card", "c2"));
    }

    private static string? Text(object? value) =>
        value is DateOnly day ? $"{day:yyyy-MM-dd}"
        : value is IFormattable number ? number.ToString("0.####", null)
        : value?.ToString();
}
