using System.Text.Json;
using System.Text.Json.Nodes;
using Spectre.Console.Testing;
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

        var cost = Events(await _place.InvokeAsync([.. Backfill, "--dry-run"]), "dry-run").Single();
        var dry = cost.GetProperty("entities").EnumerateArray().ToList();
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
        (_server.Requests.Count - asked)
            .Should()
            .BeInRange(cost.GetProperty("total").GetInt32(), cost.GetProperty("atMost").GetInt32());
        cost.GetProperty("minutes").GetDouble().Should().BeGreaterThan(0);
    }

    [Fact]
    public async Task Rows_are_listed_for_their_owner_with_what_was_and_what_would_be()
    {
        (await _place.InvokeAsync("run")).ShouldBe(ExitCode.Ok);
        var entries = _server
            .World.Records("time_tracking")
            .Where(e => e.Text("start")!.StartsWith("2026-09-1", StringComparison.Ordinal))
            .ToList();
        var old = entries[1].Text("duration");
        _server.World.Delete("time_tracking", entries[0].Id);
        _server.World.Edit("time_tracking", entries[1].Id, new JsonObject { ["duration"] = 77, ["note"] = "=1+1" });
        var (rows, summary) = (_place.PathOf("rows.csv"), _place.PathOf("summary.md"));

        (
            await _place.InvokeAsync([.. Backfill, "--entity", "time_tracking", "--rows", rows, "--summary", summary])
        ).ShouldBe(ExitCode.Ok);

        var lines = await File.ReadAllLinesAsync(rows, TestContext.Current.CancellationToken);
        lines[0].Should().Be("change,table,id,name,column,old,new");
        lines.Should().Contain($"gone,fact_time_entry,{entries[0].Id},,,,");
        lines.Should().Contain($"changed,fact_time_entry,{entries[1].Id},,minutes,{old},77");
        lines.Should().ContainSingle(l => l.EndsWith(",'=1+1", StringComparison.Ordinal), "no cell is computed");
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(rows).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.ReadAllText(summary).Should().Contain("The first rows:").And.Contain(entries[0].Id);
    }

    [Fact]
    public async Task A_plan_of_nothing_says_so_and_is_not_applied()
    {
        (await _place.InvokeAsync("run")).ShouldBe(ExitCode.Ok);
        string[] words = ["backfill", "--from", "2026-08-01", "--to", "2026-08-31", "--entity", "time_tracking"];

        (await _place.InvokeAsync([.. words, "--plan", Plan]))
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .Contain("Nothing differs:")
            .And.NotContain("--apply");
        var asked = _server.Requests.Count;
        (await _place.InvokeAsync("backfill", "--apply", Plan))
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .Contain("Nothing differs");

        _server.Requests.Should().HaveCount(asked);
    }

    [Fact]
    public async Task A_long_range_is_cut_to_what_there_is()
    {
        var starts = _server
            .World.Records("time_tracking")
            .Select(e => e.Text("start")![..7])
            .Order(StringComparer.Ordinal)
            .ToList();

        var shown = (
            await _place.InvokeAsync(
                "backfill",
                "--from",
                "2001-01-15",
                "--to",
                "2039-12-31",
                "--entity",
                "time_tracking",
                "--dry-run"
            )
        ).ShouldBe(ExitCode.Ok);

        shown
            .Output.Should()
            .Contain(
                $"The backfill 2001-01-15 to 2039-12-31 of time_tracking becomes the backfill {starts[0]}-01 to {starts[^1]}-"
            );
        (
            await _place.InvokeAsync(
                "backfill",
                "--from",
                "2001-01-15",
                "--to",
                "2001-12-31",
                "--entity",
                "time_tracking"
            )
        )
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .Contain("neither vPlan nor the lake has rows");
    }

    [Fact]
    public async Task A_person_is_asked_before_a_large_one_and_may_leave_it()
    {
        _place.Settings.Add("VPlan:PageSize=1");
        using var terminal = new TestConsole().Interactive();
        terminal.Input.PushTextWithEnter("n");
        string[] words = [.. _place.Given.SelectMany(s => new[] { "--set", s }), .. Backfill[..^2]];

        (await CliHost.InvokeAtAsync(terminal, words)).ShouldBe(ExitCode.Refused).Naming("Nothing was read");

        terminal.Output.Should().Contain("Begin?");
        _server.Requests.Should().OnlyContain(r => r.PathAndQuery.Contains("limit=1", StringComparison.Ordinal));
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
