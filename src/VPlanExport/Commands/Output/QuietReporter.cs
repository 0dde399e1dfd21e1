using VPlanExport.Runs;

namespace VPlanExport.Commands.Output;

/// <summary>Shows what was asked for, and what needs someone: no progress, and no summary of what went well.</summary>
internal sealed class QuietReporter(Reporter shown) : Reporter
{
    public override bool ShowsWarningsApart => shown.ShowsWarningsApart;

    public override void Tell(RunEvent happened)
    {
        if (happened is RunEvent.Warning)
            shown.Tell(happened);
    }

    public override void Show<T>(string name, T fields, Action<TextWriter> asText)
    {
        if (name != "info")
            shown.Show(name, fields, asText);
    }

    public override void Conclude(string text) { }

    public override void Show(RunSummary summary) { }

    public override void Attach(string path) => shown.Attach(path);
}
