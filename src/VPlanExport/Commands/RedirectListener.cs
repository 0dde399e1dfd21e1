using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using VPlanExport.Extract.OAuth;

namespace VPlanExport.Commands;

/// <summary>
/// The browser itself comes, on this machine only: vPlan takes no address of a machine, so the registered one forwards.
/// </summary>
internal sealed class RedirectListener : IRedirectSource
{
    private static readonly byte[] s_page = Encoding.UTF8.GetBytes(
        "<!DOCTYPE html><html lang=\"en\"><head><title>vplan-export</title></head><body><p>vplan-export has the "
            + "answer. It says in its own window whether vPlan is connected; this one can be closed.</p></body></html>"
    );

    private readonly KestrelServer _server;
    private readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Uri _at;

    private RedirectListener(KestrelServer server, Uri at) => (_server, _at) = (server, at);

    public string Hint => $"The registered address forwards the browser to {_at}, where this waits for ten minutes.";

    /// <exception cref="ConfigurationException">It is no such address, or its port is in use.</exception>
    public static async Task<RedirectListener> StartAsync(string address, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var at) || at.Scheme != Uri.UriSchemeHttp || !at.IsLoopback)
            throw new ConfigurationException(
                $"--listen is '{address}'; it takes an address of this machine, such as http://localhost:8400."
            );
        var listener = new RedirectListener(NewServer(at.Port), at);
        try
        {
            await listener._server.StartAsync(new Application(listener), cancellationToken);
            return listener;
        }
        catch (IOException e)
        {
            throw new ConfigurationException(
                $"--listen is {at}, whose port cannot be used: {e.Message} Give another port, and forward to it.",
                e
            );
        }
    }

    public Task<string> ReadAsync(string address, CancellationToken cancellationToken) =>
        _address.Task.WaitAsync(cancellationToken);

    public Task<string?> ForgetAsync() => Task.FromResult<string?>(null);

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _server.StopAsync(patience.Token);
        _server.Dispose();
    }

    private static KestrelServer NewServer(int port)
    {
        var options = new KestrelServerOptions
        {
            AddServerHeader = false,
            ApplicationServices = new ServiceCollection().BuildServiceProvider(),
        };
        options.ListenLocalhost(port);
        var transport = new SocketTransportFactory(
            Options.Create(new SocketTransportOptions()),
            NullLoggerFactory.Instance
        );
        return new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
    }

    /// <summary>A browser also asks for what it was not sent to, such as an icon.</summary>
    private async Task AnswerAsync(HttpContext context)
    {
        var query = context.Request.QueryString.Value ?? "";
        if (!HttpMethods.IsGet(context.Request.Method) || Redirected.Parse(query) is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        context.Response.ContentLength = s_page.Length;
        await context.Response.Body.WriteAsync(s_page, context.RequestAborted);
        await context.Response.CompleteAsync();
        _address.TrySetResult(query);
    }

    private sealed class Application(RedirectListener listener) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) => listener.AnswerAsync(context);

        public void DisposeContext(HttpContext context, Exception? exception) { }
    }
}
