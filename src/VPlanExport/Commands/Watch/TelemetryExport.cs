using System.Diagnostics;
using System.Reflection;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using VPlanExport.Runs.Starts;

namespace VPlanExport.Commands.Watch;

/// <summary>
/// Where the telemetry of a start goes: over OTLP where <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set, to Azure Monitor
/// where its connection string is, and nowhere otherwise. The other variables are those of OpenTelemetry.
/// </summary>
internal sealed class TelemetryExport
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";
    private const string AzureMonitor = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>A collector that is away is not waited for longer.</summary>
    private static readonly TimeSpan FlushLimit = TimeSpan.FromSeconds(5);

    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;
    private readonly ILoggerFactory _logs;
    private readonly ILogger _logger;

    private TelemetryExport(bool isOtlp, bool isAzure)
    {
        _traces = Traces(isOtlp, isAzure);
        _metrics = Metrics(isOtlp, isAzure);
        _logs = LoggerFactory.Create(builder => builder.AddOpenTelemetry(options => Logs(options, isOtlp, isAzure)));
        _logger = _logs.CreateLogger(Start.Program);
    }

    /// <param name="warn">Told why there is none although it was asked for.</param>
    /// <returns>Null when nobody asked for it.</returns>
    public static TelemetryExport? Begin(Action<string> warn)
    {
        var (endpoint, isAzure) = (Variable(Endpoint), Variable(AzureMonitor) is not null);
        if ((endpoint is null && !isAzure) || Variable("OTEL_SDK_DISABLED") == "true")
            return null;
        try
        {
            if (endpoint is not null)
                Check(endpoint);
            return new TelemetryExport(endpoint is not null, isAzure);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException)
        {
            warn($"There is no telemetry: {e.Message}");
            return null;
        }
    }

    /// <param name="span">What it belongs to.</param>
    public void Log(LogLevel level, string message, Activity? span)
    {
        var current = Activity.Current;
        Activity.Current = span;
        _logger.Log(level, default, message, null, (text, _) => text);
        Activity.Current = current;
    }

    /// <summary>Sends what is left, and waits a little.</summary>
    public Task EndAsync()
    {
        Task[] ending = [Task.Run(_traces.Dispose), Task.Run(_metrics.Dispose), Task.Run(_logs.Dispose)];
        return Task.WhenAny(Task.WhenAll(ending), Task.Delay(FlushLimit));
    }

    private static TracerProvider Traces(bool isOtlp, bool isAzure)
    {
        var builder = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(Resource()).AddSource(SpanTree.SourceName);
        if (isOtlp)
            builder.AddOtlpExporter();
        if (isAzure)
            builder.AddAzureMonitorTraceExporter(Azure);
        return builder.Build();
    }

    private static MeterProvider Metrics(bool isOtlp, bool isAzure)
    {
        var builder = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(Resource()).AddMeter(RunMetrics.MeterName);
        if (isOtlp)
            builder.AddOtlpExporter();
        if (isAzure)
            builder.AddAzureMonitorMetricExporter(Azure);
        return builder.Build();
    }

    private static void Logs(OpenTelemetryLoggerOptions options, bool isOtlp, bool isAzure)
    {
        options.SetResourceBuilder(Resource());
        options.IncludeFormattedMessage = true;
        if (isOtlp)
            options.AddOtlpExporter();
        if (isAzure)
            options.AddAzureMonitorLogExporter(Azure);
    }

    /// <summary>Every run is sent whole, and nothing is left on this machine.</summary>
    private static void Azure(AzureMonitorExporterOptions options)
    {
        options.ConnectionString = Variable(AzureMonitor);
        options.DisableOfflineStorage = true;
        options.TracesPerSecond = null;
        options.SamplingRatio = 1;
    }

    /// <summary>What OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES say comes last, so it counts.</summary>
    private static ResourceBuilder Resource() =>
        ResourceBuilder
            .CreateEmpty()
            .AddService(
                Start.Program,
                serviceVersion: Assembly.GetExecutingAssembly().GetName().Version?.ToString(3),
                autoGenerateServiceInstanceId: false
            )
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector();

    /// <summary>The exporter takes its own defaults for what it does not understand, without a word.</summary>
    private static void Check(string endpoint)
    {
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new FormatException($"{Endpoint} is '{endpoint}'; it takes a URL such as http://localhost:4317.");
        if (Variable(Protocol) is { } protocol and not ("grpc" or "http/protobuf"))
            throw new FormatException($"{Protocol} is '{protocol}'; it takes grpc or http/protobuf.");
    }

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { } value && !string.IsNullOrWhiteSpace(value)
            ? value.Trim()
            : null;
}
