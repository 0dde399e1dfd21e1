using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace VPlanExport.Sandbox;

/// <summary>
/// A stand-in for the vPlan API, on Kestrel, on the loopback address only. It needs `X-Api-Key` and `X-Api-Env`, or an
/// access token, on each call, and answers GET only. It writes nothing to the console.
/// </summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly KestrelServer kestrel;
    private readonly Handler handler;

    private SandboxServer(
        KestrelServer kestrel,
        Handler handler,
        SandboxWorld world,
        SandboxAuthorization authorization
    )
    {
        Authorization = authorization;
        this.kestrel = kestrel;
        this.handler = handler;
        World = world;
        BaseUrl = new Uri(kestrel.Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/v1");
    }

    /// <summary>http://127.0.0.1:PORT/v1</summary>
    public Uri BaseUrl { get; }

    /// <summary>Codes and tokens; its pages are below `/v1/oauth`.</summary>
    public SandboxAuthorization Authorization { get; }

    /// <summary>Where a person consents.</summary>
    public Uri AuthorizeUrl => new($"{BaseUrl}/oauth/authorize");

    /// <summary>Where tokens come from.</summary>
    public Uri TokenUrl => new($"{BaseUrl}/oauth/token");

    /// <summary>A page that a browser can end at, registered besides the app's own address.</summary>
    public Uri LandingUrl => new($"{BaseUrl}/oauth/landing");

    /// <summary>The data that is served; it may be changed at any time.</summary>
    public SandboxWorld World { get; }

    /// <summary>What was asked and how it was answered, in order of arrival.</summary>
    public IReadOnlyList<RequestLogEntry> Requests => handler.Log.Entries;

    /// <summary>Faults from the next request on.</summary>
    public FaultSchedule Faults
    {
        get => handler.Faults;
        set => handler.Faults = value;
    }

    /// <summary>Edits from the next request on.</summary>
    public EditSchedule Edits
    {
        get => handler.Edits;
        set => handler.Edits = value;
    }

    /// <summary>Lays out the data and listens.</summary>
    public static Task<SandboxServer> StartAsync(SandboxOptions options, CancellationToken cancellationToken) =>
        StartAsync(options, SandboxWorld.Create(options), cancellationToken);

    private static async Task<SandboxServer> StartAsync(
        SandboxOptions options,
        SandboxWorld world,
        CancellationToken cancellationToken
    )
    {
        var kestrel = NewKestrel(options.Port);
        var authorization = new SandboxAuthorization(options.OAuth, options.Clock);
        var handler = new Handler(options, world, authorization);
        await kestrel.StartAsync(new Application(handler), cancellationToken);
        return new SandboxServer(kestrel, handler, world, authorization);
    }

    /// <summary>Stops listening; open requests are cut after a short while.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await kestrel.StopAsync(patience.Token);
        kestrel.Dispose();
    }

    private static KestrelServer NewKestrel(int port)
    {
        var options = new KestrelServerOptions
        {
            AddServerHeader = false,
            ApplicationServices = new ServiceCollection().BuildServiceProvider(),
        };
        options.Listen(IPAddress.Loopback, port);
        var transport = new SocketTransportFactory(
            Options.Create(new SocketTransportOptions()),
            NullLoggerFactory.Instance
        );
        return new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
    }

    private sealed class Application(Handler handler) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) => handler.AnswerAsync(context);

        public void DisposeContext(HttpContext context, Exception? exception) { }
    }
}
