namespace VPlanExport.Configuration;

/// <summary>Who is told when a start has ended.</summary>
/// <param name="Url">A secret; empty for nobody.</param>
/// <param name="Format">json, slack or teams.</param>
/// <param name="On">Which events are sent.</param>
/// <param name="Heartbeat">URL of a dead-man's switch; empty for none.</param>
internal sealed record NotifySettings(string Url, string Format, IReadOnlyList<string> On, string Heartbeat)
{
    public static readonly string[] Formats = ["json", "slack", "teams"];

    public static readonly string[] Events = ["failed", "recovered", "warning", "succeeded"];

    /// <summary>Without the URL.</summary>
    public override string ToString() => Format;
}
