using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace VPlanExport.Tests.PowerBi;

/// <summary>A stand-in for Power BI's REST API of refreshes, on Kestrel: it answers each question with what a test says.</summary>
internal sealed class FakePowerBi : IAsyncDisposable
{
    public const string Workspace = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
    public const string Dataset = "9d40a1b2-c3d4-45f6-8a0b-5b1d0c3e2f7a";
    public const string Token = "a-token-of-tests";

    private readonly WebApplication _server;
    private readonly Queue<(int Code, string Body)> _answers;

    private FakePowerBi(WebApplication server, IEnumerable<(int, string)> answers) =>
        (_server, _answers) = (server, new Queue<(int, string)>(answers));

    public string Url =>
        $"{_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()}/v1.0/myorg";

    /// <summary>Method, path and bearer of every request.</summary>
    public List<string> Requests { get; } = [];

    /// <summary>What refreshes were asked to load, such as <c>Card plan</c> or <c>Time entry 2026Q410</c>.</summary>
    public List<string> Objects { get; } = [];

    /// <param name="answers">To the questions in their order; the last one again where there are more.</param>
    public static async Task<FakePowerBi> StartAsync(params (int Code, string Body)[] answers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        var fake = new FakePowerBi(server, answers);
        server.Run(fake.AnswerAsync);
        await server.StartAsync();
        return fake;
    }

    public IEnumerable<string> Settings =>
        [$"PowerBi:Url={Url}", $"PowerBi:Workspace={Workspace}", $"PowerBi:Dataset={Dataset}"];

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        Requests.Add($"{context.Request.Method} {context.Request.Path} {context.Request.Headers.Authorization}");
        if (context.Request.Method == "POST")
        {
            var body = await JsonNode.ParseAsync(context.Request.Body);
            Objects.AddRange(body!["objects"]!.AsArray().Select(o => $"{o!["table"]} {o["partition"]}".Trim()));
        }
        var (code, text) = _answers.Count > 1 ? _answers.Dequeue() : _answers.Peek();
        context.Response.StatusCode = code;
        if (code == 202)
            context.Response.Headers["x-ms-request-id"] = "refresh-1";
        if (code == 429)
            context.Response.Headers.RetryAfter = "7";
        await context.Response.WriteAsync(text);
    }

    /// <summary>An identity that is signed in, or one that is not.</summary>
    internal sealed class Identity(bool isSignedIn = true) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            isSignedIn
                ? new AccessToken(Token, DateTimeOffset.MaxValue)
                : throw new AuthenticationFailedException("No identity answers here.\nMore.");

        public override ValueTask<AccessToken> GetTokenAsync(
            TokenRequestContext requestContext,
            CancellationToken cancellationToken
        ) => new(GetToken(requestContext, cancellationToken));
    }
}
