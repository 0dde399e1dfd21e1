using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Transform.Parsing;
using VPlanExport.Transform.Quality;

namespace VPlanExport.Tests.Transform;

[Trait("Tier", "unit")]
public class PageReaderTests
{
    private const string Card = "b7a6c5d4-e3f2-4a1b-9c8d-7e6f5a4b3c0c";
    private const string Welding = "9b2a5f64-0c53-44a0-9c39-0c6f5e3c4d04";

    [Fact]
    public void The_documented_time_entry_becomes_a_row()
    {
        var row = ParsedRecords
            .Of(
                TimeEntries.Entity,
                """{"id":"6e5d4c3b-2a19-4087-9f6e-5d4c3b2a190f","card_id":"b7a6c5d4-e3f2-4a1b-9c8d-7e6f5a4b3c0c","activity_id":"9b2a5f64-0c53-44a0-9c39-0c6f5e3c4d04","user_id":"d5e6f708-1a2b-4c3d-9e4f-60718293a409","start":"2025-09-15T06:00:12Z","end":"2025-09-15T08:30:40Z","duration":151,"status":"approved","locked":false,"note":"","synchronized_at":null,"external_ref":null,"external_note":"","external_failed":false,"created_at":"2025-09-15T06:00:12Z","updated_at":"2025-09-16T07:10:00Z","running":false}"""
            )
            .Row(TimeEntries.Fact);
        row["time_entry_key"].Should().Be(SurrogateKey.Of("time_entry", "6e5d4c3b-2a19-4087-9f6e-5d4c3b2a190f"));
        row["time_entry_id"].Should().Be("6e5d4c3b-2a19-4087-9f6e-5d4c3b2a190f");
        row["card_key"].Should().Be(SurrogateKey.Of("card", Card));
        row["activity_key"].Should().Be(SurrogateKey.Of("activity", Welding));
        row["collection_key"].Should().Be(-1L);
        row["work_date"].Should().Be(new DateOnly(2025, 9, 15));
        row["started_at"].Should().Be(new DateTime(2025, 9, 15, 6, 0, 12));
        row["minutes"].Should().Be(151L);
        row["is_running"].Should().Be(false);
        row["note"].Should().Be("");
        row["external_ref"].Should().BeNull();
        row["is_deleted"].Should().Be(false);
        row["source_updated_at"].Should().Be(new DateTime(2025, 9, 16, 7, 10, 0));
        row["extracted_at"].Should().Be(ParsedRecords.ReadAt);
        row["run_id"].Should().Be("run-1");
    }

    [Fact]
    public void Names_match_without_regard_to_case_and_with_escapes()
    {
        var reading = ParsedRecords.Of(
            Boards.Entity,
            """{"\u0069d":"b1","NAME":"Hall","ColoR":"t\u0065al","workdays":{"\u0031":true}}"""
        );
        reading
            .Row(Boards.Dim)
            .Should()
            .Contain("board_id", "b1")
            .And.Contain("name", "Hall")
            .And.Contain("color", "teal")
            .And.Contain("works_monday", true);
        reading.Reader.Unknown.Should().BeEmpty();
    }

    [Theory]
    [InlineData("a \\\"quoted\\\", comma\\nnew line\\ttab", "a \"quoted\", comma\nnew line\ttab")]
    [InlineData("=1+1", "=1+1")]
    [InlineData("日本語 😀", "日本語 😀")]
    [InlineData("\\u65e5\\ud83d\\ude00", "日😀")]
    [InlineData("\\u0000\\u001f", "\0\u001f")]
    [InlineData("  NULL", "  NULL")]
    [InlineData("NULL", "NULL")]
    public void Strange_text_arrives_as_it_is(string json, string expected) =>
        ParsedRecords
            .Of(Boards.Entity, $$"""{"id":"b1","name":"{{json}}"}""")
            .Row(Boards.Dim)["name"]
            .Should()
            .Be(expected);

    [Theory]
    [InlineData("\\ud83d", "\ufffd")]
    [InlineData("\\ude00 x", "\ufffd x")]
    [InlineData("a \\uD83D\\ud83d\\ude00 \\n b", "a \ufffd😀 \n b")]
    [InlineData("\\\\ud83d \\ud83d", "\\ud83d \ufffd")]
    [InlineData("\\\\\\ude00", "\\\ufffd")]
    [InlineData("日本 \\ude00\\ud83d\\u0041", "日本 \ufffd\ufffdA")]
    public void Half_a_character_becomes_the_replacement_character(string json, string expected)
    {
        var reading = ParsedRecords.Of(Boards.Entity, """{"id":"b1"}""", $$"""{"id":"b2","name":"{{json}}"}""");
        reading.Rows(Boards.Dim)[1]["name"].Should().Be(expected);
    }

