using System.Diagnostics;
using VPlanExport.Storage;

namespace VPlanExport.Tests.Support;

/// <summary>The program itself, in a process of its own.</summary>
internal static class ExportProcess
{
    /// <summary>Starts <c>run</c> with the house's vPlan and sinks.</summary>
    public static Process Start(TestExport house, params string[] words) => Start(house, [], ["run", .. words]);

    /// <summary>Starts a command line in such an environment.</summary>
    public static Process Start(TestExport house, Dictionary<string, string> environment, params string[] words)
    {
        var start = new ProcessStartInfo(
            "dotnet",
            ["exec", Path.Combine(AppContext.BaseDirectory, "vplan-export.dll"), .. words]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = house.Folder,
        };
        foreach (var (key, value) in house.Given.Concat(environment))
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        start.Environment["VPlan__ApiKey"] = TestExport.SecretKey;
        start.Environment["Lake__ConnectionString"] = house.Settings.Lake.Location is StoreLocation.Blob blob
            ? blob.ConnectionString
            : "";
        start.Environment["Warehouse__ConnectionString"] = house.Settings.Warehouse.ConnectionString;
        return Process.Start(start)!;
    }

    /// <summary>Runs a command line in a folder, with nothing but what is given.</summary>
    public static async Task<Outcome> RunAsync(
        string folder,
        IReadOnlyDictionary<string, string> environment,
        params string[] words
    )
    {
        var start = new ProcessStartInfo(
            "dotnet",
            ["exec", Path.Combine(AppContext.BaseDirectory, "vplan-export.dll"), .. words]
        )
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        return await EndAsync(process);
    }

    public static async Task<Outcome> RunAsync(TestExport house, params string[] words)
    {
        using var process = Start(house, words);
        return (await EndAsync(process)).ShouldBe(ExitCode.Ok);
    }

    /// <summary>Waits for the end.</summary>
    public static async Task<Outcome> EndAsync(Process process)
    {
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new Outcome(process.ExitCode, await output, await errors);
    }
}
