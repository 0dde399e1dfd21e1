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

/// <summary>A web server of this machine, on Kestrel, that answers by a function. It writes nothing to the
/// console.</summary>
public sealed class LocalServer : IAsyncDisposable
{
    private readonly KestrelServer _kestrel;

    private LocalServer(KestrelServer kestrel) =>
        (_kestrel, Url) = (kestrel, new Uri(kestrel.Features.Get<IServerAddressesFeature>()!.Addresses.First()));

    /// <summary>Such as http://127.0.0.1:5080.</summary>
    public Uri Url { get; }

    /// <param name="listen">Says where.</param>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<LocalServer> StartAsync(
        Action<KestrelServerOptions> listen,
        Func<HttpContext, Task> answer,
        CancellationToken cancellationToken
    )
    {
        var options = new KestrelServerOptions
        {
            AddServerHeader = false,
            ApplicationServices = new ServiceCollection().BuildServiceProvider(),
        };
        listen(options);
        var transport = new SocketTransportFactory(
            Options.Create(new SocketTransportOptions()),
            NullLoggerFactory.Instance
        );
        var kestrel = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
        try
        {
            await kestrel.StartAsync(new Application(answer), cancellationToken);
            return new LocalServer(kestrel);
        }
        catch
        {
            kestrel.Dispose();
            throw;
        }
    }

    /// <summary>Stops listening; open requests are cut after a short while.</summary>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _kestrel.StopAsync(patience.Token);
        _kestrel.Dispose();
    }

    private sealed class Application(Func<HttpContext, Task> answer) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) => answer(context);

        public void DisposeContext(HttpContext context, Exception? exception) { }
    }
}