    [Theory]
    [InlineData("9999-12-31T23:59:59Z", "9999-12-31")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01")]
    [InlineData("0000-00-00 00:00:00", null)]
    [InlineData("-0001-11-30T00:00:00.000000Z", null)]
    public void A_date_centuries_away_is_kept_and_has_no_key(string start, string? expected)
    {
        var row = ParsedRecords.Of(TimeEntries.Entity, $$"""{"id":"t","start":"{{start}}"}""").Row(TimeEntries.Fact);
        row["work_date"]
            .Should()
            .Be(expected is null ? null : DateOnly.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));
        row["work_date_key"].Should().Be(-1);
    }

    [Fact]
    public void Half_a_character_where_nothing_reads_it_does_no_harm() =>
        ParsedRecords
            .Of(Boards.Entity, """{"id":"b1","x\ud83d":1,"y":"\ud83d","permission_set":"\ud83d"}""")
            .Rows(Boards.Dim)
            .Should()
            .HaveCount(1);

    [Fact]
    public void Every_property_but_the_id_may_be_null_or_absent()
    {
        foreach (var entity in Catalog.All)
        {
            var names = entity
                .Tables.SelectMany(t => t.Columns)
                .Select(c => c.Source)
                .OfType<Source.Json>()
                .Select(j => j.Path.Split('.')[0])
                .Concat(entity.Tables.Where(t => t.IsNested).Select(t => t.Path))
                .Where(n => n != "id" && n != "..")
                .Distinct();
            var key = ((Source.KeyOf)entity.Main.Key.Source).Paths;
            var nulls = string.Concat(names.Except(key).Select(n => $",\"{n}\":null"));
            var reading = ParsedRecords.Of(entity, $$"""{{{Is("x")}}}""", $$"""{{{Is("y")}}{{nulls}}}""");
            string Is(string id) =>
                string.Join(',', key.Select(k => k == "date" ? "\"date\":\"2026-11-23\"" : $"\"{k}\":\"{id}\""));
            reading.Rows(entity.Main).Should().HaveCount(2);
            reading.Reader.Rejects.Should().BeEmpty();
            reading
                .Rows(entity.Main)[1]
                .Where(p =>
                    p.Value is not (null or false or -1L or -1 or "y") && !ComesOf(key, entity.Main[p.Key].Source)
                )
                .Select(p => p.Key)
                .Should()
                .BeEquivalentTo("extracted_at", "run_id");
        }

        static bool ComesOf(IReadOnlyList<string> key, Source source) =>
            source is Source.KeyOf of
                ? of.Paths.Intersect(key).Any()
                : source is Source.Json json && key.Contains(json.Path);
    }

    [Theory]
    [InlineData("\"480\"", 480L)]
    [InlineData("480.0", 480L)]
    [InlineData("\"\"", null)]
    [InlineData("\"NULL\"", null)]
    [InlineData("null", null)]
    [InlineData("[]", null)]
    public void Minutes_may_come_as_text_or_as_nothing(string json, long? expected) =>
        ParsedRecords
            .Of(TimeEntries.Entity, $$"""{"id":"t","duration":{{json}}}""")
            .Row(TimeEntries.Fact)["minutes"]
            .Should()
            .Be(expected);

    [Theory]
    [InlineData("\"NULL\"")]
    [InlineData("\"\"")]
    [InlineData("null")]
    [InlineData("[]")]
    public void An_empty_reference_is_the_unknown_member(string json)
    {
        var reading = ParsedRecords.Of(TimeEntries.Entity, $$"""{"id":"t","card_id":{{json}}}""");
        reading.Row(TimeEntries.Fact)["card_key"].Should().Be(-1L);
        reading.Reader.References.SelectMany(r => r.Members).Should().BeEmpty();
    }

