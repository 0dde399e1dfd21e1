using VPlanExport.Runs.Starts;
using VPlanExport.Storage;
using VPlanExport.Tests.Storage;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs.Starts;

/// <summary>The journal of starts in any work folder.</summary>
public abstract class StartJournalTests
{
    private protected abstract IStore Store { get; }

    private protected ImmediateTime Clock { get; } = new();

    private StartJournal Journal => new(Store, Clock);

    [Fact]
    public async Task A_start_is_seen_working_and_then_ended()
    {
        var open = await BeginAsync("run");
        await open.PutAsync(open.Start with { Phase = "load" }, "first line\n", Token);
        var working = (await AllAsync()).Single();

        await open.PutAsync(
            open.Start with
            {
                EndedAt = Clock.GetUtcNow().UtcDateTime,
                ExitCode = 0,
            },
            "first line\nDone\n",
            Token
        );
        await open.CloseAsync(Token);
        var ended = (await AllAsync()).Single();

        (working.IsRunning, working.Phase, working.IsInterrupted).Should().Be((true, "load", false));
        (ended.IsRunning, ended.ExitCode, ended.IsInterrupted).Should().Be((false, 0, false));
        (await Store.ListAsync("starts/", Token)).Should().ContainSingle("the lock is gone");
        using var log = new StreamReader((await Store.OpenAsync($"logs/{open.Start.Id}.log", Token))!);
        (await log.ReadToEndAsync(Token)).Should().Be("first line\nDone\n");
    }

    [Fact]
    public async Task The_newest_come_first_and_those_that_work_are_never_left_out()
    {
        var working = await BeginAsync("backfill");
        for (var i = 0; i < 3; i++)
            await EndAsync(await BeginAsync("run"));

        var starts = await Journal.NewestAsync(DateTime.MaxValue, 2, Token);

        starts.Select(s => s.Command).Should().Equal("run", "run", "backfill");
        await EndAsync(working);
    }

    [Fact]
    public async Task Old_traces_go_and_the_lock_of_a_start_that_works_stays()
    {
        var working = await BeginAsync("backfill");
        await EndAsync(await BeginAsync("run"));
        Clock.Advance(TimeSpan.FromDays(40));

        await Journal.PruneAsync(Clock.GetUtcNow().AddDays(-30), Token);
        await working.PutAsync(working.Start with { Phase = "load" }, "", Token);

        (await AllAsync())
            .Should()
            .ContainSingle()
            .Which.Should()
            .Match<Start>(s => s.Command == "backfill" && s.IsRunning);
        await EndAsync(working);
    }

    [Fact]
    public async Task A_start_that_works_is_not_taken_for_dead()
    {
        var working = await BeginAsync("run");

        (await Journal.MarkDeadAsync(Token)).Should().BeEmpty();

        await EndAsync(working);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private async Task<OpenStart> BeginAsync(string command)
    {
        Clock.Advance(TimeSpan.FromMinutes(1));
        return await Journal.BeginAsync(command, "sandbox", Token);
    }

    private async Task EndAsync(OpenStart start)
    {
        await start.PutAsync(start.Start with { EndedAt = Clock.GetUtcNow().UtcDateTime, ExitCode = 0 }, "", Token);
        await start.CloseAsync(Token);
    }

    private Task<IReadOnlyList<Start>> AllAsync() => Journal.NewestAsync(null, 0, Token);
}

[Trait("Tier", "unit")]
public sealed class FolderStartJournalTests : StartJournalTests, IDisposable
{
    private readonly TempFolder _folder = new();

    private protected override IStore Store => new FolderStore(_folder.Path, Clock);

    public void Dispose() => _folder.Dispose();
}

[Trait("Tier", "platform")]
public sealed class BlobStartJournalTests : StartJournalTests
{
    private readonly StoreLocation.Blob _place = AzuriteServer.Shared.NewPlace();

    private protected override IStore Store => _place.Open(TimeProvider.System);
}
