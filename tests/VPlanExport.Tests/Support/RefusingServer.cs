using System.Net;
using System.Text;

namespace VPlanExport.Tests.Support;

/// <summary>Refuses every request, and repeats in its answer what it was sent and what it is told to say.</summary>
internal sealed class RefusingServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly string _says;

    public RefusingServer(string says)
    {
        _says = says;
        for (var port = 20_000 + (Environment.ProcessId % 10_000); ; port++)
        {
            Url = $"http://127.0.0.1:{port}";
            _listener.Prefixes.Clear();
            _listener.Prefixes.Add(Url + "/");
            try
            {
                _listener.Start();
                break;
            }
            catch (HttpListenerException)
            {
                // Another program has this port.
            }
        }
        _ = AnswerAsync();
    }

    public string Url { get; }

    public void Dispose() => _listener.Close();

    private async Task AnswerAsync()
    {
        try
        {
            while (true)
                Answer(await _listener.GetContextAsync());
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private void Answer(HttpListenerContext context)
    {
        context.Response.StatusCode = 403;
        context.Response.ContentType = "application/xml";
        context.Response.Headers["x-ms-error-code"] = "AuthenticationFailed";
        var said = WebUtility.HtmlEncode($"{_says} {context.Request.Headers}").ReplaceLineEndings(" ");
        context.Response.Close(
            Encoding.UTF8.GetBytes($"<Error><Code>AuthenticationFailed</Code><Message>{said}</Message></Error>"),
            willBlock: false
        );
    }
}