    [Theory]
    [InlineData("{}", "id", "", "the id is missing")]
    [InlineData("""{"id":null}""", "id", "", "the id is missing")]
    [InlineData("""{"id":""}""", "id", "", "the id is missing")]
    [InlineData(
        """{"id":"0123456789012345678901234567890123456"}""",
        "id",
        "0123456789012345678901234567890123456",
        "not an id of at most 36 characters"
    )]
    [InlineData("""{"id":{"a":1}}""", "id", """{"a":1}""", "an array or object where Key was expected")]
    [InlineData("""{"id":"t","start":"soon"}""", "start", "soon", "not an ISO 8601 timestamp")]
    [InlineData("""{"id":"t","end":"soon"}""", "end", "soon", "not an ISO 8601 timestamp")]
    [InlineData(
        """{"id":"t","duration":"1e30"}""",
        "duration",
        "1e30",
        "not a whole number of minutes of at most 1000000000"
    )]
    [InlineData("""{"id":"t","duration":[1]}""", "duration", "[1]", "an array or object where Int64 was expected")]
    [InlineData("""{"id":"t","locked":"maybe"}""", "locked", "maybe", "not true or false")]
    [InlineData(
        """{"id":"t","card_id":"0123456789012345678901234567890123456"}""",
        "card_id",
        "0123456789012345678901234567890123456",
        "not an id of at most 36 characters"
    )]
    [InlineData("[1,[2]]", "(record)", "[1,[2]]", "a record must be a JSON object")]
    [InlineData("null", "(record)", "null", "a record must be a JSON object")]
    public void A_bad_record_is_told_with_its_field_value_reason_and_raw_json(
        string json,
        string field,
        string value,
        string reason
    )
    {
        var reading = ParsedRecords.Of(
            TimeEntries.Entity,
            """{"id":"a","duration":1}""",
            json,
            """{"id":"b","duration":2}"""
        );
        reading
            .Rows(TimeEntries.Fact)
            .Select(r => (r["time_entry_id"], r["minutes"]))
            .Should()
            .Equal(("a", 1L), ("b", 2L));
        var reject = reading.Reader.Rejects.Should().ContainSingle().Subject;
        (reject.Field, reject.Value, reject.Reason, reject.Raw).Should().Be((field, value, reason, json));
    }

    [Theory]
    [InlineData("""{"1":8,"5":"6.5","6":null,"7":"NULL"}""", "8|6.5||")]
    [InlineData("[]", "|||")]
    [InlineData("{}", "|||")]
    [InlineData("\"\"", "|||")]
    public void Standard_hours_are_read_by_weekday(string workdays, string expected)
    {
        var row = ParsedRecords.Of(Resources.Entity, $$"""{"id":"r","workdays":{{workdays}}}""").Row(Resources.Dim);
        FormattableString
            .Invariant($"{row["hours_monday"]}|{row["hours_friday"]}|{row["hours_saturday"]}|{row["hours_sunday"]}")
            .Should()
            .Be(expected);
    }

    [Theory]
    [InlineData("\"8 hours\"")]
    [InlineData("[8,8]")]
    [InlineData("8")]
    [InlineData("""{"1":123456}""")]
    public void Standard_hours_of_another_shape_are_a_reject(string workdays) =>
        ParsedRecords
            .Of(Resources.Entity, $$"""{"id":"r","workdays":{{workdays}}}""")
            .Reader.Rejects.Should()
            .ContainSingle()
            .Which.Field.Should()
            .StartWith("workdays");

    [Theory]
    [InlineData("""{"a":[1,"é"]}""", """{"a":[1,"é"]}""")]
    [InlineData("[]", "[]")]
    [InlineData("\"say \\\"é\\\"\"", "\"say \\\"é\\\"\"")]
    [InlineData("5", "5")]
    [InlineData("null", null)]
    public void Raw_json_is_kept_as_it_was_sent(string json, string? expected) =>
        ParsedRecords
            .Of(Collections.Entity, $$"""{"id":"c","meta":{{json}}}""")
            .Row(Collections.Dim)["meta"]
            .Should()
            .Be(expected);

