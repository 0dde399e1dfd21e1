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

namespace VPlanExport.Tests.Support;

/// <summary>A web server on this machine that answers as a test says.</summary>
internal sealed class SmallServer : IAsyncDisposable
{
    private readonly KestrelServer _server;

    private SmallServer(KestrelServer server) =>
        (_server, Url) = (server, new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First()));

    public Uri Url { get; }

    public static async Task<SmallServer> StartAsync(Func<HttpContext, Task> answer)
    {
        var options = new KestrelServerOptions { ApplicationServices = new ServiceCollection().BuildServiceProvider() };
        options.Listen(IPAddress.Loopback, 0);
        var transport = new SocketTransportFactory(
            Options.Create(new SocketTransportOptions()),
            NullLoggerFactory.Instance
        );
        var server = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
        await server.StartAsync(new Application(answer), CancellationToken.None);
        return new SmallServer(server);
    }

    /// <summary>Sends what goes to any https address here instead.</summary>
    public HttpMessageHandler Instead() => new Rerouted(Url);

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _server.StopAsync(patience.Token);
        _server.Dispose();
    }

    private sealed class Application(Func<HttpContext, Task> answer) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) => answer(context);

        public void DisposeContext(HttpContext context, Exception? exception) { }
    }

    private sealed class Rerouted(Uri here) : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            request.RequestUri = new UriBuilder(request.RequestUri!)
            {
                Scheme = here.Scheme,
                Host = here.Host,
                Port = here.Port,
            }.Uri;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
