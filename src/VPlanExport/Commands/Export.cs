using VPlanExport.Configuration;
using VPlanExport.Runs;

namespace VPlanExport.Commands;

/// <summary>Runs a request under the chosen display and shows each summary.</summary>
internal static class Export
{
    public static async Task RunAsync(CommandContext context, Settings settings, RunRequest request, bool fresh, CancellationToken cancellationToken)
    {
        var summaries = await context.Reporter.DuringAsync(async () =>
        {
            await using var runner = await Runner.OpenAsync(settings, $"vplan-export {context.Parsed.CommandResult.Command.Name}", context.Clock, context.Reporter.Tell, cancellationToken);
            return await runner.RunAsync(request, fresh, cancellationToken);
        });
        foreach (var summary in summaries)
            context.Reporter.Show(summary);
    }
}
