using VPlanExport.Configuration;
using VPlanExport.Runs;

namespace VPlanExport.Commands;

/// <summary>Runs requests under the chosen display and shows each summary.</summary>
internal static class Export
{
    /// <summary>Waits for a backfill that holds the lock: an analyst's work never costs a night.</summary>
    public static async Task RunAsync(CommandContext context, Settings settings, RunRequest request, bool fresh, CancellationToken cancellationToken)
    {
        var summaries = await context.Reporter.DuringAsync(async () =>
        {
            await using var runner = await Runner.OpenAsync(settings, "vplan-export run", context.Clock, context.Reporter.Tell, command => command == Backfill.Command, cancellationToken);
            return await runner.RunAsync(request, fresh, cancellationToken);
        });
        foreach (var summary in summaries)
            context.Reporter.Show(summary);
        RefuseBehind(summaries);
    }

    /// <exception cref="SinkException">The warehouse does not hold the last run yet; everything else is done.</exception>
    public static void RefuseBehind(IEnumerable<RunSummary> summaries)
    {
        if (summaries.LastOrDefault()?.Behind is { } behind)
            throw new SinkException(behind);
    }

    /// <summary>Runs a backfill; the months that were committed are shown whether it comes to its end or not.</summary>
    /// <param name="work">Told where to put the summaries.</param>
    public static async Task BackfillAsync(CommandContext context, Func<Action<RunSummary>, Task> work)
    {
        var summaries = new List<RunSummary>();
        try
        {
            await context.Reporter.DuringAsync(async () =>
            {
                await work(summaries.Add);
                return true;
            });
        }
        finally
        {
            foreach (var summary in summaries)
                context.Reporter.Show(summary);
        }
        RefuseBehind(summaries);
    }
}
