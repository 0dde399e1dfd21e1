using VPlanExport.Runs;

namespace VPlanExport.Commands;

/// <summary>Plain lines for the log of a pipeline, in which each warning is an issue, told once.</summary>
public sealed class AzureReporter(AzureLog log, TimeProvider clock) : Reporter
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _warned = [];
    private readonly PlainReporter _lines = new(log, clock);

    public override void Tell(RunEvent happened)
    {
        lock (_lock)
        {
            if (happened is RunEvent.Warning e)
                Warn(e.Message);
            else
                _lines.Tell(happened);
        }
    }

    public override void Show<T>(string name, T fields, Action<TextWriter> asText) => asText(log);

    public override void Show(RunSummary summary)
    {
        base.Show(summary with { Warnings = [] });
        foreach (var warning in summary.Warnings)
            Warn(warning);
    }

    public override void Attach(string path) => log.UploadSummary(path);

    private void Warn(string message)
    {
        if (_warned.Add(message))
            log.Issue("warning", message);
    }
}
