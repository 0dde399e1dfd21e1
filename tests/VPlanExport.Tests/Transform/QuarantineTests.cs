using System.Text.Json;
using VPlanExport.Entities;
using VPlanExport.Package;
using VPlanExport.Transform.Parsing;
using VPlanExport.Transform.Quality;

namespace VPlanExport.Tests.Transform;

[Trait("Tier", "unit")]
public sealed class QuarantineTests
{
    private const string BadCard = """{"id":"C1","position":"high","activities":[],"labels":[],"resources":[]}""";
    private const string BadElement = """{"id":"C1","activities":[{"time":5}],"labels":[],"resources":[]}""";

    [Fact]
    public async Task A_rejected_record_is_held_as_it_was_landed()
    {
        var held = (await AfterAsync([], BadCard)).Should().ContainSingle().Subject;

        held.Should()
            .Be(
                new QuarantinedRecord(
                    "card",
                    "C1",
                    "run-1",
                    1,
                    ParsedRecords.ReadAt,
                    ValueContract.Version,
                    7,
                    null,
                    BadCard,
                    held.Rows
                )
            );
        held.Rows.Should()
            .Equal(new QuarantinedRow("dim_card", "position", "high", "not a whole number that fits Int32", BadCard));
    }

    [Fact]
    public async Task Of_a_record_with_bad_elements_each_is_told_and_the_record_is_held()
    {
        var held = (
            await AfterAsync([], """{"id":"C1","activities":[{"time":5},{"time":6}],"labels":[],"resources":[]}""")
        )
            .Should()
            .ContainSingle()
            .Subject;

        held.Rows.Select(r => (r.Table, r.Field, r.Raw))
            .Should()
            .Equal(
                ("fact_card_activity", "activities[].id", """{"time":5}"""),
                ("fact_card_activity", "activities[].id", """{"time":6}""")
            );
        held.Landed.Should().StartWith("""{"id":"C1","activities":[{"time":5},{"time":6}]""");
    }

    [Theory]
    [InlineData(BadCard, """{"id":"C1","position":1}""")]
    [InlineData(BadElement, """{"id":"C1","activities":[{"id":"A1","time":5}]}""")]
    [InlineData(BadElement, """{"id":"C1","activities":[]}""")]
    public async Task What_a_later_run_accepted_leaves(string before, string after) =>
        (await AfterAsync(await AfterAsync([], before), after)).Should().BeEmpty();

    [Theory]
    [InlineData(BadCard)]
    [InlineData(BadElement)]
    public async Task What_a_later_run_did_not_read_stays(string before)
    {
        var held = await AfterAsync([], before);

        (await AfterAsync(held, """{"id":"C2","activities":[],"labels":[]}""")).Should().BeEquivalentTo(held);
    }

    [Theory]
    [InlineData(BadCard)]
    [InlineData(BadElement)]
    public async Task What_vplan_no_longer_has_leaves(string before)
    {
        var held = await AfterAsync([], before);

        (await AfterAsync(held, [], gone: ["C1"])).Should().BeEmpty();
        (await AfterAsync(held, ["""{"id":"C2","activities":[]}"""], isComplete: true)).Should().BeEmpty();
    }

    [Fact]
    public async Task What_is_rejected_again_is_held_as_it_came_last()
    {
        const string Again = """{"id":"C1","position":"higher","activities":[],"labels":[],"resources":[]}""";
        (await AfterAsync(await AfterAsync([], BadElement), Again))
            .Should()
            .ContainSingle()
            .Which.Landed.Should()
            .Be(Again);
        (await AfterAsync(await AfterAsync([], BadCard), BadElement))
            .Should()
            .ContainSingle()
            .Which.Landed.Should()
            .Be(BadElement);
    }

