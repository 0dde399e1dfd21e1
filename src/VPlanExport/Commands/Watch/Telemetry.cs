using System.Diagnostics;
using Microsoft.Extensions.Logging;
using VPlanExport.Commands.Output;
using VPlanExport.Runs;
using VPlanExport.Runs.Starts;

namespace VPlanExport.Commands.Watch;

/// <summary>Traces, metrics and logs of a start. Where nobody listens, nothing is made.</summary>
internal sealed class Telemetry
{
    private readonly string _command;
    private readonly TimeProvider _clock;
    private readonly long _began;
    private readonly Func<string, string> _mask;
    private readonly TelemetryExport? _export;
    private readonly RunMetrics _metrics = new();
    private readonly SpanTree _spans;

    /// <param name="mask">A text without its secrets.</param>
    /// <param name="warn">Told why nothing is sent although it was asked for.</param>
    public Telemetry(string command, TimeProvider clock, Func<string, string> mask, Action<string> warn)
    {
        (_command, _clock, _began, _mask) = (command, clock, clock.GetTimestamp(), mask);
        _export = TelemetryExport.Begin(warn);
        _spans = new SpanTree(command, Parent());
    }

    public void Observe(RunEvent happened)
    {
        _spans.Observe(happened);
        _metrics.Observe(happened);
        switch (happened)
        {
            case RunEvent.Started e:
                Log(LogLevel.Information, $"{e.Phase} begins");
                break;
            case RunEvent.Info e:
                Log(LogLevel.Information, e.Message);
                break;
            case RunEvent.Warning e:
                Log(LogLevel.Warning, e.Message);
                break;
        }
    }

    /// <param name="failure">Null when the command ended well.</param>
    public async Task EndAsync(Failure? failure)
    {
        if (failure is null)
            Log(LogLevel.Information, $"{Start.Program} {_command} succeeded.");
        else
            Log(LogLevel.Error, failure.Message);
        _metrics.End(_command, _clock.GetElapsedTime(_began), failure is null ? null : SpanTree.ErrorType(failure));
        _spans.End(failure);
        await (_export?.EndAsync() ?? Task.CompletedTask);
        _metrics.Dispose();
    }

    private void Log(LogLevel level, string message) => _export?.Log(level, _mask(message), _spans.Root);

    /// <summary>What started the program, as it says in the environment
    /// (https://opentelemetry.io/docs/specs/otel/context/env-carriers/).</summary>
    private static ActivityContext Parent()
    {
        ActivityContext.TryParse(
            Environment.GetEnvironmentVariable("TRACEPARENT"),
            Environment.GetEnvironmentVariable("TRACESTATE"),
            isRemote: true,
            out var parent
        );
        return parent;
    }
}
