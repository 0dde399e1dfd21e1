using System.Text;
using Microsoft.AspNetCore.Http;
using VPlanExport.Extract.OAuth;
using VPlanExport.Sandbox;

namespace VPlanExport.Commands;

/// <summary>
/// The browser itself comes, on this machine only: vPlan takes no address of a machine, so the registered one forwards.
/// </summary>
internal sealed class RedirectListener : IRedirectSource
{
    private static readonly byte[] Page = Encoding.UTF8.GetBytes(
        "<!DOCTYPE html><html lang=\"en\"><head><title>vplan-export</title></head><body><p>vplan-export has the "
            + "answer. It says in its own window whether vPlan is connected; this one can be closed.</p></body></html>"
    );

    private readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Uri _at;
    private LocalServer? _server;

    private RedirectListener(Uri at) => _at = at;

    public string Hint => $"The registered address forwards the browser to {_at}, where this waits for ten minutes.";

    /// <exception cref="ConfigurationException">It is no such address, or its port is in use.</exception>
    public static async Task<RedirectListener> StartAsync(string address, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var at) || at.Scheme != Uri.UriSchemeHttp || !at.IsLoopback)
            throw new ConfigurationException(
                $"--listen is '{address}'; it takes an address of this machine, such as http://localhost:8400."
            );
        var listener = new RedirectListener(at);
        try
        {
            listener._server = await LocalServer.StartAsync(
                kestrel => kestrel.ListenLocalhost(at.Port),
                listener.AnswerAsync,
                cancellationToken
            );
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

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

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
        context.Response.ContentLength = Page.Length;
        await context.Response.Body.WriteAsync(Page, context.RequestAborted);
        await context.Response.CompleteAsync();
        _address.TrySetResult(query);
    }
}
