using System.Text.Json.Nodes;
using VPlanExport.Commands;
using VPlanExport.Report;
using VPlanExport.Runs;
using VPlanExport.Tests.Faults;
using VPlanExport.Tests.Report;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

/// <summary>Runs whose warehouse is a SQL Server.</summary>
[Collection(SqlServerFixture.Collection)]
[Trait("Tier", "platform")]
public sealed class SqlServerTests
{
    private static readonly RunRequest Nightly = new(RunKind.Nightly, []);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nights_of_edits_end_with_both_sinks_equal_to_vPlan()
    {
        await using var house = (await TestExport.OpenAsync()).At(SqlServerFixture.Empty());
        for (var night = 0; night < 3; night++)
        {
            await house.NightlyAsync();
            house.World.ChangeSome(5, new Random(night));
        }
        var autumn = TestExport.Range("2026-09-01", "2026-10-31");
        await house.Backfills().ApplyAsync(await house.Backfills().PlanAsync(autumn, Token), _ => { }, Token);
        (await house.Backfills().PlanAsync(autumn, Token)).Lines.Should().BeEmpty();

        await house.FullAsync();

        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task The_report_says_the_same_of_both_engines()
    {
        await using var house = await TestExport.OpenAsync();
        await house.NightlyAsync();
        house.World.ChangeSome(40, new Random(1));
        await house.NightlyAsync();
        var inDuckDb = await ReportAsync();
        house.At(SqlServerFixture.Empty());
        await using (var runner = await house.OpenRunnerAsync())
            await runner.CatchUpAsync(upTo: null, SinkKind.Warehouse, Token);

        var inSqlServer = await ReportAsync();

        inSqlServer.Problem.Should().BeNull();
        inSqlServer
            .Figures.Should()
            .BeEquivalentTo(
                inDuckDb.Figures,
                o =>
                    o.WithStrictOrdering()
                        .Using<double>(f => f.Subject.Should().BeApproximately(f.Expectation, 1e-6))
                        .WhenTypeIs<double>(),
                "the engines divide with as many places as they like"
            );
        Sections(inSqlServer.Html).Should().Equal(Sections(inDuckDb.Html));

        Task<(string Html, IReadOnlyList<Figure> Figures, ExportException? Problem)> ReportAsync() =>
            new ReportMaker(house.Settings, house.Clock, text => text).MakeAsync(
                ReportChoices.Usual(house.Settings, house.Clock.GetUtcNow()),
                failure: null,
                Token
            );

        static List<string> Sections(string html) =>
            [
                .. ReportPage
                    .Of(html)
                    .Document.QuerySelectorAll("main section")
                    .Select(s => $"{s.Id}: {s.QuerySelectorAll("tr").Length} rows"),
            ];
    }

    [Fact]
    public async Task A_run_that_died_at_any_moment_of_its_load_is_finished_by_the_next()
    {
        await using var house = (await TestExport.OpenAsync()).At(SqlServerFixture.Empty());
        await house.NightlyAsync();
        house.World.ChangeSome(10, new Random(3));
        (await house.DiesAtAsync(happened => happened is RunEvent.Started { Phase: "load" }, Nightly))
            .Should()
            .BeTrue();

        await house.FullAsync();

        house
            .Told.OfType<RunEvent.Info>()
            .Should()
            .ContainSingle(i => i.Message.Contains("no request is needed", StringComparison.Ordinal));
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task A_person_who_is_forgotten_keeps_the_key_and_loses_the_name()
    {
        await using var house = (await TestExport.OpenAsync()).At(SqlServerFixture.Empty());
        await house.NightlyAsync();
        var user = house.World.Records("user")[0];
        await using (var runner = await house.OpenRunnerAsync())
            await runner.ForgetAsync(user.Id, Token);

        await house.SinksAgreeAsync();
        house
            .Warehouse($"SELECT full_name FROM dw.dim_user WHERE user_id = '{user.Id}'")
            .Should()
            .ContainSingle()
            .Which.Should()
            .StartWith("~");
    }

    [Fact]
    public async Task A_rollback_takes_both_sinks_back_and_the_next_run_goes_on_from_there()
    {
        await using var house = (await TestExport.OpenAsync()).At(SqlServerFixture.Empty());
        await RollbackTests.GoBackAsync(house, []);
    }

    [Fact]
    public async Task What_a_sweep_finds_deleted_is_deleted_with_its_history_closed_and_comes_back_when_vPlan_has_it_again()
    {
        await using var house = (await TestExport.OpenAsync()).At(SqlServerFixture.Empty());
        await SweepTests.ReadAsync(house);
        var card = SweepTests.DeleteOldCard(house);
        var entry = house.World.Records("time_tracking")[0].Id;
        house.World.Delete("time_tracking", entry);

        await house.SweepAsync();

        house
            .Warehouse(
                $"SELECT is_deleted FROM dw.dim_card WHERE card_id = '{card}' UNION ALL SELECT is_deleted FROM dw.fact_time_entry WHERE time_entry_id = '{entry}'"
            )
            .Should()
            .Equal("True", "True");
        house
            .Warehouse(
                $"SELECT DISTINCT h.is_current FROM dw.hist_card h JOIN dw.dim_card c USING (card_key) WHERE c.card_id = '{card}'"
            )
            .Should()
            .Equal("False");
        await house.BothSinksEqualVPlanAsync();
        house.World.Add(
            "time_tracking",
            new JsonObject
            {
                ["id"] = entry,
                ["start"] = "2026-10-01T08:00:00Z",
                ["duration"] = 45,
            }
        );
        await house.SweepAsync();
        await house.BothSinksEqualVPlanAsync();
    }

    /// <summary>The message of each failure says what to do; all of it brings everything back.</summary>
    [Fact]
    public async Task A_damaged_row_file_is_named_while_it_is_loaded_and_nothing_of_its_run_is()
    {
        var place = SqlServerFixture.Empty();
        await using var house = (await TestExport.OpenAsync()).At(place);
        await house.NightlyAsync();
        house.World.ChangeSome(20, new Random(1));
        await house.FullAsync();
        var (first, second) = ((await house.AllRunsAsync())[0], (await house.AllRunsAsync())[1]);
        place.DropEverything();

        await Damage.OfEveryKindAsync(
            Path.Combine(second.Store.Location, "rows/dim_card.parquet"),
            0,
            async _ =>
            {
                await using var runner = await house.OpenRunnerAsync();
                await runner
                    .Awaiting(r => r.CatchUpAsync(null, SinkKind.Warehouse, CancellationToken.None))
                    .Should()
                    .ThrowAsync<SinkException>()
                    .WithMessage(
                        $"The row files of dim_card in run {second.RunId} are damaged or missing: 'rows/dim_card.parquet' in * is damaged*Nothing was changed. Move the run's folder away and start again with run --full*"
                    );
                place.Rows("SELECT run_id FROM etl.\"load\"").Should().Equal(first.RunId);
                place.Rows($"SELECT count(*) FROM dw.dim_card WHERE run_id = '{second.RunId}'").Should().Equal("0");
            }
        );

        Directory.Delete(second.Store.Location, recursive: true);
        await FluentActions
            .Awaiting(() => house.FullAsync())
            .Should()
            .ThrowAsync<SinkException>()
            .WithMessage("The lake shows the run that ends in -*move the lake away*");
        house.Remove("lake");
        await house.FullAsync();
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task A_database_that_was_lost_is_built_anew_from_what_has_landed()
    {
        var place = SqlServerFixture.Empty();
        await using var house = (await TestExport.OpenAsync()).At(place);
        await house.NightlyAsync();
        house.World.ChangeSome(10, new Random(3));
        await house.NightlyAsync();
        var requests = house.VPlan.Requests.Count;
        place.DropEverything();

        await using (var runner = await house.OpenRunnerAsync())
            await runner.CatchUpAsync(upTo: null, SinkKind.Warehouse, CancellationToken.None);

        house.VPlan.Requests.Should().HaveCount(requests);
        await house.BothSinksEqualVPlanAsync();
    }
}
