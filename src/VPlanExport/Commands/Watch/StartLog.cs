using System.Globalization;
using VPlanExport.Commands.Output;
using VPlanExport.Runs;
using VPlanExport.Runs.Starts;

namespace VPlanExport.Commands.Watch;

/// <summary>Shows what another reporter shows, and keeps what was said and done for the journal of starts.</summary>
/// <param name="changed">Called when what is kept has changed so much that it is worth being written.</param>
internal sealed class StartLog : Reporter
{
    private readonly Lock _lock = new();
    private readonly StringWriter _text = new(CultureInfo.InvariantCulture);
    private readonly PlainReporter _lines;
    private readonly Reporter _shown;
    private readonly Func<string, string> _mask;
    private readonly Action _changed;
    private Start _start;

    public StartLog(Start start, Reporter shown, TimeProvider clock, Func<string, string> mask, Action changed)
    {
        (_start, _shown, _mask, _changed) = (start, shown, mask, changed);
        _lines = new PlainReporter(_text, clock);
    }

    /// <summary>Sees what is told, too; null for nobody.</summary>
    public Action<RunEvent>? Observer { get; set; }

    /// <summary>What is kept, without secrets.</summary>
    public (Start Start, string Text) Kept
    {
        get
        {
            lock (_lock)
                return (_start, _mask(_text.ToString()));
        }
    }

    /// <summary>Adds a line that only the log has.</summary>
    public void Note(string line)
    {
        lock (_lock)
            _lines.Tell(new RunEvent.Info(line));
    }

    /// <summary>Says how it ended.</summary>
    public void End(Start ended)
    {
        lock (_lock)
            _start = ended with { Message = ended.Message is null ? null : _mask(ended.Message) };
    }

    public override void Tell(RunEvent happened)
    {
        lock (_lock)
        {
            _lines.Tell(happened);
            _start = happened switch
            {
                RunEvent.Started e => _start with { Phase = e.Phase, RunId = e.RunId },
                RunEvent.Entered e => _start with { Phase = e.Phase, RunId = e.RunId },
                RunEvent.Warning e => _start with { Warnings = [.. _start.Warnings, _mask(e.Message)] },
                RunEvent.Committed { Manifest.Environment: { } e } => _start with { Environment = $"{e}" },
                RunEvent.Sent => _start with { Requests = _start.Requests + 1 },
                _ => _start,
            };
        }
        if (happened is RunEvent.Started or RunEvent.Entered or RunEvent.Read or RunEvent.Warning)
            _changed();
        Observer?.Invoke(happened);
        _shown.Tell(happened);
    }

    public override void Show<T>(string name, T fields, Action<TextWriter> asText)
    {
        lock (_lock)
            asText(_text);
        _shown.Show(name, fields, asText);
    }

    public override void Show(RunSummary summary)
    {
        lock (_lock)
        {
            SummaryText.Write(summary, _text);
            _start = _start with { Warnings = [.. _start.Warnings, .. summary.Warnings.Select(_mask)] };
        }
        _shown.Show(summary);
    }

    public override Task<T> DuringAsync<T>(Func<Task<T>> work) => _shown.DuringAsync(work);

    public override void Attach(string path) => _shown.Attach(path);
}
