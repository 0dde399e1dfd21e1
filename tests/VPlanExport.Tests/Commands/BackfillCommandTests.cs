using System.Text.Json;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>What a backfill would read and change, before it does.</summary>
[Trait("Tier", "scenario")]
public sealed class BackfillCommandTests : IAsyncLifetime
{
    private static readonly string[] Backfill =
    [
        "backfill",
        "--from",
        "2026-08-01",
        "--to",
        "2026-09-30",
        "--log-format",
        "json",
    ];

    private readonly CliHost _place = new() { Clock = new ImpatientTime() };
    private SandboxServer _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await _place.StartVPlanAsync(
            new SandboxOptions { Size = SandboxSize.Tiny, Today = new DateOnly(2026, 10, 7) }
        );

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

        var dry = Events(await _place.InvokeAsync([.. Backfill, "--dry-run"]), "dry-run")
            .Single()
            .GetProperty("entities")
            .EnumerateArray()
            .ToList();
        Files().Should().BeEquivalentTo(before);
        var asked = _server.Requests.Count;
        var months = Events(await _place.InvokeAsync(Backfill), "summary")
            .Select(s => s.GetProperty("entities").EnumerateArray().ToList())
            .ToList();

        months.Should().HaveCount(2);
        foreach (
            var (index, expected) in dry.Index()
                .Where(e => e.Item.GetProperty("rows").ValueKind == JsonValueKind.Number)
        )
            months
                .Sum(m => Read(m[index]))
                .Should()
                .BeGreaterThanOrEqualTo(
                    expected.GetProperty("rows").GetInt32(),
                    "rows of the days around the range are found by their ids, too"
                );
        dry.Should().Contain(e => e.GetProperty("rows").GetInt32() > 0);
        var expectedRequests = dry.Sum(e => e.GetProperty("requests").GetInt32()) + 2;
        (_server.Requests.Count - asked)
            .Should()
            .BeInRange(
                expectedRequests,
                expectedRequests + (2 * dry.Count),
                "rows that left the range are asked for by id"
            );
    }

    [Fact]
    public async Task A_dry_run_of_one_entity_asks_for_that_one()
    {
        var outcome = (
            await _place.InvokeAsync(
                "backfill",
                "--from",
                "2026-08-01",
                "--to",
                "2026-08-31",
                "--entity",
                "card",
                "--dry-run"
            )
        ).ShouldBe(ExitCode.Ok);

        outcome.Output.Should().Contain("start_date").And.Contain("what it would change. Nothing was published");
        _server.Requests.Select(r => r.PathAndQuery.Split('?')[0]).Distinct().Should().BeEquivalentTo(["/card", "/me"]);
    }

    [Fact]
    public async Task A_plan_is_kept_for_its_owner_alone_and_applied_as_it_was_shown()
    {
        (await _place.InvokeAsync("run")).ShouldBe(ExitCode.Ok);
        var entry = _server
            .World.Records("time_tracking")
            .First(e => e.Text("start")!.StartsWith("2026-09-1", StringComparison.Ordinal));
        _server.World.Delete("time_tracking", entry.Id);
        var asked = _server.Requests.Count;

        var diff = Events(await _place.InvokeAsync([.. Backfill, "--entity", "time_tracking", "--plan", Plan]), "diff")
            .Single();

        diff.GetProperty("lines")
            .EnumerateArray()
            .Select(l =>
                $"{l.GetProperty("table")} {l.GetProperty("month")} {l.GetProperty("gone")} {l.GetProperty("minutes")}"
            )
            .Should()
            .Equal($"fact_time_entry 2026-09 1 -{entry.Text("duration")}");
        (
            diff.GetProperty("gone").GetInt64(),
            diff.GetProperty("plan").GetString(),
            diff.GetProperty("requests").GetInt32()
        )
            .Should()
            .Be((1, Plan, _server.Requests.Count - asked));
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Plan).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Events(await _place.InvokeAsync("backfill", "--apply", Plan, "--wait", "--log-format", "json"), "summary")
            .Sum(s =>
                s.GetProperty("tables")
                    .EnumerateArray()
                    .Single(t => t.GetProperty("table").GetString() == "fact_time_entry")
                    .GetProperty("deleted")
                    .GetInt32()
            )
            .Should()
            .Be(1);
        (await _place.InvokeAsync("backfill", "--apply", Plan))
            .ShouldBe(ExitCode.Refused)
            .Naming("have changed since the plan was made", "Make the plan again");
    }

    [Theory]
    [InlineData("fact_time_entry", "fact_time_entri", "checksum")]
    [InlineData("{", "[", "cannot be read as a plan")]
    public async Task A_damaged_plan_is_refused_by_name(string good, string bad, string named)
    {
        await _place.InvokeAsync([.. Backfill, "--entity", "time_tracking", "--plan", Plan]);
        await File.WriteAllTextAsync(
            Plan,
            (await File.ReadAllTextAsync(Plan, TestContext.Current.CancellationToken)).Replace(
                good,
                bad,
                StringComparison.Ordinal
            ),
            TestContext.Current.CancellationToken
        );
        var asked = _server.Requests.Count;

        (await _place.InvokeAsync("backfill", "--apply", Plan)).ShouldBe(ExitCode.Configuration).Naming(Plan, named);

        _server.Requests.Should().HaveCount(asked);
    }

    [Theory]
    [InlineData("VPlan:TimeZone=Asia/Tokyo")]
    [InlineData("Privacy:PersonalData=omit")]
    public async Task A_plan_of_other_settings_is_refused(string setting)
    {
        (await _place.InvokeAsync([.. Backfill, "--entity", "time_tracking", "--plan", Plan])).ShouldBe(ExitCode.Ok);
        _place.Settings.Add(setting);

        (await _place.InvokeAsync("backfill", "--apply", Plan))
            .ShouldBe(ExitCode.Configuration)
            .Naming(Plan, "other settings", "--from 2026-08-01 --to 2026-09-30 --entity time_tracking --plan FILE");
    }

    [Fact]
    public async Task A_range_that_vPlan_gives_nothing_of_is_told_as_by_a_run()
    {
        _server.Faults = FaultSchedule.When(r => r.Path == "/card_relation" ? FaultKind.Status403 : null);

        (await _place.InvokeAsync([.. Backfill, "--entity", "card_relation", "--dry-run"]))
            .ShouldBe(ExitCode.Configuration)
            .Naming("gives none of card_relation", "rights");

        Files().Should().NotContain(f => f.Contains("/plans/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_plan_that_does_not_fit_into_the_day_or_into_its_file_is_not_begun()
    {
        (await _place.InvokeAsync([.. Backfill, "--plan", _place.PathOf("no/such/plan.json")]))
            .ShouldBe(ExitCode.Configuration)
            .Naming("--plan", "no/such/plan.json");
        _server.Requests.Should().BeEmpty();
        _place.Settings.Add("VPlan:RequestsPerDay=60");

        (await _place.InvokeAsync([.. Backfill, "--dry-run"]))
            .ShouldBe(ExitCode.BudgetReached)
            .Naming("beside the 30 kept for the nightly run", "shorter range");
        (await _place.InvokeAsync([.. Backfill, "--plan", Plan])).ShouldBe(ExitCode.BudgetReached);

        File.Exists(Plan).Should().BeFalse("what is empty is no plan");
        _server
            .Requests.Should()
            .OnlyContain(r =>
                r.PathAndQuery.Contains("limit=1&", StringComparison.Ordinal)
                || r.PathAndQuery.EndsWith("limit=1", StringComparison.Ordinal)
            );
    }

    private string Plan => _place.PathOf("plan.json");

    private static int Read(JsonElement entity) =>
        int.Parse(
            entity.GetProperty("certificate").GetString()!.Split(' ')[0],
            System.Globalization.CultureInfo.InvariantCulture
        );

    private static IEnumerable<JsonElement> Events(Outcome outcome, string name) =>
        MachineOutputTests
            .Events(outcome.ShouldBe(ExitCode.Ok).Output)
            .Where(e => e.GetProperty("event").GetString() == name);

    /// <summary>All of the work folder but the traces that each start leaves.</summary>
    private string[] Files() =>
        [
            .. Directory
                .GetFiles(_place.Work, "*", SearchOption.AllDirectories)
                .Where(file => Path.GetRelativePath(_place.Work, file).Split('/', '\\')[0] is not ("starts" or "logs")),
        ];
}
