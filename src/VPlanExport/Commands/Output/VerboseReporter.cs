using System.Globalization;
using VPlanExport.Runs;

namespace VPlanExport.Commands.Output;

/// <summary>Shows each request and each wait, too.</summary>
internal sealed class VerboseReporter(Reporter shown) : Reporter
{
    public override bool ShowsWarningsApart => shown.ShowsWarningsApart;

    public override void Tell(RunEvent happened)
    {
        shown.Tell(
            happened switch
            {
                RunEvent.Sent { Request: var request } => new RunEvent.Info(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"request: {request.Entity ?? "vPlan"}: {request.Status?.ToString(CultureInfo.InvariantCulture)
                            ?? "no answer"} after {request.Took.TotalMilliseconds:N0} ms"
                    )
                ),
                RunEvent.Waited { Wait: var wait } => new RunEvent.Info(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"wait: {wait.TotalSeconds:N1} s, as vPlan's limit asks"
                    )
                ),
                RunEvent.Begun { Entity: var entity } => new RunEvent.Info($"begin: {entity}"),
                _ => happened,
            }
        );
    }

    public override void Show<T>(string name, T fields, Action<TextWriter> asText) => shown.Show(name, fields, asText);

    public override void Conclude(string text) => shown.Conclude(text);

    public override void Show(RunSummary summary) => shown.Show(summary);

    public override void Attach(string path) => shown.Attach(path);

    public override Task<T> DuringAsync<T>(Func<Task<T>> work) => shown.DuringAsync(work);
}
