using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using VPlanExport.Sandbox;

namespace VPlanExport.Tests.Sandbox;

/// <summary>A tiny sandbox on a fixed day, and a client that sends the two headers and follows nothing.</summary>
internal sealed class SandboxClient : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2025, 9, 15, 12, 0, 0, TimeSpan.Zero);
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private SandboxClient(SandboxServer server, FakeTimeProvider clock) => (Server, Clock) = (server, clock);

    public SandboxServer Server { get; }

    public FakeTimeProvider Clock { get; }

    public static async Task<SandboxClient> StartAsync(Func<SandboxOptions, SandboxOptions>? change = null)
    {
        var clock = new FakeTimeProvider(Now);
        var options = new SandboxOptions { Size = SandboxSize.Tiny, Clock = clock };
        var client = new SandboxClient(
            await SandboxServer.StartAsync(change?.Invoke(options) ?? options, TestContext.Current.CancellationToken),
            clock
        );
        client.http.DefaultRequestHeaders.Add("X-Api-Key", "sandbox-key");
        client.http.DefaultRequestHeaders.Add("x-api-env", "sandbox");
        return client;
    }

    public void DropHeader(string name) => http.DefaultRequestHeaders.Remove(name);

    public Task<HttpResponseMessage> SendAsync(string pathAndQuery) =>
        http.GetAsync(new Uri(Server.BaseUrl + pathAndQuery));

    public async Task<JsonNode> GetAsync(string pathAndQuery)
    {
        using var response = await SendAsync(pathAndQuery);
        var text = await response.Content.ReadAsStringAsync();
        response.StatusCode.Should().Be(HttpStatusCode.OK, $"{pathAndQuery} answered {text}");
        return JsonNode.Parse(text)!;
    }

    public async Task<JsonArray> DataAsync(string pathAndQuery) => (await GetAsync(pathAndQuery))["data"]!.AsArray();

    public async Task<List<string>> IdsAsync(string pathAndQuery) =>
        [.. (await DataAsync(pathAndQuery)).Select(record => record!["id"]!.ToString())];

    public async Task<(int Status, string Code, string Message)> ErrorAsync(string pathAndQuery)
    {
        using var response = await SendAsync(pathAndQuery);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        body["reference"]!.ToString().Should().NotBeEmpty();
        var error = body["errors"]![0]!;
        return ((int)response.StatusCode, error["code"]!.ToString(), error["message"]!.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Server.DisposeAsync();
    }
}
