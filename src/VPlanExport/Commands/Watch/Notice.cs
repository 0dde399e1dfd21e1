using System.Text.Encodings.Web;
using System.Text.Json;

namespace VPlanExport.Commands.Watch;

/// <summary>What is sent about the end of a start. No secret stands in it.</summary>
/// <param name="Event">failed, recovered, warning or succeeded.</param>
/// <param name="Environment">The environment's name; its identifier where vPlan has not said a name.</param>
/// <param name="Run">The run that it worked on last; null when it never reached one.</param>
/// <param name="Advice">What to do; empty for nothing.</param>
/// <param name="At">UTC.</param>
internal sealed record Notice(
    string Event,
    string Environment,
    string? Run,
    int ExitCode,
    string Message,
    string Advice,
    DateTime At
)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private string Title => $"vPlan export {Event}{(Environment == "" ? "" : $": {Environment}")}";

    private IReadOnlyList<string> Lines =>
        [
            $"{Message}{(ExitCode == 0 ? "" : $" (exit code {ExitCode})")}",
            .. Advice == "" ? Array.Empty<string>() : [$"What to do: {Advice}."],
            .. Run is null ? Array.Empty<string>() : [$"Run: {Run}"],
        ];

    /// <param name="format">json, slack or teams.</param>
    public string As(string format) =>
        format switch
        {
            "slack" => JsonSerializer.Serialize(
                new { text = $"*{Slack(Title)}*\n{Slack(string.Join('\n', Lines))}" },
                Json
            ),
            "teams" => JsonSerializer.Serialize(Teams(), Json),
            _ => JsonSerializer.Serialize(this, Json),
        };

    /// <summary>An adaptive card, as workflows of Teams take it
    /// (https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using).</summary>
    private object Teams() =>
        new
        {
            type = "message",
            attachments = new[]
            {
                new
                {
                    contentType = "application/vnd.microsoft.card.adaptive",
                    content = new Dictionary<string, object>
                    {
                        ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
                        ["type"] = "AdaptiveCard",
                        ["version"] = "1.4",
                        ["body"] = Lines
                            .Select(line => new
                            {
                                type = "TextBlock",
                                text = line,
                                wrap = true,
                                weight = "Default",
                            })
                            .Prepend(
                                new
                                {
                                    type = "TextBlock",
                                    text = Title,
                                    wrap = true,
                                    weight = "Bolder",
                                }
                            )
                            .ToArray(),
                    },
                },
            },
        };

    /// <summary>Slack takes three characters for markup
    /// (https://api.slack.com/reference/surfaces/formatting#escaping).</summary>
    private static string Slack(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);
}
