using VPlanExport.Entities;
using VPlanExport.Extract;
using VPlanExport.Package;

namespace VPlanExport.Tests.Extract;

[Trait("Tier", "unit")]
public sealed class SweepTests : IDisposable
{
    private readonly Some _some = new();

    public void Dispose() => _some.Dispose();

    [Fact]
    public async Task A_question_that_vplan_does_not_understand_takes_no_row_for_gone()
    {
        var swept = await SweepAsync(Some.Status(400));

        swept.Certificate.Should().BeNull();
        swept.Gone.Should().BeEmpty();
        swept
            .Warnings.Last()
            .Should()
            .EndWith("The sweep of ids proves nothing, so no row is taken for deleted; it is tried again next time.");
    }

    [Fact]
    public async Task A_count_that_never_balances_takes_no_row_for_gone()
    {
        var swept = await SweepAsync(
            Some.Page("""{"count":3,"limit":1000,"offset":0,"data":[{"id":"b","updated_at":"2026-01-05T08:00:00Z"}]}""")
        );

        swept.Certificate.Should().BeNull();
        swept.Gone.Should().BeEmpty();
    }

    [Fact]
    public async Task An_id_that_did_not_come_is_gone_when_vplan_denies_it()
    {
        var swept = await SweepAsync(
            Some.Page("""{"count":1,"limit":1000,"offset":0,"data":[{"id":"b","updated_at":"2026-01-05T08:00:00Z"}]}""")
        );

        swept.Should().BeEquivalentTo(new IdSweepResult(new Certificate(1, 1, 0, 0, 1), ["a"], 2, []));
    }

    [Fact]
    public async Task An_id_that_vplan_has_after_all_is_not_gone()
    {
        var swept = await SweepAsync(
            Some.Page(
                """{"count":1,"limit":1000,"offset":0,"data":[{"id":"b","updated_at":"2026-01-05T08:00:00Z"}]}"""
            ),
            Some.Page(
                """{"count":2,"limit":1000,"offset":0,"data":[{"id":"a","updated_at":"2026-01-05T08:00:00Z"},{"id":"b","updated_at":"2026-01-05T08:00:00Z"}]}"""
            )
        );

        swept.Gone.Should().BeEmpty();
    }

    [Fact]
    public async Task A_finished_sweep_is_not_asked_for_again()
    {
        var page = Some.Page(
            """{"count":1,"limit":1000,"offset":0,"data":[{"id":"b","updated_at":"2026-01-05T08:00:00Z"}]}"""
        );
        var first = await SweepAsync(page);
        var asked = _some.Sent.Count;

        (await SweepAsync(page)).Should().BeEquivalentTo(first);

        _some.Sent.Should().HaveCount(asked);
    }

    /// <summary>The sinks have a and b.</summary>
    private async Task<IdSweepResult> SweepAsync(params Func<HttpResponseMessage>[] answers)
    {
        using var client = await _some.ClientAsync(Some.Settings, answers);
        return await new Extractor(client, PersonalDataPolicy.Kept, _some.Time).SweepAsync(
            Cards.Entity,
            _some.Store,
            hasSeen => Task.FromResult<IReadOnlyCollection<string>>([.. new[] { "a", "b" }.Where(id => !hasSeen(id))]),
            TestContext.Current.CancellationToken
        );
    }
}
