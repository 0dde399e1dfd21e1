using System.Diagnostics;
using VPlanExport.Tests.Storage;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>A stand-in vPlan that goes on, in a process of its own.</summary>
[Trait("Tier", "platform")]
public sealed class ServedSandboxTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Planners_change_things_meanwhile_until_it_is_stopped()
    {
        using var process = Start("sandbox", "--port", "0", "--size", "tiny", "--changes", "600");
        var settings = await SettingsAsync(process);
        using var client = new HttpClient { BaseAddress = new Uri($"{settings["VPlan__BaseUrl"]}/") };
        client.DefaultRequestHeaders.Add("X-Api-Key", settings["VPlan__ApiKey"]);
        client.DefaultRequestHeaders.Add("X-Api-Env", settings["VPlan__ApiEnv"]);
        var before = await CardsAsync(client);

        while (await CardsAsync(client) == before)
            await Task.Delay(200, TestContext.Current.CancellationToken);

        (await StopAsync(process)).Should().Be(0);
    }

    [Fact]
    public async Task A_demo_that_serves_says_how_to_run_again()
    {
        var place = Path.Combine(_folder.Path, "demo");
        using var process = Start("demo", "--size", "tiny", "--out", place, "--serve");
        var settings = await SettingsAsync(process);

        var again = await ExportProcess.RunAsync(place, settings, "run");

        again.ShouldBe(ExitCode.Ok).Output.Should().Contain("nightly run, committed");
        Directory.GetDirectories(Path.Combine(place, "work", "runs")).Should().HaveCount(3);
        (await StopAsync(process)).Should().Be(0);
    }

    private Process Start(params string[] words)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent by kill.");
        var start = new ProcessStartInfo(
            "dotnet",
            ["exec", Path.Combine(AppContext.BaseDirectory, "vplan-export.dll"), .. words]
        )
        {
            RedirectStandardOutput = true,
            WorkingDirectory = _folder.Path,
        };
        start.Environment.Remove("PSModulePath");
        return Process.Start(start)!;
    }

    /// <summary>The settings that the program prints for a shell.</summary>
    private static async Task<Dictionary<string, string>> SettingsAsync(Process process)
    {
        const string Export = "  export ";
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith(Export, StringComparison.Ordinal))
                return line[Export.Length..].Split(' ').Select(s => s.Split('=', 2)).ToDictionary(s => s[0], s => s[1]);
        }
        throw new InvalidOperationException("The program ended and printed no settings.");
    }

    private static Task<string> CardsAsync(HttpClient client) =>
        client.GetStringAsync("card?limit=1000", TestContext.Current.CancellationToken);

    private static async Task<int> StopAsync(Process process)
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }
}
