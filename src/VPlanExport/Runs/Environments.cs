using VPlanExport.Configuration;
using VPlanExport.Lake;
using VPlanExport.Package;

namespace VPlanExport.Runs;

/// <summary>
/// Data of one environment never comes to that of another. What an earlier version wrote says nothing of it: it takes
/// the environment of its next run.
/// </summary>
internal static class Environments
{
    /// <summary>Before the first row is read and before anything is changed.</summary>
    /// <exception cref="ConfigurationException">The lake or the runs are another environment's.</exception>
    public static async Task EnsureSameAsync(
        Settings settings,
        RunStore runs,
        DeltaLake lake,
        CancellationToken cancellationToken
    )
    {
        Ensure(settings, "lake", await lake.EnvironmentAsync(cancellationToken));
        Ensure(settings, "work folder", (await runs.LastManifestAsync(cancellationToken))?.Environment);
        foreach (var run in await runs.InPhaseAsync(p => p < RunPhase.Committed, cancellationToken))
            Ensure(settings, "work folder", await EnvironmentOfAsync(run, cancellationToken));
    }

    /// <summary>A plan that is damaged says nothing: the run that it belongs to reports it.</summary>
    private static async Task<VPlanEnvironment?> EnvironmentOfAsync(RunFolder run, CancellationToken cancellationToken)
    {
        try
        {
            return (await run.PlanAsync(cancellationToken)).Environment;
        }
        catch (SinkException)
        {
            return null;
        }
    }

    /// <param name="place">What holds the data, such as <c>lake</c>.</param>
    /// <param name="held">Whose data it is; null where it does not say.</param>
    /// <exception cref="ConfigurationException">It is another environment's.</exception>
    public static void Ensure(Settings settings, string place, VPlanEnvironment? held)
    {
        if (Difference(settings, place, held) is { } difference)
            throw new ConfigurationException(difference);
    }

    /// <summary>The same by the name that vPlan gives, where OAuth signs in and VPlan:ApiEnv is not set.</summary>
    /// <param name="name">Null when vPlan does not say.</param>
    /// <exception cref="ConfigurationException">It is another environment's.</exception>
    public static void EnsureNamed(Settings settings, string place, VPlanEnvironment? held, string? name)
    {
        if (settings.VPlan.ApiEnv == "" && name is not null && held?.Name is { } other && other != name)
            throw new ConfigurationException(
                $"This {place} holds '{other}', and vPlan was connected to '{name}'. No row was read. Connect again to "
                    + $"'{other}' (vplan-export connect), or give each environment its own Lake:Location, "
                    + "Warehouse:ConnectionString and Runs:WorkFolder."
            );
    }

    /// <returns>What to do about another environment's data; null for none.</returns>
    public static string? Difference(Settings settings, string place, VPlanEnvironment? held) =>
        held is null or { Id: "" } || settings.VPlan.ApiEnv == "" || held.Is(settings.VPlan.ApiEnv)
            ? null
            : $"This {place} holds '{held}'{(held.Name is null ? "" : $" ({held.Id})")}; VPlan:ApiEnv now names "
                + $"'{settings.VPlan.ApiEnv}'. Nothing was read or changed. Set VPlan:ApiEnv back, or give each "
                + "environment its own Lake:Location, Warehouse:ConnectionString and Runs:WorkFolder.";
}
