using System.Net;

namespace VPlanExport.Sandbox;

/// <summary>
/// A stand-in for the vPlan API, on Kestrel, on the loopback address only. It needs `X-Api-Key` and `X-Api-Env`, or an
/// access token, on each call, and answers GET only. It writes nothing to the console.
/// </summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly LocalServer server;
    private readonly Handler handler;

    private SandboxServer(LocalServer server, Handler handler, SandboxWorld world, SandboxAuthorization authorization)
    {
        Authorization = authorization;
        this.server = server;
        this.handler = handler;
        World = world;
        BaseUrl = new Uri(server.Url, "/v1");
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
        var authorization = new SandboxAuthorization(options.OAuth, options.Clock);
        var handler = new Handler(options, world, authorization);
        var server = await LocalServer.StartAsync(
            kestrel => kestrel.Listen(IPAddress.Loopback, options.Port),
            handler.AnswerAsync,
            cancellationToken
        );
        return new SandboxServer(server, handler, world, authorization);
    }

    /// <summary>Stops listening; open requests are cut after a short while.</summary>
    public ValueTask DisposeAsync() => server.DisposeAsync();
}
