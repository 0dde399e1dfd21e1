using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>Command lines and settings that make no sense: exit code 2, and a message that names what was given and what is allowed.</summary>
[Trait("Tier", "unit")]
public sealed class UsageErrorTests : IDisposable
{
    private readonly CliHost _place = new();

    public void Dispose() => _place.Dispose();

    [Theory]
    [InlineData("frobnicate", "'frobnicate'", "vplan-export --help")]
    [InlineData("rum", "'rum'", "Did you mean 'run'?")]
    [InlineData("run --entitty card", "'--entitty'", "Did you mean '--entity'?")]
    [InlineData("run --sett VPlan:PageSize=10", "'--sett'", "Did you mean '--set'?")]
    [InlineData("run --everything", "'--everything'", "vplan-export run --help")]
    [InlineData("run --full --sweep", "--full", "--sweep")]
    [InlineData("run --allow-deletes -5", "-5", "a number of rows")]
    [InlineData("run --entity cards", "'cards'", "time_tracking")]
    [InlineData("run --entity cards", "'cards'", "Did you mean 'card'?")]
    [InlineData("run --entity ,", "entity ''", "time_tracking")]
    [InlineData("run --set VPlan:PageSise=10", "'VPlan:PageSise'", "Did you mean 'VPlan:PageSize'?")]
    [InlineData("run --set Wharehouse:Kind=duckdb", "'Wharehouse:Kind'", "Did you mean 'Warehouse:Kind'?")]
    [InlineData("run --set PageSize=10", "'PageSize'", "VPlan:PageSize")]
    [InlineData("run --set VPlan__PageSize=10", "'VPlan__PageSize'", "VPlan:PageSize")]
    [InlineData("run --set VPlan:PageSize", "'VPlan:PageSize'", "KEY=VALUE")]
    [InlineData("run --set VPlan:PageSize=5000", "'5000'", "from 1 to 1000")]
    [InlineData("run --set VPlan:PageSize=10 --set vplan:pagesize=5000", "'5000'", "from 1 to 1000")]
    [InlineData("run --log-format xml", "'xml'", "'json'")]
    [InlineData("run --log-format", "--log-format", "vplan-export run --help")]
    [InlineData("backfill --to 2026-03-01", "--from", "vplan-export backfill --help")]
    [InlineData("backfill --apply plan.json --from 2026-03-01", "--from", "leave it out")]
    [InlineData("backfill --apply plan.json --entity card", "--entity", "leave it out")]
    [InlineData("backfill --apply plan.json --plan other.json", "--plan", "leave it out")]
    [InlineData("backfill --apply plan.json", "'plan.json'", "backfill --plan")]
    [InlineData("backfill --from 1-3-2026 --to 2026-03-01", "--from is '1-3-2026'", "yyyy-MM-dd")]
    [InlineData("backfill --from 2026-02-30 --to 2026-03-01", "--from is '2026-02-30'", "yyyy-MM-dd")]
    [InlineData("backfill --from 2026-03-02 --to 2026-03-01", "--from 2026-03-02", "--to 2026-03-01")]
    [InlineData("backfill --from 1899-12-31 --to 2026-03-01", "--from is 1899-12-31", "1900-01-01 to 2199-12-31")]
    [InlineData("backfill --from 0001-01-01 --to 9999-12-31", "--from is 0001-01-01", "1900-01-01 to 2199-12-31")]
    [InlineData("backfill --from 2026-03-01 --to 2200-01-01", "--to is 2200-01-01", "1900-01-01 to 2199-12-31")]
    [InlineData("load --only nowhere", "'nowhere'", "'warehouse'")]
    [InlineData("load --run 20260101T000000Z-1 --all", "20260101T000000Z-1", "--all")]
    [InlineData("load --run 20260101T000000Z-1", "'20260101T000000Z-1'", "vplan-export run")]
    [InlineData("query", "'query'", "vplan-export query --help")]
    [InlineData("query SELECT --format xml", "'xml'", "'csv'")]
    [InlineData("schema", "--write", "--check")]
    [InlineData("schema --write --check", "--write", "--check")]
    [InlineData("sandbox --port 70000", "70000", "65535")]
    [InlineData("sandbox --port x", "'x'", "vplan-export sandbox --help")]
    [InlineData("sandbox --size 7", "'7'", "medium")]
    [InlineData("sandbox --latency -1", "-1", "0")]
    [InlineData("demo --size huge", "'huge'", "small")]
    public async Task A_command_line_that_makes_no_sense_is_refused(string line, string named, string advice)
    {
        var outcome = await _place.InvokeAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        outcome.ShouldBe(ExitCode.Configuration).Naming("error: ", named, advice);
        outcome.Output.Should().BeEmpty();
    }

    [Fact]
    public async Task A_key_in_set_is_refused_and_not_repeated()
    {
        var outcome = await _place.InvokeAsync("run", "--set", "VPlan:ApiKey=s3cret-value");

        outcome.ShouldBe(ExitCode.Configuration).Naming("--set", "VPlan__ApiKey", "VPlan:ApiKeyFile");
        outcome.Errors.Should().NotContain("s3cret-value");
    }

    [Fact]
    public async Task Plain_http_to_another_machine_is_refused_and_only_the_start_leaves_a_trace()
    {
        _place.Settings.Add("VPlan:BaseUrl=http://vplan.example.com/v1");

        (await _place.InvokeAsync("run"))
            .ShouldBe(ExitCode.Configuration)
            .Naming("VPlan:BaseUrl", "http://vplan.example.com/v1", "https");

        Directory
            .GetDirectories(_place.Work)
            .Select(folder => Path.GetFileName(folder)!)
            .Where(name => !name.StartsWith('.'))
            .Should()
            .BeEquivalentTo("starts", "logs");
    }
}