    [Theory]
    [InlineData("""{"id":"A1","time":480,"time_remaining":60}""", 480L, 60L)]
    [InlineData("""{"id":"A1","pivot":{"time":480,"time_remaining":60}}""", 480L, 60L)]
    [InlineData("""{"pivot":{"time":480},"id":"A1","time":30}""", 30L, null)]
    [InlineData("""{"time":30,"id":"A1","pivot":{"time":480}}""", 30L, null)]
    [InlineData("""{"id":"A1","time":null,"pivot":{"time":"480"}}""", 480L, null)]
    [InlineData("""{"id":"A1","pivot":{"time":"?"},"time":30}""", 30L, null)]
    [InlineData("""{"id":"A1","time":30,"pivot":{"time":"?"}}""", 30L, null)]
    [InlineData("""{"id":"A1","pivot":[],"time":30}""", 30L, null)]
    public void Planned_times_are_read_flat_or_from_the_pivot(string activity, long? planned, long? remaining)
    {
        var reading = ParsedRecords.Of(Cards.Entity, $$"""{"activities":[{{activity}}],"id":"C1"}""");
        var row = reading.Row(Cards.ActivityFact);
        row["planned_minutes"].Should().Be(planned);
        row["remaining_minutes"].Should().Be(remaining);
        reading.Row(Cards.Fact)["planned_minutes"].Should().Be(planned);
        row["card_key"].Should().Be(SurrogateKey.Of("card", "C1"));
        reading.Reader.Rejects.Should().BeEmpty();
    }

    [Fact]
    public void A_bad_second_choice_is_told_when_there_is_no_first()
    {
        var reading = ParsedRecords.Of(
            Cards.Entity,
            """{"id":"C1","activities":[{"id":"A1","pivot":{"time":"?"}},{"id":"A2","time":1}]}"""
        );
        reading.Row(Cards.ActivityFact)["activity_key"].Should().Be(SurrogateKey.Of("activity", "A2"));
        reading.Reader.Rejects.Should().ContainSingle().Which.Field.Should().Be("activities[].pivot.time");
    }

    [Fact]
    public void The_same_activity_twice_is_two_rows_whose_minutes_add_up()
    {
        var reading = ParsedRecords.Of(
            Cards.Entity,
            $$"""{"id":"{{Card}}","activities":[{"id":"{{Welding}}","time":10},{"id":"{{Welding}}","time":20}]}"""
        );
        reading
            .Rows(Cards.ActivityFact)
            .Select(r => (r["card_activity_key"], r["planned_minutes"]))
            .Should()
            .Equal(
                (SurrogateKey.Of($"card_activity", $"{Card}|{Welding}"), 10L),
                (SurrogateKey.Of($"card_activity", $"{Card}|{Welding}|2"), 20L)
            );
        reading.Row(Cards.Fact).Should().Contain("planned_minutes", 30L).And.Contain("activity_count", 2);
    }

    [Fact]
    public void The_same_label_twice_is_one_row()
    {
        var reading = ParsedRecords.Of(
            Cards.Entity,
            """{"labels":[{"id":"L1"},{"id":"L2"},{"id":"L1"},{"id":"L3"}],"id":"C1"}""",
            """{"id":"C2","labels":[{"id":"L1"}]}"""
        );
        reading
            .Rows(Cards.LabelBridge)
            .Select(r => r["card_label_key"])
            .Should()
            .Equal(
                SurrogateKey.Of("card_label", "C1|L1"),
                SurrogateKey.Of("card_label", "C1|L2"),
                SurrogateKey.Of("card_label", "C1|L3"),
                SurrogateKey.Of("card_label", "C2|L1")
            );
        reading
            .Rows(Cards.LabelBridge)
            .Select(r => r["label_key"])
            .Should()
            .Equal(new[] { "L1", "L2", "L3", "L1" }.Select(l => (object)SurrogateKey.Of("label", l)));
        reading
            .Rows(Cards.LabelBridge)
            .Select(r => r["card_key"])
            .Should()
            .Equal(new[] { "C1", "C1", "C1", "C2" }.Select(c => (object)SurrogateKey.Of("card", c)));
    }

    [Theory]
    [InlineData("", null, null)]
    [InlineData(",\"activities\":null", null, null)]
    [InlineData(",\"activities\":\"\"", null, null)]
    [InlineData(",\"activities\":[]", 0L, 0)]
    [InlineData(",\"activities\":{}", 0L, 0)]
    [InlineData(",\"activities\":[null]", 0L, 0)]
    [InlineData(",\"activities\":[{\"id\":\"A1\"}]", 0L, 1)]
    [InlineData(",\"activities\":{\"0\":{\"id\":\"A1\",\"time\":5},\"3\":{\"id\":\"A2\",\"time\":6}}", 11L, 2)]
    public void Without_the_array_the_sum_is_null_and_an_empty_one_is_zero(
        string activities,
        long? planned,
        int? count
    ) =>
        ParsedRecords
            .Of(Cards.Entity, $$"""{"id":"C1"{{activities}}}""")
            .Row(Cards.Fact)
            .Should()
            .Contain("planned_minutes", planned!)
            .And.Contain("activity_count", count!);

