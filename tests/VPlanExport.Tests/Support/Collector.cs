using System.Buffers.Binary;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace VPlanExport.Tests.Support;

internal sealed record Span(
    string Trace,
    string Id,
    string Parent,
    string Name,
    long Kind,
    long Status,
    IReadOnlyDictionary<string, string> Attributes
);

/// <param name="Value">Of a counter or a gauge; of a histogram the sum.</param>
internal sealed record Point(string Metric, string Unit, double Value, IReadOnlyDictionary<string, string> Attributes);

internal sealed record LogLine(
    string Trace,
    long Severity,
    string Body,
    IReadOnlyDictionary<string, string> Attributes
);

/// <summary>A collector of OpenTelemetry on this machine, over gRPC or over HTTP, that decodes what arrives.</summary>
internal sealed class Collector(Receiver receiver, bool isGrpc) : IAsyncDisposable
{
    private const int GrpcPrefix = 5;

    public string Url => receiver.Url;

    public IReadOnlyList<Received> Received => receiver.Received;

    public IReadOnlyList<Span> Spans =>
        [
            .. Of("trace")
                .SelectMany(r => r.All(1))
                .SelectMany(r => r.All(2))
                .SelectMany(scope => scope.All(2))
                .Select(s => new Span(
                    s.Hex(1),
                    s.Hex(2),
                    s.Hex(4),
                    s.Text(5),
                    s.Number(6) ?? 0,
                    s.One(15)?.Number(3) ?? 0,
                    s.Attributes(9)
                )),
        ];

    /// <summary>Of the last export: each holds what came before it.</summary>
    public IReadOnlyList<Point> Points =>
        [
            .. Of("metrics")
                .TakeLast(1)
                .SelectMany(r => r.All(1))
                .SelectMany(r => r.All(2))
                .SelectMany(scope => scope.All(2))
                .SelectMany(PointsOf),
        ];

    public IReadOnlyList<LogLine> Logs =>
        [
            .. Of("logs")
                .SelectMany(r => r.All(1))
                .SelectMany(r => r.All(2))
                .SelectMany(scope => scope.All(2))
                .Select(l => new LogLine(l.Hex(9), l.Number(2) ?? 0, ProtoMessage.ValueOf(l.One(5)!), l.Attributes(6))),
        ];

    /// <summary>Of whom the spans are.</summary>
    public IReadOnlyDictionary<string, string> Resource =>
        Of("trace").SelectMany(r => r.All(1)).First().One(1)!.Attributes(1);

    public static async Task<Collector> StartAsync(bool isGrpc) =>
        new(
            await Receiver.StartAsync(
                isGrpc ? HttpProtocols.Http2 : HttpProtocols.Http1,
                isGrpc ? AnswerGrpcAsync : _ => Task.CompletedTask
            ),
            isGrpc
        );

    public ValueTask DisposeAsync() => receiver.DisposeAsync();

    private static async Task AnswerGrpcAsync(HttpContext context)
    {
        context.Response.ContentType = "application/grpc";
        context.Response.AppendTrailer("grpc-status", "0");
        await context.Response.Body.WriteAsync(new byte[GrpcPrefix]);
    }

    private IEnumerable<ProtoMessage> Of(string signal) =>
        Received
            .Where(r =>
                isGrpc
                    ? r.Path.Contains($".{signal}.v1.", StringComparison.Ordinal)
                    : r.Path == $"/v1/{(signal == "trace" ? "traces" : signal)}"
            )
            .Select(r => ProtoMessage.Parse(isGrpc ? Unframed(r.Body) : r.Body));

    private static byte[] Unframed(byte[] body) =>
        body[GrpcPrefix..(GrpcPrefix + (int)BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(1)))];

    private static IEnumerable<Point> PointsOf(ProtoMessage metric)
    {
        var (name, unit) = (metric.Text(1), metric.Text(3));
        foreach (var point in new[] { 5, 7 }.SelectMany(kind => metric.All(kind)).SelectMany(kind => kind.All(1)))
            yield return new Point(name, unit, point.Double(4) ?? (long)point.Fixed(6), point.Attributes(7));
        foreach (var point in metric.All(9).SelectMany(kind => kind.All(1)))
            yield return new Point(name, unit, point.Double(5) ?? 0, point.Attributes(9));
    }
}
