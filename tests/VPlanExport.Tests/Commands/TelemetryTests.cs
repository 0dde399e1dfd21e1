using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using VPlanExport.Entities;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>What a collector of OpenTelemetry gets of a start, decoded from what arrives.</summary>
[Trait("Tier", "platform")]
public sealed class TelemetryTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string ParentId = "b7ad6b7169203331";

    private static readonly string[] Phases = ["extract", "transform", "derive", "publish", "load", "commit"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_is_a_span_with_its_phases_entities_and_requests_below_it(bool isGrpc)
    {
        await using var house = await OpenAsync();
        await using var collector = await Collector.StartAsync(isGrpc);

        var run = await RunAsync(house, collector.Url, isGrpc, ExitCode.Ok, "run");

        var spans = collector.Spans;
        spans.Should().OnlyContain(s => s.Trace == TraceId, "TRACEPARENT names it");
        var root = spans.Single(s => s.Name == "run");
        root.Parent.Should().Be(ParentId);
        root.Attributes.Should()
            .BeEquivalentTo(
                new Dictionary<string, string>
                {
                    ["process.executable.name"] = "vplan-export",
                    ["process.exit.code"] = "0",
                }
            );
        spans.Where(s => s.Parent == root.Id && s.Name != "GET").Select(s => s.Name).Should().BeEquivalentTo(Phases);
        var extract = spans.Single(s => s.Name == "extract");
        spans
            .Where(s => s.Parent == extract.Id)
            .Select(s => s.Name)
            .Should()
            .BeEquivalentTo(Catalog.All.Select(e => e.Name));
        var requests = spans.Where(s => s.Name == "GET").ToList();
        requests.Should().HaveCount(house.VPlan.Requests.Count);
        requests
            .Should()
            .OnlyContain(s =>
                s.Attributes["http.request.method"] == "GET" && s.Attributes["http.response.status_code"] == "200"
            );
        requests.Count(s => s.Parent == root.Id).Should().Be(1, "that is /me");
        collector.Resource["service.name"].Should().Be("vplan-export");
        NothingIsGivenAway(house, collector, run);
    }

    [Fact]
    public async Task The_counters_are_what_the_run_committed()
    {
        await using var house = await OpenAsync();
        await using var collector = await Collector.StartAsync(isGrpc: false);

        await RunAsync(house, collector.Url, isGrpc: false, ExitCode.Ok, "run");

        Sum(collector, "vplanexport.rows", ("table", "fact_time_entry"), ("op", "read"))
            .Should()
            .Be(house.World.Count("time_tracking"));
        Sum(collector, "vplanexport.rows", ("table", "fact_time_entry"), ("op", "written")).Should().BePositive();
        Sum(collector, "vplanexport.api.requests", ("status_class", "2xx")).Should().Be(house.VPlan.Requests.Count);
        Sum(collector, "vplanexport.api.requests", ("entity", "card"))
            .Should()
            .Be(house.VPlan.Requests.Count(r => r.PathAndQuery.StartsWith("/card?", StringComparison.Ordinal)));
        Sum(collector, "vplanexport.certificate", ("balanced", "true")).Should().Be(Catalog.All.Count);
        collector
            .Points.Single(p => p.Metric == "vplanexport.run.duration")
            .Should()
            .Match<Point>(p => p.Unit == "s" && p.Value > 0 && p.Attributes["command"] == "run");
        collector
            .Points.Single(p => p.Metric == "vplanexport.data.age")
            .Should()
            .Match<Point>(p => p.Unit == "s" && p.Value > 0);
        collector.Points.Should().Contain(p => p.Metric == "vplanexport.ratelimit.wait" && p.Unit == "s");
        collector
            .Logs.Should()
            .Contain(l => l.Body == "load begins" && l.Trace == TraceId)
            .And.Contain(l => l.Body.EndsWith("run succeeded."));
    }

    [Fact]
    public async Task Rejected_rows_are_counted_by_table_and_rule()
    {
        await using var house = await OpenAsync();
        await using var collector = await Collector.StartAsync(isGrpc: false);
        house.World.Edit(
            "time_tracking",
            house.World.Records("time_tracking").First().Id,
            new() { ["duration"] = "yesterday" }
        );

        await RunAsync(house, collector.Url, isGrpc: false, ExitCode.Ok, "run", "--entity", "time_tracking");

        var point = collector.Points.Single(p => p.Metric == "vplanexport.quarantine.rows");
        point.Value.Should().Be(1);
        point.Attributes["table"].Should().Be("fact_time_entry");
        point.Attributes["rule"].Should().NotBeEmpty().And.NotContain("yesterday");
    }

    [Fact]
    public async Task A_run_that_fails_says_how_and_moves_no_counter()
    {
        await using var house = await OpenAsync();
        await using var collector = await Collector.StartAsync(isGrpc: true);
        house.VPlan.Faults = FaultSchedule.When(r => r.Path == "/card" ? FaultKind.Status401 : null);

        await RunAsync(house, collector.Url, isGrpc: true, ExitCode.Configuration, "run");

        var root = collector.Spans.Single(s => s.Name == "run");
        root.Status.Should().Be(2);
        root.Attributes["process.exit.code"].Should().Be("2");
        root.Attributes["error.type"].Should().Be("Configuration");
        collector
            .Spans.Where(s => s.Name == "GET" && s.Status == 2)
            .Select(s => s.Attributes["error.type"])
            .Should()
            .Contain("401")
            .And.BeSubsetOf(["401", "no answer"], "the others are stopped");
        collector.Points.Select(p => p.Metric).Should().Equal("vplanexport.run.duration");
        collector.Points[0].Attributes["error.type"].Should().Be("Configuration");
        collector.Logs.Should().Contain(l => l.Severity == 17 && l.Body.Contains("401"));
    }

    [Theory]
    [InlineData("http://127.0.0.1:9", "grpc", "")]
    [InlineData("http://127.0.0.1:9", "http/protobuf", "")]
    [InlineData(
        "somewhere",
        "grpc",
        "There is no telemetry: OTEL_EXPORTER_OTLP_ENDPOINT is 'somewhere'; it takes a URL"
    )]
    [InlineData(
        "http://127.0.0.1:9",
        "carrier pigeon",
        "OTEL_EXPORTER_OTLP_PROTOCOL is 'carrier pigeon'; it takes grpc or http/protobuf."
    )]
    public async Task A_collector_that_is_away_or_misnamed_stops_no_run(string endpoint, string protocol, string said)
    {
        await using var house = await OpenAsync();

        var run = await EndAsync(
            house,
            ExitCode.Ok,
            new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = endpoint, ["OTEL_EXPORTER_OTLP_PROTOCOL"] = protocol },
            "run",
            "--entity",
            "board"
        );

        run.Errors.Should().BeEmpty();
        run.Lines.Where(line => line.Contains("warning: There is no telemetry", StringComparison.Ordinal))
            .Should()
            .HaveCount(said == "" ? 0 : 1);
        run.Output.Contains(said, StringComparison.Ordinal).Should().BeTrue();
    }

    [Fact]
    public async Task Without_an_endpoint_nothing_is_sent()
    {
        await using var house = await OpenAsync();
        await using var collector = await Collector.StartAsync(isGrpc: false);

        await EndAsync(
            house,
            ExitCode.Ok,
            new() { ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"] = $"{collector.Url}/v1/traces" },
            "run",
            "--entity",
            "board"
        );

        collector.Received.Should().BeEmpty();
    }

    [Fact]
    public async Task Azure_monitor_gets_the_same_where_its_connection_string_is_set()
    {
        await using var house = await OpenAsync();
        await using var azure = await Receiver.StartAsync();

        await EndAsync(
            house,
            ExitCode.Ok,
            new()
            {
                ["APPLICATIONINSIGHTS_CONNECTION_STRING"] =
                    $"InstrumentationKey={Guid.NewGuid()};IngestionEndpoint={azure.Url}/",
            },
            "run",
            "--entity",
            "board"
        );

        var sent = string.Join(
            '\n',
            azure.Received.Where(r => r.Path.StartsWith("/v2", StringComparison.Ordinal)).Select(r => Unzipped(r.Body))
        );
        sent.Should().ContainAll("\"extract\"", "\"board\"", "vplanexport.rows", "run succeeded.");
    }

    private static Task<TestExport> OpenAsync() => TestExport.OpenAsync(o => o with { Clock = TimeProvider.System });

    private static Task<Outcome> RunAsync(
        TestExport house,
        string url,
        bool isGrpc,
        ExitCode code,
        params string[] words
    ) =>
        EndAsync(
            house,
            code,
            new()
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = url,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = isGrpc ? "grpc" : "http/protobuf",
                ["TRACEPARENT"] = $"00-{TraceId}-{ParentId}-01",
            },
            words
        );

    private static async Task<Outcome> EndAsync(
        TestExport house,
        ExitCode code,
        Dictionary<string, string> environment,
        params string[] words
    )
    {
        using var process = ExportProcess.Start(house, environment, words);
        return (await ExportProcess.EndAsync(process)).ShouldBe(code);
    }

    private static double Sum(Collector collector, string metric, params (string Key, string Value)[] attributes) =>
        collector
            .Points.Where(p =>
                p.Metric == metric && attributes.All(a => p.Attributes.GetValueOrDefault(a.Key) == a.Value)
            )
            .Sum(p => p.Value);

    /// <summary>No attribute holds a value, an id or a secret, and no request to vPlan is given the trace.</summary>
    private static void NothingIsGivenAway(TestExport house, Collector collector, Outcome run)
    {
        string[] allowed =
        [
            "process.executable.name",
            "process.exit.code",
            "error.type",
            "http.request.method",
            "http.response.status_code",
        ];
        collector.Spans.SelectMany(s => s.Attributes.Keys).Should().BeSubsetOf(allowed);
        collector.Logs.SelectMany(l => l.Attributes).Should().BeEmpty();
        var runId = Path.GetFileName(Directory.GetDirectories(house.In("work/runs")).Single());
        collector
            .Spans.SelectMany(s => s.Attributes.Values.Append(s.Name))
            .Should()
            .NotContain(text => text.Contains(runId) || text.Contains(TestExport.SecretKey));
        collector.Received.Should().NotContain(r => Encoding.Latin1.GetString(r.Body).Contains(TestExport.SecretKey));
        run.Output.Should().NotContain("OTEL");
    }

    private static string Unzipped(byte[] body)
    {
        if (body is not [0x1f, 0x8b, ..])
            return Encoding.UTF8.GetString(body);
        using var reader = new StreamReader(new GZipStream(new MemoryStream(body), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }
}