    [Theory]
    [InlineData("5")]
    [InlineData("\"three\"")]
    [InlineData("true")]
    public void A_list_that_is_no_list_is_a_reject(string activities) =>
        ParsedRecords
            .Of(Cards.Entity, $$"""{"id":"C1","activities":{{activities}}}""")
            .Reader.Rejects.Should()
            .ContainSingle()
            .Which.Field.Should()
            .Be("activities");

    [Theory]
    [InlineData("{}", "activities[].id")]
    [InlineData("""{"id":null,"time":5}""", "activities[].id")]
    [InlineData("5", "activities[]")]
    [InlineData("[[1]]", "activities[]")]
    [InlineData("""{"id":"A9","time":"?"}""", "activities[].time")]
    [InlineData("""{"time":"?","id":"A9"}""", "activities[].time")]
    public void A_bad_element_is_told_with_its_records_id_and_its_neighbours_stay(string element, string field)
    {
        var reading = ParsedRecords.Of(
            Cards.Entity,
            $$"""{"activities":[{"id":"A1","time":1},{{element}},{"id":"A2","time":2}],"resources":[{"id":"R1"}],"id":"C1"}"""
        );
        reading
            .Rows(Cards.ActivityFact)
            .Select(r => (r["activity_key"], r["planned_minutes"]))
            .Should()
            .Equal((SurrogateKey.Of("activity", "A1"), 1L), (SurrogateKey.Of("activity", "A2"), 2L));
        reading.Row(Cards.Fact).Should().Contain("planned_minutes", 3L);
        reading.Rows(Cards.ResourceBridge).Should().HaveCount(1);
        var reject = reading.Reader.Rejects.Should().ContainSingle().Subject;
        (reject.Id, reject.Field, reject.Subject, reject.Raw).Should().Be(("C1", field, "fact_card_activity", element));
    }

    [Fact]
    public void An_id_that_stands_twice_in_an_element_counts_once() =>
        ParsedRecords
            .Of(Cards.Entity, """{"id":"C1","labels":[{"id":"L1","id":"L2"},{"id":"L3"}]}""")
            .Rows(Cards.LabelBridge)
            .Select(r => r["card_label_key"])
            .Should()
            .Equal(SurrogateKey.Of("card_label", "C1|L2"), SurrogateKey.Of("card_label", "C1|L3"));

    [Fact]
    public void A_rejected_record_takes_its_elements_and_references_with_it()
    {
        var reading = ParsedRecords.Of(
            Cards.Entity,
            """{"id":"C1","activities":[{"id":"A1","time":1}],"labels":[{"id":"L1"}]}""",
            """{"activities":[{"id":"A2","time":2},{"id":"A1"},{}],"labels":[{"id":"L2"}],"stage_id":"S2","id":"C2","position":"x"}""",
            """{"id":"C3","activities":[{"id":"A2","time":3}]}"""
        );
        reading.Rows(Cards.Dim).Select(r => r["card_id"]).Should().Equal("C1", "C3");
        reading
            .Rows(Cards.ActivityFact)
            .Select(r => (r["card_key"], r["planned_minutes"]))
            .Should()
            .Equal((SurrogateKey.Of("card", "C1"), 1L), (SurrogateKey.Of("card", "C3"), 3L));
        reading
            .Reader.Rejects.Should()
            .ContainSingle()
            .Which.Should()
            .Match<Reject>(r => r.Id == "C2" && r.Field == "position" && r.Subject == "card");
        reading.Reader.References.SelectMany(r => r.Members.Values).Should().BeEquivalentTo("A1", "A2", "L1");
    }

