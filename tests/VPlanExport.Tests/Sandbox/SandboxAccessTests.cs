using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace VPlanExport.Tests.Sandbox;

[Trait("Tier", "unit")]
public sealed class SandboxAccessTests
{
    [Theory]
    [InlineData("X-Api-Key")]
    [InlineData("X-Api-Env")]
    public async Task Both_headers_are_needed_on_each_call(string missing)
    {
        await using var client = await SandboxClient.StartAsync();
        (await client.GetAsync("/me")).Should().NotBeNull();
        client.DropHeader(missing);
        (await client.ErrorAsync("/me")).Should().Be((401, "10002", "Unauthorized"));
    }

    [Fact]
    public async Task Every_answer_tells_what_is_left_and_429_follows()
    {
        await using var client = await SandboxClient.StartAsync(options =>
            options with
            {
                RateLimit = 2,
                RateWindow = TimeSpan.FromMinutes(1),
            }
        );
        using var first = await client.SendAsync("/me");
        Header(first, "RateLimit-Limit").Should().Be("2");
        Header(first, "RateLimit-Remaining").Should().Be("1");
        Header(first, "RateLimit-Reset").Should().Be("60");
        await client.GetAsync("/me");
        (await client.ErrorAsync("/me")).Status.Should().Be(429);
        client.Clock.Advance(TimeSpan.FromMinutes(1));
        (await client.GetAsync("/me")).Should().NotBeNull();
    }

    [Fact]
    public async Task A_used_up_limit_can_answer_an_epoch_and_a_retry_after()
    {
        await using var client = await SandboxClient.StartAsync(options =>
            options with
            {
                RateLimit = 0,
                RateWindow = TimeSpan.FromSeconds(30),
                RateLimitResetAsEpoch = true,
                SendRetryAfter = true,
            }
        );
        using var response = await client.SendAsync("/me");
        response.StatusCode.Should().Be(HttpStatusCode.TooManyRequests);
        Header(response, "RateLimit-Reset")
            .Should()
            .Be(SandboxClient.Now.AddSeconds(30).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        Header(response, "Retry-After").Should().Be("30");
    }

    [Fact]
    public async Task It_listens_on_the_loopback_address_only()
    {
        await using var client = await SandboxClient.StartAsync();
        client.Server.BaseUrl.Host.Should().Be("127.0.0.1");
        var others = (await Dns.GetHostAddressesAsync(Dns.GetHostName(), Cancel)).Where(address =>
            !IPAddress.IsLoopback(address)
        );
        foreach (var address in others)
        {
            using var socket = new TcpClient(address.AddressFamily);
            await FluentActions
                .Awaiting(() => socket.ConnectAsync(address, client.Server.BaseUrl.Port, Cancel).AsTask())
                .Should()
                .ThrowAsync<SocketException>();
        }
    }

    [Fact]
    public async Task The_date_header_is_the_clock_and_requests_are_logged_in_order()
    {
        await using var client = await SandboxClient.StartAsync();
        client.Clock.Advance(TimeSpan.FromHours(1));
        using var response = await client.SendAsync("/card?limit=1&filter=id:gt:'a'");
        response.Headers.Date.Should().Be(SandboxClient.Now.AddHours(1));
        await client.ErrorAsync("/nope");
        client
            .Server.Requests.Select(request => (request.Ordinal, request.PathAndQuery, request.Status))
            .Should()
            .Equal((1, "/card?limit=1&filter=id:gt:'a'", 200), (2, "/nope", 404));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Header(HttpResponseMessage response, string name) =>
        response.Headers.GetValues(name).Single();
}
