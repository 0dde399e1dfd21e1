using System.Text.Json;
using VPlanExport.Sandbox;

namespace VPlanExport.Tests.Commands;

/// <summary>What a backfill would read, before it does.</summary>
public sealed class BackfillCommandTests : IAsyncLifetime
{
    private static readonly string[] Backfill = ["backfill", "--from", "2026-08-01", "--to", "2026-09-30", "--log-format", "json"];

    private readonly Workplace _place = new() { Clock = new ImpatientTime() };
    private SandboxServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await _place.StartVPlanAsync(new SandboxOptions { Size = SandboxSize.Tiny, Today = new DateOnly(2026, 10, 7) });

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _place.Dispose();
    }

    [Fact]
    public async Task A_dry_run_tells_the_rows_and_requests_of_the_backfill_and_lands_nothing()
    {
        (await _place.InvokeAsync("run")).ShouldBe(ExitCode.Ok);
        var before = Files();

        var dry = Json(await _place.InvokeAsync([.. Backfill, "--dry-run"]), "dry-run").GetProperty("entities").EnumerateArray().ToList();
        Files().Should().BeEquivalentTo(before);
        var asked = _server.Requests.Count;
        var wet = Json(await _place.InvokeAsync(Backfill), "summary");

        foreach (var (expected, read) in dry.Zip(wet.GetProperty("entities").EnumerateArray()).Where(pair => pair.First.GetProperty("rows").ValueKind == JsonValueKind.Number))
            Read(read).Should().BeGreaterThanOrEqualTo(expected.GetProperty("rows").GetInt32(), "rows of the days around the range are found by their ids, too");
        dry.Should().Contain(e => e.GetProperty("rows").GetInt32() > 0);
        var expectedRequests = dry.Sum(e => e.GetProperty("requests").GetInt32()) + 1;
        (_server.Requests.Count - asked).Should().BeInRange(expectedRequests, expectedRequests + dry.Count, "rows that left the range are asked for by id");
    }

    [Fact]
    public async Task A_dry_run_of_one_entity_asks_for_that_one()
    {
        var outcome = (await _place.InvokeAsync("backfill", "--from", "2026-08-01", "--to", "2026-08-31", "--entity", "card", "--dry-run")).ShouldBe(ExitCode.Ok);

        outcome.Output.Should().Contain("start_date").And.Contain("Nothing was read or changed");
        _server.Requests.Should().ContainSingle().Which.PathAndQuery.Should().StartWith("/card?");
    }

    private static int Read(JsonElement entity) => int.Parse(entity.GetProperty("certificate").GetString()!.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);

    private static JsonElement Json(Outcome outcome, string name) =>
        MachineOutputTests.Events(outcome.ShouldBe(ExitCode.Ok).Output).Single(e => e.GetProperty("event").GetString() == name);

    private string[] Files() => Directory.GetFiles(_place.Work, "*", SearchOption.AllDirectories);
}
