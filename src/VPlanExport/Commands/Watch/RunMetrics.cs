using System.Diagnostics.Metrics;
using VPlanExport.Runs;

namespace VPlanExport.Commands.Watch;

/// <summary>The figures of a start. Counters move when a run has been committed, so that they add up to what the sinks
/// hold.</summary>
internal sealed class RunMetrics : IDisposable
{
    public const string MeterName = "VPlanExport";

    private readonly Lock _lock = new();
    private readonly Meter _meter = new(MeterName);
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _rows;
    private readonly Counter<long> _requests;
    private readonly Counter<double> _wait;
    private readonly Counter<long> _quarantine;
    private readonly Gauge<double> _age;
    private readonly Counter<long> _certificate;
    private readonly Dictionary<(string Entity, string Status), long> _sent = [];
    private TimeSpan _waited;

    public RunMetrics()
    {
        _duration = _meter.CreateHistogram<double>("vplanexport.run.duration", "s", "How long a command worked.");
        _rows = _meter.CreateCounter<long>("vplanexport.rows", "{row}", "Rows of committed runs.");
        _requests = _meter.CreateCounter<long>("vplanexport.api.requests", "{request}", "Requests sent to vPlan.");
        _wait = _meter.CreateCounter<double>("vplanexport.ratelimit.wait", "s", "Time that vPlan's own limit took.");
        _quarantine = _meter.CreateCounter<long>("vplanexport.quarantine.rows", "{row}", "Rows that were rejected.");
        _age = _meter.CreateGauge<double>("vplanexport.data.age", "s", "Age of the data when it was published.");
        _certificate = _meter.CreateCounter<long>("vplanexport.certificate", "{entity}", "Entities that were read.");
    }

    public void Observe(RunEvent happened)
    {
        lock (_lock)
        {
            switch (happened)
            {
                case RunEvent.Sent { Request: var request }:
                    var key = (request.Entity ?? "none", request.Status is { } s ? $"{s / 100}xx" : "no answer");
                    _sent[key] = _sent.GetValueOrDefault(key) + 1;
                    break;
                case RunEvent.Waited e:
                    _waited += e.Wait;
                    break;
                case RunEvent.Published e:
                    _age.Record(e.DataAge.TotalSeconds);
                    break;
                case RunEvent.Committed e:
                    Count(e);
                    break;
            }
        }
    }

    /// <param name="errorType">Null when the command ended well.</param>
    public void End(string command, TimeSpan took, string? errorType)
    {
        if (errorType is null)
            _duration.Record(took.TotalSeconds, Tag("command", command));
        else
            _duration.Record(took.TotalSeconds, Tag("command", command), Tag("error.type", errorType));
    }

    public void Dispose() => _meter.Dispose();

    private void Count(RunEvent.Committed run)
    {
        foreach (var table in run.Summary.Tables)
        {
            (string Op, long Rows)[] ops =
            [
                ("read", table.Read),
                ("written", table.Written),
                ("changed", table.Changed),
                ("deleted", table.Deleted),
                ("rejected", table.Rejected),
            ];
            foreach (var (op, rows) in ops.Where(o => o.Rows > 0))
                _rows.Add(rows, Tag("table", table.Table), Tag("op", op));
        }
        foreach (var ((entity, status), requests) in _sent)
            _requests.Add(requests, Tag("entity", entity), Tag("status_class", status));
        foreach (var ((table, rule), rows) in run.Rejected)
            _quarantine.Add(rows, Tag("table", table), Tag("rule", rule));
        foreach (var extract in run.Manifest.Extracts.Values)
            _certificate.Add(1, Tag("balanced", extract.Unavailable is null));
        _wait.Add(_waited.TotalSeconds);
        _sent.Clear();
        _waited = TimeSpan.Zero;
    }

    private static KeyValuePair<string, object?> Tag(string name, object value) => new(name, value);
}
