using System.Text;

namespace VPlanExport.Commands;

/// <summary>
/// The log of an Azure DevOps pipeline: text, and commands to the agent that reads it (https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands).
/// The agent finds a command anywhere in a line, so text that holds one, because vPlan sent it, is written in a way that it does not find.
/// </summary>
public sealed class AzureLog(TextWriter output) : TextWriter
{
    private const string Command = "##vso[";

    public override Encoding Encoding => output.Encoding;

    public override void Write(char value) => output.Write(value);

    public override void Write(char[] buffer, int index, int count) =>
        output.Write(new string(buffer, index, count).Replace(Command, "## vso[", StringComparison.OrdinalIgnoreCase));

    public override void Flush() => output.Flush();

    /// <summary>Shown above the pipeline's log, too.</summary>
    /// <param name="type">warning or error.</param>
    public void Issue(string type, string message) => output.WriteLine($"{Command}task.logissue type={type}]{Escaped(message)}");

    /// <summary>Shown on a tab of the pipeline's run.</summary>
    /// <param name="path">An absolute path of a Markdown file.</param>
    public void UploadSummary(string path) => output.WriteLine($"{Command}task.uploadsummary]{Escaped(path)}");

    /// <summary>As the agent takes it for text.</summary>
    internal static string Escaped(string text) => text
        .Replace("%", "%AZP25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal)
        .Replace("]", "%5D", StringComparison.Ordinal)
        .Replace(";", "%3B", StringComparison.Ordinal);
}
