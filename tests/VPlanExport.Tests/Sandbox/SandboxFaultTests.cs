using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using VPlanExport.Sandbox;

namespace VPlanExport.Tests.Sandbox;

[Trait("Tier", "unit")]
public sealed class SandboxFaultTests : IAsyncLifetime
{
    private SandboxClient client = null!;

    public async ValueTask InitializeAsync() => client = await SandboxClient.StartAsync();

    public ValueTask DisposeAsync() => client.DisposeAsync();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FaultKind.Status429, 429)]
    [InlineData(FaultKind.Status503, 503)]
    [InlineData(FaultKind.Status500, 500)]
    [InlineData(FaultKind.Status401, 401)]
    [InlineData(FaultKind.Status403, 403)]
    [InlineData(FaultKind.Status404, 404)]
    [InlineData(FaultKind.Error10005, 500)]
    public async Task A_status_fault_answers_with_the_envelope_once(FaultKind kind, int status)
    {
        client.Server.Faults = FaultSchedule.At(1, kind);
        (await client.ErrorAsync("/card")).Status.Should().Be(status);
        (await client.DataAsync("/card")).Should().NotBeEmpty();
        client.Server.Requests.Select(request => request.Fault).Should().Equal(kind, null);
    }

    [Fact]
    public async Task A_429_tells_when_to_come_back()
    {
        client.Server.Faults = FaultSchedule
            .At(1, new Fault(FaultKind.Status429) { ResetSeconds = 7, RetryAfterSeconds = 3 })
            .Or(FaultSchedule.At(2, new Fault(FaultKind.Status429) { ResetSeconds = 7, ResetAsEpoch = true }));
        using var relative = await client.SendAsync("/card");
        relative.Headers.GetValues("RateLimit-Reset").Should().Equal("7");
        relative.Headers.GetValues("Retry-After").Should().Equal("3");
        using var epoch = await client.SendAsync("/card");
        epoch
            .Headers.GetValues("RateLimit-Reset")
            .Should()
            .Equal(SandboxClient.Now.AddSeconds(7).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        epoch.Headers.Contains("Retry-After").Should().BeFalse();
    }

    [Fact]
    public async Task Maintenance_redirects_to_a_page_that_answers_200()
    {
        client.Server.Faults = FaultSchedule.At(1, FaultKind.Status303);
        using var response = await client.SendAsync("/card");
        response.StatusCode.Should().Be(HttpStatusCode.SeeOther);
        using var http = new HttpClient();
        using var page = await http.GetAsync(new Uri(client.Server.BaseUrl, response.Headers.Location!), Cancel);
        (page.StatusCode, page.Content.Headers.ContentType!.MediaType).Should().Be((HttpStatusCode.OK, "text/html"));
    }

    [Fact]
    public async Task The_maintenance_page_can_come_with_status_200()
    {
        client.Server.Faults = FaultSchedule.At(1, FaultKind.Html200);
        using var response = await client.SendAsync("/card");
        (response.StatusCode, response.Content.Headers.ContentType!.MediaType)
            .Should()
            .Be((HttpStatusCode.OK, "text/html"));
    }

    [Fact]
    public async Task A_huge_answer_is_as_large_as_it_was_asked_to_be()
    {
        client.Server.Faults = FaultSchedule.At(1, new Fault(FaultKind.Huge) { Megabytes = 3 });
        using var response = await client.SendAsync("/card");
        JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!["data"]![0]!["id"]!
            .ToString()
            .Should()
            .HaveLength(3 << 20);
    }

    [Fact]
    public async Task A_trickle_never_gets_to_the_answer()
    {
        client.Server.Faults = FaultSchedule.At(1, new Fault(FaultKind.Trickle) { Delay = TimeSpan.Zero });
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-Api-Key", "sandbox-key");
        http.DefaultRequestHeaders.Add("X-Api-Env", "sandbox");
        await using var body = await http.GetStreamAsync(new Uri(client.Server.BaseUrl + "/card"), Cancel);
        var begin = new byte[5];
        await body.ReadExactlyAsync(begin, Cancel);
        begin.Should().OnlyContain(b => b == ' ');
    }

    [Theory]
    [InlineData(FaultKind.Reset, false)]
    [InlineData(FaultKind.Truncated, false)]
    [InlineData(FaultKind.Truncated, true)]
    public async Task A_broken_connection_is_an_error_to_the_client(FaultKind kind, bool chunked)
    {
        client.Server.Faults = FaultSchedule.When(request =>
            request.Ordinal == 1 ? new Fault(kind) { Chunked = chunked } : null
        );
        var read = async () => await (await client.SendAsync("/card?limit=1000")).Content.ReadAsStringAsync(Cancel);
        await read.Should().ThrowAsync<HttpRequestException>();
        JsonNode.Parse(await read()).Should().NotBeNull();
    }

    [Fact]
    public async Task Half_a_document_can_come_whole_over_the_wire()
    {
        client.Server.Faults = FaultSchedule.At(1, FaultKind.HalfJson);
        var text = await (await client.SendAsync("/card")).Content.ReadAsStringAsync(Cancel);
        FluentActions.Invoking(() => JsonNode.Parse(text)).Should().Throw<JsonException>();
    }

    [Fact]
    public async Task A_slow_answer_is_the_real_one_later()
    {
        client.Server.Faults = FaultSchedule.At(
            1,
            new Fault(FaultKind.Slow) { Delay = TimeSpan.FromMilliseconds(150) }
        );
        var watch = Stopwatch.StartNew();
        (await client.DataAsync("/card")).Should().NotBeEmpty();
        watch.ElapsedMilliseconds.Should().BeGreaterThanOrEqualTo(140);
    }

    [Fact]
    public async Task Schedules_count_requests_or_those_of_one_path()
    {
        client.Server.Faults = FaultSchedule
            .Every(2, FaultKind.Status503, FaultKind.Status500)
            .Or(FaultSchedule.At(1, FaultKind.Status403).On("/item"));
        foreach (var path in (string[])["/me", "/me", "/item", "/me", "/item"])
            (await client.SendAsync(path)).Dispose();
        client.Server.Requests.Select(request => request.Status).Should().Equal(200, 503, 403, 500, 200);
    }

    [Fact]
    public async Task A_random_schedule_repeats_itself()
    {
        await using var again = await SandboxClient.StartAsync();
        foreach (var run in (SandboxClient[])[client, again])
        {
            run.Server.Faults = FaultSchedule.Random(7, 0.3, FaultKind.Status503, FaultKind.Status500);
            for (var i = 0; i < 40; i++)
                (await run.SendAsync("/me")).Dispose();
        }
        var statuses = client.Server.Requests.Select(request => request.Status).ToList();
        statuses.Should().Contain([200, 503, 500]).And.Equal(again.Server.Requests.Select(request => request.Status));
    }

    [Fact]
    public async Task A_faulted_request_still_counts()
    {
        client.Server.Faults = FaultSchedule.At(1, FaultKind.Status503);
        using var response = await client.SendAsync("/card");
        response.Headers.GetValues("RateLimit-Remaining").Should().Equal("9999");
    }
}
