using VPlanExport.Package;

namespace VPlanExport.Runs;

/// <summary>What a run tells while it works. Commands show it; a run never writes to the console itself.</summary>
internal abstract record RunEvent
{
    private RunEvent() { }

    /// <summary>A phase begins.</summary>
    public sealed record Started(string RunId, string Phase, string Detail) : RunEvent;

    /// <summary>Pages arrived.</summary>
    public sealed record Reading(ExtractProgress Progress) : RunEvent;

    /// <summary>An entity is done: its certificate, or why it is unavailable.</summary>
    public sealed record Read(string Entity, string Certificate) : RunEvent;

    public sealed record Info(string Message) : RunEvent;

    /// <summary>Something to look at that did not stop the run.</summary>
    public sealed record Warning(string Message) : RunEvent;
}
