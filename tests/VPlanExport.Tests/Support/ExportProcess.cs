using System.Diagnostics;
using System.Globalization;
using VPlanExport.Storage;

namespace VPlanExport.Tests.Support;

/// <summary>The program itself, in a process of its own.</summary>
internal static class ExportProcess
{
    /// <summary>Starts <c>run</c> with the house's vPlan and sinks.</summary>
    public static Process Start(House house, params string[] words) => StartVerb(house, "run", words);

    /// <summary>Starts any verb with them.</summary>
    public static Process StartVerb(House house, string verb, params string[] words)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Path.Combine(AppContext.BaseDirectory, "vplan-export.dll"), verb, .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = house.Folder,
        };
        foreach (var (key, value) in new Dictionary<string, string>
        {
            ["VPlan__BaseUrl"] = house.VPlan.BaseUrl.ToString(),
            ["VPlan__ApiKey"] = House.SecretKey,
            ["VPlan__ApiEnv"] = "sandbox",
            ["VPlan__PageSize"] = "50",
            ["VPlan__RequestsPerDay"] = house.Settings.VPlan.RequestsPerDay.ToString(CultureInfo.InvariantCulture),
            ["Lake__Location"] = house.Settings.Lake.Location.ToString(),
            ["Lake__ConnectionString"] = house.Settings.Lake.Location is StoreLocation.Blob blob ? blob.ConnectionString : "",
            ["Warehouse__Kind"] = house.Settings.Warehouse.Kind,
            ["Warehouse__ConnectionString"] = house.Settings.Warehouse.ConnectionString,
            ["Runs__WorkFolder"] = house.Settings.Runs.WorkFolder.ToString(),
        })
            start.Environment[key] = value;
        return Process.Start(start)!;
    }

    public static async Task RunAsync(House house, params string[] words)
    {
        using var process = Start(house, words);
        var (code, output) = await EndAsync(process);
        code.Should().Be(0, output);
    }

    /// <summary>Waits for the end: the exit code, and all that was written.</summary>
    public static async Task<(int Code, string Output)> EndAsync(Process process)
    {
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
