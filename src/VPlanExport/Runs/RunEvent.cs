using VPlanExport.Extract.Http;
using VPlanExport.Package;

namespace VPlanExport.Runs;

/// <summary>What a run tells while it works. Commands show it; a run never writes to the console itself.</summary>
internal abstract record RunEvent
{
    private RunEvent() { }

    /// <summary>A phase begins.</summary>
    public sealed record Started(string RunId, string Phase, string Detail) : RunEvent;

    /// <summary>Pages of an entity were read.</summary>
    public sealed record PagesRead(ExtractProgress Progress) : RunEvent;

    /// <summary>An entity is done: its certificate, or why it is unavailable.</summary>
    public sealed record Read(string Entity, string Certificate) : RunEvent;

    public sealed record Info(string Message) : RunEvent;

    /// <summary>Something to look at that did not stop the run.</summary>
    public sealed record Warning(string Message) : RunEvent;

    /// <summary>A measure for watchers from outside; it is not shown to people.</summary>
    public abstract record Measure : RunEvent;

    /// <summary>A phase begins that is not shown: a commit, or a run that is applied to a sink that lacks it.</summary>
    public sealed record Entered(string RunId, string Phase) : Measure;

    /// <summary>An entity is about to be read.</summary>
    public sealed record Begun(string Entity) : Measure;

    public sealed record Sent(SentRequest Request) : Measure;

    /// <summary>vPlan's own limit asks for a wait.</summary>
    public sealed record Waited(TimeSpan Wait) : Measure;

    /// <summary>A run has been published to the lake.</summary>
    /// <param name="DataAge">From the run's start.</param>
    public sealed record Published(string RunId, TimeSpan DataAge) : Measure;

    /// <summary>A run is committed.</summary>
    /// <param name="Rejected">Rows that it rejected, by table and rule.</param>
    public sealed record Committed(
        RunManifest Manifest,
        RunSummary Summary,
        IReadOnlyDictionary<(string Table, string Rule), long> Rejected
    ) : Measure;
}
