using VPlanExport.Runs;

namespace VPlanExport.Commands.Output;

/// <summary>How things are shown: live on a terminal, as plain timestamped lines in a log, those with a pipeline's
/// issues, or as one JSON object a line for machines.</summary>
internal abstract class Reporter
{
    /// <summary>Shows what a run tells; called from several threads.</summary>
    public abstract void Tell(RunEvent happened);

    /// <summary>Shows an answer: its fields to machines, its text to people.</summary>
    public abstract void Show<T>(string name, T fields, Action<TextWriter> asText);

    /// <summary>Whether a warning about an answer is an event of its own instead of a line of the answer's
    /// text.</summary>
    public virtual bool ShowsWarningsApart => false;

    /// <summary>Characters of a line; 0 for as many as it takes.</summary>
    protected virtual int Width => 0;

    /// <summary>Shows a sentence.</summary>
    public void Say(string text) => Show("info", new { message = text }, output => output.WriteLine(text));

    /// <summary>Shows a sentence that machines find in the fields.</summary>
    public virtual void Conclude(string text) => Say(text);

    public virtual void Show(RunSummary summary) =>
        Show("summary", summary, output => SummaryText.Write(summary, output, Width));

    /// <summary>Hands over a Markdown file that tells the same, where there is someone who takes it.</summary>
    /// <param name="path">Absolute.</param>
    public virtual void Attach(string path) { }

    /// <summary>Runs work under this display.</summary>
    public virtual Task<T> DuringAsync<T>(Func<Task<T>> work) => work();
}
