using System.Diagnostics;
using VPlanExport.Commands.Output;
using VPlanExport.Extract.Http;
using VPlanExport.Runs;

namespace VPlanExport.Commands.Watch;

/// <summary>
/// The spans of a start: the command, below it the runs' phases, the entities and their requests. They are made of what
/// a run tells, and hold no value, no id and no secret. The command's span has the attributes of OpenTelemetry's CLI
/// spans (https://opentelemetry.io/docs/specs/semconv/cli/cli-spans/).
/// </summary>
internal sealed class SpanTree
{
    public const string SourceName = "VPlanExport";

    private static readonly ActivitySource Source = new(SourceName);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Activity> _entities = [];
    private readonly string _command;
    private readonly Activity? _root;
    private Activity? _run;
    private Activity? _phase;
    private string? _runId;

    /// <param name="parent">What started the program; the default for nothing that is traced.</param>
    public SpanTree(string command, ActivityContext parent)
    {
        _command = command;
        _root = Begin(command, parent);
        _root?.SetTag("process.executable.name", Runs.Starts.Start.Program);
    }

    /// <summary>The command's span, for what is logged.</summary>
    public Activity? Root => _root;

    public void Observe(RunEvent happened)
    {
        lock (_lock)
        {
            switch (happened)
            {
                case RunEvent.Started e:
                    Enter(e.RunId, e.Phase);
                    break;
                case RunEvent.Entered e:
                    Enter(e.RunId, e.Phase);
                    break;
                case RunEvent.Begun e when Begin(e.Entity, _phase ?? _root) is { } span:
                    _entities[e.Entity] = span;
                    break;
                case RunEvent.Read e when _entities.Remove(e.Entity, out var span):
                    End(span);
                    break;
                case RunEvent.Sent e:
                    Add(e.Request);
                    break;
                case RunEvent.Committed:
                    End(ref _phase);
                    if (_command != "run")
                        End(ref _run);
                    break;
            }
        }
    }

    /// <param name="failure">Null when the command ended well.</param>
    public void End(Failure? failure)
    {
        lock (_lock)
        {
            Activity?[] open = [.. _entities.Values, _phase, _command == "run" ? null : _run, _root];
            _root?.SetTag("process.exit.code", (int)(failure?.Code ?? ExitCode.Ok));
            foreach (var span in open.OfType<Activity>())
            {
                if (failure is not null)
                    Fail(span, ErrorType(failure));
                End(span);
            }
        }
    }

    /// <summary>A name that an alert can be made of.</summary>
    public static string ErrorType(Failure failure) => failure.Code == Failure.Stopped ? "Stopped" : $"{failure.Code}";

    /// <summary>A phase ends where the next one begins. The command <c>run</c> is its own run; others may work on
    /// several.</summary>
    private void Enter(string runId, string phase)
    {
        End(ref _phase);
        if (_command == "run")
            _run = _root;
        else if (runId != _runId)
        {
            End(ref _run);
            _run = Begin("run", _root);
        }
        _runId = runId;
        _phase = Begin(phase, _run);
    }

    private void Add(SentRequest request)
    {
        var parent = request.Entity is { } entity ? _entities.GetValueOrDefault(entity) : null;
        if (Begin("GET", parent ?? _phase ?? _root, ActivityKind.Client, request.At) is not { } span)
            return;
        span.SetTag("http.request.method", "GET");
        if (request.Status is { } status)
            span.SetTag("http.response.status_code", status);
        if (request.Status is not < 400)
            Fail(span, request.Status is { } code ? FormattableString.Invariant($"{code}") : "no answer");
        span.SetEndTime((request.At + request.Took).UtcDateTime);
        End(span);
    }

    private static void Fail(Activity span, string type) =>
        span.SetTag("error.type", type).SetStatus(ActivityStatusCode.Error);

    private static Activity? Begin(
        string name,
        Activity? parent,
        ActivityKind kind = ActivityKind.Internal,
        DateTimeOffset at = default
    ) => parent is null ? null : Begin(name, parent.Context, kind, at);

    /// <summary>The current activity stays what it is, so that no request to others is given a trace.</summary>
    private static Activity? Begin(
        string name,
        ActivityContext parent,
        ActivityKind kind = ActivityKind.Internal,
        DateTimeOffset at = default
    )
    {
        var current = Activity.Current;
        Activity.Current = null;
        var span = Source.StartActivity(name, kind, parent, startTime: at);
        Activity.Current = current;
        return span;
    }

    private static void End(ref Activity? span)
    {
        if (span is not null)
            End(span);
        span = null;
    }

    private static void End(Activity span)
    {
        var current = Activity.Current;
        span.Stop();
        Activity.Current = current;
    }
}
