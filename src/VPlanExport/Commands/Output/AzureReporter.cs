using System.Text;
using VPlanExport.Runs;

namespace VPlanExport.Commands.Output;

/// <summary>Plain lines for the log of a pipeline, in which each warning is an issue, told once.</summary>
internal sealed class AzureReporter(AzureLog log, TimeProvider clock) : Reporter
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

    public override bool ShowsWarningsApart => true;

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

/// <summary>
/// The log of an Azure DevOps pipeline: text, and commands to the agent that reads it
/// (https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands). The agent finds a command anywhere in
/// a line, so text that holds one, because vPlan sent it, is written in a way that it does not find.
/// </summary>
internal sealed class AzureLog(TextWriter output) : TextWriter
{
    private const string Command = "##vso[";

    public override Encoding Encoding => output.Encoding;

    public override void Write(char value) => output.Write(value);

    public override void Write(char[] buffer, int index, int count) =>
        output.Write(new string(buffer, index, count).Replace(Command, "## vso[", StringComparison.OrdinalIgnoreCase));

    public override void Flush() => output.Flush();

    /// <summary>Shown above the pipeline's log, too.</summary>
    /// <param name="type">warning or error.</param>
    public void Issue(string type, string message) =>
        output.WriteLine($"{Command}task.logissue type={type}]{Escaped(message)}");

    /// <summary>Shown on a tab of the pipeline's run.</summary>
    /// <param name="path">An absolute path of a Markdown file.</param>
    public void UploadSummary(string path) => output.WriteLine($"{Command}task.uploadsummary]{Escaped(path)}");

    /// <summary>As the agent takes it for text.</summary>
    internal static string Escaped(string text) =>
        text.Replace("%", "%AZP25", StringComparison.Ordinal)
            .Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal)
            .Replace("]", "%5D", StringComparison.Ordinal)
            .Replace(";", "%3B", StringComparison.Ordinal);
}
