using System.Text.Json.Nodes;
using VPlanExport.Runs;
using VPlanExport.Runs.Backfill;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

/// <summary>A long range, month by month, beside the nightly run.</summary>
[Trait("Tier", "scenario")]
public sealed class BackfillMonthsTests
{
    private static readonly RunRequest Summer = TestExport.Range("2026-07-10", "2026-09-20");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void A_range_is_cut_where_the_months_end() =>
        TestExport
            .Range("2025-12-15", "2026-02-28", "card")
            .Months()
            .Should()
            .BeEquivalentTo([
                TestExport.Range("2025-12-15", "2025-12-31", "card"),
                TestExport.Range("2026-01-01", "2026-01-31", "card"),
                TestExport.Range("2026-02-01", "2026-02-28", "card"),
            ]);

    [Fact]
    public async Task An_interrupted_backfill_goes_on_where_it_was_and_a_finished_one_reads_again()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        var before = await house.ManifestAsync();

        await house
            .Invoking(h => h.BackfillMonthsAsync(Summer, DyingIn("2026-08")))
            .Should()
            .ThrowAsync<SuddenDeathException>();
        Asked(house, "2026-07").Should().BePositive();
        var asked = Asked(house, "2026-07");
        var rest = await house.BackfillMonthsAsync(Summer);