    [Fact]
    public async Task A_record_without_an_id_is_held_once_however_often_it_comes()
    {
        const string Nobody = """{"name":"nobody"}""";
        var held = await AfterAsync(await AfterAsync([], Nobody), Nobody);

        held.Should().ContainSingle().Which.Should().Match<QuarantinedRecord>(h => h.Id == "" && h.Landed == Nobody);
        (await AfterAsync(held, ["""{"id":"C2"}"""], isComplete: true)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_record_read_again_without_the_list_keeps_its_bad_elements_and_is_not_tried_again()
    {
        var held = await AfterAsync([], BadElement);

        var after = await AfterAsync(held, """{"id":"C1"}""", """{"id":"C2","activities":[]}""");

        after
            .Should()
            .ContainSingle()
            .Which.Should()
            .Match<QuarantinedRecord>(h => h.Landed == null && h.Rows.Count == 1);
        (after[0] with { Rules = 0 }).IsDueUnder(ValueContract.Version).Should().BeFalse();
        (held[0] with { Rules = 0 }).IsDueUnder(ValueContract.Version).Should().BeTrue();
        held[0].IsDueUnder(ValueContract.Version).Should().BeFalse();
    }

    [Fact]
    public async Task A_bad_element_of_a_list_of_its_own_is_held_with_the_lists_page_until_the_list_is_read_again()
    {
        var held = await RowsOfOrderAsync([], """{"id":"OR1","quantity":"many"}""");

        held.Should()
            .ContainSingle()
            .Which.Should()
            .Match<QuarantinedRecord>(h =>
                h.Id == "O1" && h.List == "order_rows" && h.Rows.Single().Table == "fact_order_row"
            );
        using var page = JsonDocument.Parse(held[0].Landed!);
        page.RootElement.GetProperty("data")[0].GetProperty("quantity").GetString().Should().Be("many");
        using var landing = await New(held)
            .LandAsync(Orders.Entity, ["""{"id":"O1"}""", """{"id":"O2","order_rows":[]}"""], isComplete: false);
        await landing.TransformAsync();
        landing
            .Quarantine.Held.Should()
            .BeEquivalentTo(held, "the order came without the list, which is still the newest");
        (await RowsOfOrderAsync(held, """{"id":"OR1","quantity":3}""")).Should().BeEmpty();
    }

    [Fact]
    public async Task Nothing_is_kept_of_what_was_landed_when_personal_data_was_treated_otherwise()
    {
        var held = await AfterAsync([], BadCard);

        held[0].Under(0).Should().BeSameAs(held[0]);
        using var landing = await new LandedRun { Quarantine = new Quarantine(held, "run-2", 8) }.LandAsync(
            Cards.Entity,
            [],
            isComplete: false
        );
        await landing.TransformAsync();

        landing
            .Quarantine.Held.Should()
            .ContainSingle()
            .Which.Should()
            .Match<QuarantinedRecord>(h =>
                h.Landed == null && h.Id == "C1" && !h.Rows[0].Raw.Contains("high") && !h.Rows[0].Value.Contains("high")
            );
    }

    [Fact]
    public async Task A_day_of_a_list_is_known_by_what_its_key_is_made_of_and_leaves_when_its_list_no_longer_has_it()
    {
        const string Day = """{"id":"D1","resource_id":"R1","date":"2026-11-20","hours_work":"many"}""";
        var held = await ListAsync([], [Day], "2026-11-01", "2026-11-30");

        held.Should().ContainSingle().Which.Id.Should().Be("R1|2026-11-20");
        (await ListAsync(held, [], "2026-12-01", "2026-12-31"))
            .Should()
            .BeEquivalentTo(held, "the day was not asked for");
        (await ListAsync(held, [], "2026-11-01", "2026-11-30", isEveryList: false))
            .Should()
            .BeEquivalentTo(held, "its list may not have been read");
        (await ListAsync(held, [], "2026-11-01", "2026-11-30")).Should().BeEmpty();
        (
            await ListAsync(
                held,
                ["""{"id":"D2","resource_id":"R1","date":"2026-11-20","hours_work":8}"""],
                "2026-11-01",
                "2026-11-30"
            )
        )
            .Should()
            .BeEmpty();
    }

    private static Task<IReadOnlyList<QuarantinedRecord>> AfterAsync(
        IReadOnlyList<QuarantinedRecord> before,
        params string[] records
    ) => AfterAsync(before, records, isComplete: false);

    private static async Task<IReadOnlyList<QuarantinedRecord>> AfterAsync(
        IReadOnlyList<QuarantinedRecord> before,
        string[] records,
        bool isComplete = false,
        string[]? gone = null
    )
    {
        using var landing = await New(before).LandAsync(Cards.Entity, records, isComplete, gone);
        await landing.TransformAsync();
        return landing.Quarantine.Held;
    }

    private static async Task<IReadOnlyList<QuarantinedRecord>> ListAsync(
        IReadOnlyList<QuarantinedRecord> before,
        string[] records,
        string from,
        string to,
        bool isEveryList = true
    )
    {
        using var landing = await New(before)
            .LandAsync(
                Schedules.Entity,
                records,
                isComplete: false,
                of: e =>
                    e with
                    {
                        Parents = ["R1"],
                        ParentsLeft = isEveryList ? 0 : 1,
                        Window = new Window.Range(
                            DateOnly.ParseExact(from, "yyyy-MM-dd"),
                            DateOnly.ParseExact(to, "yyyy-MM-dd"),
                            "UTC"
                        ),
                    }
            );
        await landing.TransformAsync();
        return landing.Quarantine.Held;
    }

    private static async Task<IReadOnlyList<QuarantinedRecord>> RowsOfOrderAsync(
        IReadOnlyList<QuarantinedRecord> before,
        params string[] rows
    )
    {
        using var landing = await New(before)
            .LandAsync(
                Orders.Entity,
                rows,
                isComplete: false,
                of: e => e with { Pages = [], Lists = [new LandedList("order_rows", "O1", e.Pages[0])] },
                folder: "order.order_rows"
            );
        await landing.TransformAsync();
        return landing.Quarantine.Held;
    }

    private static LandedRun New(IReadOnlyList<QuarantinedRecord> before) =>
        new() { Quarantine = new Quarantine(before, "run-1", 7) };
}
