using System.Diagnostics;
using System.Globalization;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Report;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>The program as it is started: with its own environment, current folder and signals.</summary>
[Trait("Tier", "platform")]
public sealed class ProgramTests : IDisposable
{
    private readonly CliHost _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task A_flag_beats_the_environment_which_beats_the_file()
    {
        File.WriteAllText(
            _place.PathOf("appsettings.json"),
            """{ "VPlan": { "RequestsPerDay": 1000, "Concurrency": 2 } }"""
        );

        (await StartAsync("status", "VPlan__Concurrency=3")).ShouldBe(ExitCode.Ok).Output.Should().Contain("of 1000");
        (await StartAsync("status", "VPlan__RequestsPerDay=2000"))
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .Contain("of 2000");
        (await StartAsync("status", "VPLAN__REQUESTSPERDAY=2500"))
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .Contain("of 2500", "the agent of a pipeline writes its variables in capitals");
        (await StartAsync("status --set VPlan:RequestsPerDay=3000", "VPlan__RequestsPerDay=2000"))
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .Contain("of 3000");
        (await StartAsync("status", "VPlan__Concurency=3"))
            .ShouldBe(ExitCode.Configuration)
            .Naming("VPlan:Concurency", "VPlan:Concurrency");
    }

    [Fact]
    public async Task A_section_that_is_misspelt_is_warned_about_and_what_is_of_other_programs_is_not()
    {
        File.WriteAllText(
            _place.PathOf("appsettings.json"),
            """{ "Wharehouse": { "Kind": "duckdb" }, "Logging": { "LogLevel": "Debug" } }"""
        );

        var shown = (await StartAsync("status", "VPaln__Concurrency=3", "OTHER__THING=x")).ShouldBe(ExitCode.Ok);

        shown
            .Output.Should()
            .Contain("'Wharehouse:Kind' in appsettings.json is no setting and is left out. Did you mean 'Warehouse'?")
            .And.Contain("'VPaln__Concurrency' in the environment is no setting and is left out. Did you mean 'VPlan'?")
            .And.NotContain("Logging")
            .And.NotContain("OTHER");
        shown.Output.Should().StartWith("NEVER", "monitors read the first word");
        (await StartAsync("status --format json", "VPaln__Concurrency=3"))
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .StartWith("{", "programs read it");
        (await StartAsync("check", "VPaln__Concurrency=3")).Output.Should().Contain("Did you mean 'VPlan'?");
    }

    [Fact]
    public async Task A_machine_without_time_zones_is_told_what_to_install()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has time zones of its own.");

        (await StartAsync("status", "TZDIR=/nonexistent"))
            .ShouldBe(ExitCode.Configuration)
            .Naming(
                "VPlan:TimeZone is 'Europe/Amsterdam', and this machine has no time zone data in '/nonexistent'",
                "tzdata"
            );
    }

    [Fact]
    public async Task The_key_from_the_environment_is_sent_and_one_in_the_file_is_refused()
    {
        await using var server = await SandboxServer.StartAsync(
            new SandboxOptions { Size = SandboxSize.Tiny },
            TestContext.Current.CancellationToken
        );
        var url = $"VPlan__BaseUrl={server.BaseUrl}";

        (await StartAsync("check", url, "VPlan__ApiEnv=sandbox", "VPlan__ApiKey=" + CliHost.Key)).ShouldBe(ExitCode.Ok);
        File.WriteAllText(_place.PathOf("appsettings.json"), """{ "VPlan": { "ApiKey": "s3cret-value" } }""");
        var refused = (await StartAsync("check", url, "VPlan__ApiEnv=sandbox")).ShouldBe(ExitCode.Configuration);

        refused.Output.Should().Contain("FAIL  settings: ").And.Contain("VPlan__ApiKey").And.NotContain("s3cret-value");
    }

    [Fact]
    public async Task Secrets_of_the_environment_are_masked_in_what_the_process_writes()
    {
        string[] secrets =
        [
            "k3y-of-the-environment",
            "n3xt-of-the-environment",
            "p4ss-of-the-environment",
            "pr1vacy-of-the-environment",
        ];
        await using var server = await SandboxServer.StartAsync(
            new SandboxOptions { Size = SandboxSize.Tiny },
            TestContext.Current.CancellationToken
        );
        server.Faults = FaultSchedule.When(_ => new Fault(FaultKind.Status401)
        {
            Description = string.Join(' ', secrets),
        });
        string[] environment =
        [
            $"VPlan__BaseUrl={server.BaseUrl}",
            "VPlan__ApiEnv=sandbox",
            $"VPlan__ApiKey={secrets[0]}",
            $"VPLAN__APIKEYNEXT={secrets[1]}",
            $"Warehouse__ConnectionString=Data Source=./w.duckdb;Password={secrets[2]}",
            $"Privacy__Key={secrets[3]}",
        ];

        var outcomes = new List<Outcome>
        {
            await StartAsync("check", environment),
            await StartAsync($"status --set VPlan:PageSize={string.Join('|', secrets)}", environment),
            await StartAsync($"{secrets[0]} --{secrets[1]}", environment),
        };

        outcomes.Should().OnlyContain(o => o.Code != 0 && (o.Output + o.Errors).Contains("***"));
        outcomes.Select(o => o.Output + o.Errors).Should().OnlyContain(text => !secrets.Any(text.Contains));
    }

    [Fact]
    public async Task A_signal_stops_a_run_which_says_so_and_the_next_one_goes_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent by kill.");
        await using var server = await SandboxServer.StartAsync(
            new SandboxOptions { Size = SandboxSize.Tiny },
            TestContext.Current.CancellationToken
        );
        server.Faults = FaultSchedule.When(r =>
            r.Path == "/time_tracking" ? new Fault(FaultKind.Slow) { Delay = TimeSpan.FromMinutes(1) } : null
        );
        string[] environment =
        [
            $"VPlan__BaseUrl={server.BaseUrl}",
            "VPlan__ApiEnv=sandbox",
            "VPlan__ApiKey=" + CliHost.Key,
        ];
        using var process = Start("run --report night.html", environment);
        while (!server.Requests.Any(r => r.PathAndQuery.StartsWith("/card", StringComparison.Ordinal)))
            await Task.Delay(50, TestContext.Current.CancellationToken);

        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        var stopped = await OutcomeAsync(process);
        server.Faults = FaultSchedule.None;
        var next = await StartAsync("run", environment);

        stopped.Code.Should().Be(130, stopped.Errors);
        stopped.Naming("Stopped by a signal", "goes on");
        ReportPage
            .Of(await File.ReadAllTextAsync(_place.PathOf("night.html"), TestContext.Current.CancellationToken))
            .Verdict.Should()
            .StartWith("Failed: Stopped by a signal")
            .And.Contain("Exit code 130");
        next.ShouldBe(ExitCode.Ok).Output.Should().Contain("Going on with nightly run");
    }

    private async Task<Outcome> StartAsync(string line, params string[] environment)
    {
        using var process = Start(line, environment);
        return await OutcomeAsync(process);
    }

    private Process Start(string line, string[] environment)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "vplan-export.dll");
        var start = new ProcessStartInfo("dotnet", ["exec", program, .. line.Split(' ')])
        {
            WorkingDirectory = _place.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var variable in environment)
            start.Environment[variable.Split('=')[0]] = variable[
                (variable.IndexOf('=', StringComparison.Ordinal) + 1)..
            ];
        return Process.Start(start)!;
    }

    private static async Task<Outcome> OutcomeAsync(Process process)
    {
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Outcome(process.ExitCode, output, await errors);
    }
}