    [Fact]
    public void Only_the_last_version_of_a_record_is_kept_even_when_an_earlier_one_was_bad()
    {
        var last = new Dictionary<long, RowPosition>
        {
            [SurrogateKey.Of("card", "C1")] = new(2, 1),
            [SurrogateKey.Of("card", "C2")] = new(2, 0),
        };
        var reading = ParsedRecords.OfPages(
            Cards.Entity,
            last,
            [
                """{"id":"C1","name":"old","labels":[{"id":"L1"},{}]}""",
                """{"id":"C3","name":"once"}""",
                """{"id":"C2","position":"bad"}""",
            ],
            ["""{"id":"C2","name":"new 2"}""", """{"id":"C1","name":"new 1","labels":[{"id":"L2"}]}"""]
        );
        reading.Rows(Cards.Dim).Select(r => r["name"]).Should().Equal("once", "new 2", "new 1");
        reading.Row(Cards.LabelBridge)["label_key"].Should().Be(SurrogateKey.Of("label", "L2"));
        reading.Reader.Rejects.Should().BeEmpty();
        (reading.Reader.Records, reading.Reader.Superseded).Should().Be((5, 2));
    }

    [Fact]
    public void Unknown_properties_are_counted_by_path_and_known_noise_is_not()
    {
        var reading = ParsedRecords.Of(
            Boards.Entity,
            """{"id":"b1","mood":"good","stages":[{"x":1}],"workdays":{"1":true,"8":true},"statuses":[{"id":"s1","board_id":"b1","created_at":null,"weight":3}]}""",
            """{"id":"b2","mood":null,"Mood":7}"""
        );
        reading.Reader.Unknown.Should().BeEquivalentTo([("mood", 3L), ("workdays.8", 1L), ("statuses[].weight", 1L)]);
        ParsedRecords
            .Of(
                Cards.Entity,
                """{"id":"c","activities":[{"id":"a","description":"Welding","code":"1","billable":true,"resource_type":"x","hue":1,"pivot":{"card_id":"c"}}],"labels":[{"id":"l","name":"Rush","color":"red","priority":1}],"resources":[{"id":"r","type":"employee","name":"J.","workdays":{"1":8},"avatar":null}]}"""
            )
            .Reader.Unknown.Should()
            .BeEquivalentTo([("activities[].hue", 1L), ("activities[].pivot.card_id", 1L)]);
    }

    [Fact]
    public void Long_text_is_cut_and_counted()
    {
        var reading = ParsedRecords.Of(
            Boards.Entity,
            $$"""{"id":"b1","name":"{{new string('x', 254)}}😀tail"}""",
            """{"id":"b2","name":"short"}"""
        );
        reading.Rows(Boards.Dim)[0]["name"].Should().Be(new string('x', 254));
        reading.Reader.CutTexts.Should().Equal(("dim_board.name", 1L));
    }

    [Fact]
    public void A_page_may_be_a_bare_list_or_hold_other_things_before_its_data()
    {
        var reader = new PageReader(Stages.Entity, ParsedRecords.Run, new Dictionary<long, RowPosition>());
        reader.ReadPage("""[{"id":"s1"}]"""u8, 1, ParsedRecords.ReadAt);
        reader.ReadPage(
            """{"meta":{"data":[1]},"DATA":[{"id":"s2"}],"data":[{"id":"s3"}]}"""u8,
            2,
            ParsedRecords.ReadAt
        );
        reader.ReadPage("""{"data":[]}"""u8, 3, ParsedRecords.ReadAt);
        ParsedRecords.RowsOf(reader.Batches.Single()).Select(r => r["stage_id"]).Should().Equal("s1", "s2");
    }

    [Fact]
    public void A_reader_that_was_cleared_starts_over()
    {
        var reader = new PageReader(Cards.Entity, ParsedRecords.Run, new Dictionary<long, RowPosition>());
        reader.ReadPage(
            ParsedRecords.Page("""{"id":"C1","stage_id":"S1","labels":[{"id":"L1"}]}"""),
            1,
            ParsedRecords.ReadAt
        );
        reader.Clear();
        reader.ReadPage(ParsedRecords.Page("""{"id":"C2","stage_id":"S1"}"""), 2, ParsedRecords.ReadAt.AddHours(1));
        var row = ParsedRecords.RowsOf(reader.Batches.First()).Single();
        row.Should().Contain("card_id", "C2").And.Contain("extracted_at", ParsedRecords.ReadAt.AddHours(1));
        reader.References.Single(r => r.Dimension == "dim_stage").Members.Values.Should().Equal("S1");
        reader.References.Single(r => r.Dimension == "dim_label").Members.Should().BeEmpty();
    }
}
