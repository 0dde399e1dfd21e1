using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace VPlanExport.Tests.Support;

/// <summary>What an endpoint was sent.</summary>
internal sealed record Received(string Method, string Path, string ContentType, byte[] Body)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Body);
}

/// <summary>An HTTP endpoint of this machine that keeps what it is sent.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Received> _received = new();

    private Receiver(HttpProtocols protocols, Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(o => o.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocols));
        _app = builder.Build();
        _app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            _received.Enqueue(
                new Received(
                    context.Request.Method,
                    $"{context.Request.Path}{context.Request.QueryString}",
                    context.Request.ContentType ?? "",
                    body.ToArray()
                )
            );
            await answer(context);
        });
    }

    public string Url => _app.Urls.Single();

    /// <summary>In the order in which it came.</summary>
    public IReadOnlyList<Received> Received => [.. _received];

    /// <param name="status">The status of every answer.</param>
    public static Task<Receiver> StartAsync(int status = 200) =>
        StartAsync(
            HttpProtocols.Http1,
            context =>
            {
                context.Response.StatusCode = status;
                return Task.CompletedTask;
            }
        );

    public static async Task<Receiver> StartAsync(HttpProtocols protocols, Func<HttpContext, Task> answer)
    {
        var receiver = new Receiver(protocols, answer);
        await receiver._app.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
