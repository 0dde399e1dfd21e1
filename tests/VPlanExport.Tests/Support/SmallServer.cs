using System.Net;
using Microsoft.AspNetCore.Http;
using VPlanExport.Sandbox;

namespace VPlanExport.Tests.Support;

/// <summary>A web server on this machine that answers as a test says.</summary>
internal sealed class SmallServer : IAsyncDisposable
{
    private readonly LocalServer _server;

    private SmallServer(LocalServer server) => _server = server;

    public Uri Url => _server.Url;

    public static async Task<SmallServer> StartAsync(Func<HttpContext, Task> answer) =>
        new(
            await LocalServer.StartAsync(
                kestrel => kestrel.Listen(IPAddress.Loopback, 0),
                answer,
                CancellationToken.None
            )
        );

    /// <summary>Sends what goes to any https address here instead.</summary>
    public HttpMessageHandler Instead() => new Rerouted(Url);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

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