        rest.Select(s => s.Request)
            .Should()
            .Equal("backfill 2026-08-01 to 2026-08-31", "backfill 2026-09-01 to 2026-09-20");
        Asked(house, "2026-07").Should().Be(asked, "July is finished");
        house
            .Told.OfType<RunEvent.Info>()
            .Should()
            .Contain(i => i.Message.Contains("1 of 3 months are finished", StringComparison.Ordinal));
        await house.SinksAgreeAsync();
        (await house.ManifestAsync())
            .Entities.Should()
            .BeEquivalentTo(before.Entities, "a backfill moves no watermark");
        (await house.BackfillMonthsAsync(Summer)).Should().HaveCount(3);
    }

    [Fact]
    public async Task A_nightly_between_two_months_does_not_make_the_finished_ones_be_read_again()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        await house
            .Invoking(h => h.BackfillMonthsAsync(Summer, DyingIn("2026-08")))
            .Should()
            .ThrowAsync<SuddenDeathException>();
        house.World.Delete("time_tracking", house.World.Records("time_tracking")[0].Id);
        await house.FullAsync();

        (await house.BackfillMonthsAsync(Summer)).Should().HaveCount(2);

        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task A_backfill_keeps_the_nightlys_share_of_the_day_says_so_and_goes_on_the_next_day()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        house.Clock.Advance(TimeSpan.FromDays(9));
        var share = (await house.NightlyAsync()).Requests;
        house.Clock.Advance(TimeSpan.FromDays(1));
        house.Settings = house.Settings with { VPlan = house.Settings.VPlan with { RequestsPerDay = share + 40 } };

        var stopped = (
            await house.Invoking(h => h.BackfillMonthsAsync(Summer)).Should().ThrowAsync<ExportException>()
        ).Which;

        stopped.ExitCode.Should().Be(ExitCode.BudgetReached);
        stopped
            .Message.Should()
            .Contain("kept for the nightly run")
            .And.Contain("of 3 months are finished")
            .And.Contain("tomorrow");
        var night = await house.NightlyAsync();
        night.RequestsLeftToday.Should().BeGreaterThanOrEqualTo(0);
        await house.SinksAgreeAsync();
        for (var day = 0; day < 9 && !await EndsAsync(house); day++)
            house.Clock.Advance(TimeSpan.FromDays(1));
        house
            .Told.OfType<RunEvent.Info>()
            .Should()
            .Contain(i => i.Message.StartsWith("Going on with", StringComparison.Ordinal));
        await house.FullAsync();
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task Lists_that_the_budget_has_no_room_for_are_not_left_out_of_a_month()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        house.Clock.Advance(TimeSpan.FromDays(9));
        house.Settings = house.Settings with { VPlan = house.Settings.VPlan with { RequestsPerDay = 8 } };

        var stopped = (
            await house
                .Invoking(h => h.BackfillMonthsAsync(TestExport.Range("2026-09-01", "2026-09-30", "schedule")))
                .Should()
                .ThrowAsync<ExportException>()
        ).Which;

        stopped.Message.Should().Contain("are kept for the nightly run");
        (await house.ManifestAsync()).Request.Kind.Should().Be(RunKind.Nightly, "half a month is not committed");
    }

    [Fact]
    public async Task A_nightly_waits_for_a_backfill_and_for_nobody_else()
    {
        await using var house = await TestExport.OpenAsync();
        var held = await RunLock.AcquireAsync(house.Runs.Store, Backfill.Command, house.Clock, Token);
        var told = new List<RunEvent>();

        await using (
            await ExportSession.OpenAsync(
                house.Settings,
                "vplan-export run",
                house.Clock,
                Told,
                command => command == Backfill.Command,
                Token
            )
        )
            told.OfType<RunEvent.Info>()
                .Should()
                .ContainSingle()
                .Which.Message.Should()
                .StartWith("Waiting until another run has ended: process")
                .And.Contain($"'{Backfill.Command}'");

        await using var other = await RunLock.AcquireAsync(house.Runs.Store, "vplan-export load", house.Clock, Token);
        await house
            .Invoking(h =>
                ExportSession.OpenAsync(
                    h.Settings,
                    "vplan-export run",
                    h.Clock,
                    Told,
                    command => command == Backfill.Command,
                    Token
                )
            )
            .Should()
            .ThrowAsync<LockedException>();
        await house
            .Invoking(h => h.Backfills().RunAsync(Summer, _ => { }, Token))
            .Should()
            .ThrowAsync<ExportException>()
            .Where(e => e.ExitCode == ExitCode.Locked);

        void Told(RunEvent happened)
        {
            told.Add(happened);
            held.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }

    [Fact]
    public async Task A_nightly_that_starts_during_an_analysts_backfill_of_a_year_comes_in_between_and_both_end_right_within_the_budget()
    {
        await using var house = await TestExport.OpenAsync(o => o with { Clock = TimeProvider.System });
        var year = TimeProvider.System.GetUtcNow().Year;
        house.Settings = house.Settings with { VPlan = house.Settings.VPlan with { RequestsPerDay = 1500 } };
        await ExportProcess.RunAsync(house);
        house.World.Delete("time_tracking", house.World.Records("time_tracking")[0].Id);
        var card = house.World.Records("card").First(c => c.Text("start_date") is not null);
        house.World.Edit("card", card.Id, new JsonObject { ["name"] = "edited" });

        using var backfill = ExportProcess.Start(
            house,
            [],
            "backfill",
            "--from",
            $"{year}-01-01",
            "--to",
            $"{year}-12-31",
            "--wait"
        );
        while (!Directory.Exists(house.In("work/backfills")) && !backfill.HasExited)
            await Task.Delay(20, Token);
        using var nightly = ExportProcess.Start(house, "--full");
        var ends = await Task.WhenAll(ExportProcess.EndAsync(nightly), ExportProcess.EndAsync(backfill));

        ends.Should().OnlyContain(e => e.Code == 0, "{0}", string.Concat(ends.Select(e => e.Output)));
        ends[0].Output.Should().Contain("Waiting until another run has ended");
        await house.BothSinksEqualVPlanAsync();
        var manifests = (
            await Task.WhenAll((await house.Runs.CommittedAsync(Token)).Select(r => r.ManifestAsync(Token)))
        ).ToList();
        manifests.Where(m => m.Request.Kind == RunKind.Backfill).Should().HaveCount(12);
        manifests
            .FindIndex(1, m => m.Request.Kind == RunKind.Full)
            .Should()
            .BeInRange(2, 12, "it does not wait for the end of the year");
        foreach (
            var (before, after) in manifests
                .Zip(manifests.Skip(1))
                .Where(pair => pair.Second.Request.Kind == RunKind.Backfill)
        )
            after.Entities.Should().BeEquivalentTo(before.Entities, "a backfill moves no watermark");
        house.VPlan.Requests.Count.Should().BeLessThanOrEqualTo(1500);
    }

    private static async Task<bool> EndsAsync(TestExport house)
    {
        try
        {
            await house.BackfillMonthsAsync(Summer);
            return true;
        }
        catch (ExportException e) when (e.ExitCode == ExitCode.BudgetReached)
        {
            return false;
        }
    }

    private static Action<RunEvent> DyingIn(string month) =>
        happened =>
        {
            if (
                happened is RunEvent.Started { Phase: "extract" } started
                && started.Detail.Contains(month, StringComparison.Ordinal)
            )
                throw new SuddenDeathException();
        };

    /// <summary>Questions about cards of a month.</summary>
    private static int Asked(TestExport house, string month) =>
        house.VPlan.Requests.Count(r =>
            r.PathAndQuery.StartsWith("/card?", StringComparison.Ordinal)
            && Uri.UnescapeDataString(r.PathAndQuery).Contains($"start_date:gte:'{month}", StringComparison.Ordinal)
        );
}
