using System.Diagnostics;
using System.Globalization;
using VPlanExport.Storage;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>The program itself, in a process of its own that signs in by OAuth.</summary>
internal static class ConnectedProgram
{
    /// <param name="environment">Of the hook, and settings.</param>
    public static Process Start(ConnectedPlace place, Dictionary<string, string> environment, params string[] words)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            ["exec", Path.Combine(AppContext.BaseDirectory, "vplan-export.dll"), .. words]
        )
        {
            WorkingDirectory = place.Host.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var pair in place.Host.Given.Select(s => s.Split('=', 2)))
            start.Environment[pair[0].Replace(":", "__", StringComparison.Ordinal)] = pair[1];
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public static async Task<Outcome> RunAsync(
        ConnectedPlace place,
        Dictionary<string, string> environment,
        params string[] words
    )
    {
        using var process = Start(place, environment, words);
        var outcome = await ExportProcess.EndAsync(process);
        lock (place.Outcomes)
            place.Outcomes.Add(outcome);
        return outcome;
    }

    /// <summary>Settings of the hook: dies at a step.</summary>
    public static Dictionary<string, string> DyingAt(string step) => Hook(StartupHook.KillAt, step);

    /// <summary>Dies so many milliseconds after a refresh has begun.</summary>
    public static Dictionary<string, string> DyingAfter(double milliseconds) =>
        Hook(StartupHook.KillAfter, milliseconds.ToString(CultureInfo.InvariantCulture));

    /// <summary>Refreshes so many times.</summary>
    public static Dictionary<string, string> Refreshing(int times, StoreLocation.Blob? store = null)
    {
        var environment = Hook(StartupHook.Refresh, times.ToString(CultureInfo.InvariantCulture));
        if (store is not null)
        {
            environment["Lake__Location"] = store.ToString();
            environment["Lake__ConnectionString"] = store.ConnectionString;
            environment["Runs__WorkFolder"] = $"{store}/_work";
        }
        return environment;
    }

    private static Dictionary<string, string> Hook(string name, string value) =>
        new()
        {
            [StartupHook.Variable] = Path.Combine(AppContext.BaseDirectory, "VPlanExport.Tests.dll"),
            [name] = value,
        };
}
