using Spectre.Console;
using VPlanExport.Commands;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Storage;

namespace VPlanExport.Tests.Support;

/// <summary>What a command line left behind.</summary>
internal sealed record Outcome(int Code, string Output, string Errors)
{
    public string[] Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public Outcome ShouldBe(ExitCode code)
    {
        ((ExitCode)Code).Should().Be(code, $"the output was:\n{Output}\nand the errors:\n{Errors}");
        return this;
    }

    /// <summary>The message names all of this.</summary>
    public Outcome Naming(params string[] parts)
    {
        Errors.Should().ContainAll(parts);
        return this;
    }
}

/// <summary>An operator's folder, with settings that point into it and the key in a file.</summary>
internal sealed class CliHost : IDisposable
{
    public const string Key = "sandbox-key";

    private readonly TempFolder _folder = new();

    public CliHost() => WriteKey(Key);

    public string Folder => _folder.Path;

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Settings as KEY=VALUE; later ones win.</summary>
    public List<string> Settings { get; } = [];

    public string Lake => PathOf("lake");

    public string Work => PathOf("work");

    public string Warehouse => PathOf("warehouse.duckdb");

    /// <summary>Every setting of the workplace, as KEY=VALUE.</summary>
    public IEnumerable<string> Given => Defaults.Concat(Settings);

    private IEnumerable<string> Defaults =>
        [
            "VPlan:ApiEnv=sandbox",
            $"VPlan:ApiKeyFile={PathOf("key.txt")}",
            $"Lake:Location={Lake}",
            $"Warehouse:ConnectionString=Data Source={Warehouse};threads=1",
            $"Runs:WorkFolder={Work}",
        ];

    public string PathOf(string name) => Path.Combine(Folder, name);

    public void WriteKey(string key) => File.WriteAllText(PathOf("key.txt"), key);

    public void Use(SandboxServer server) => Settings.Add($"VPlan:BaseUrl={server.BaseUrl}");

    /// <summary>Starts a small vPlan and points the settings at it.</summary>
    public async Task<SandboxServer> StartVPlanAsync(SandboxOptions? options = null)
    {
        var server = await SandboxServer.StartAsync(
            options ?? new SandboxOptions { Size = SandboxSize.Tiny, Clock = Clock },
            TestContext.Current.CancellationToken
        );
        Use(server);
        return server;
    }

    /// <summary>Runs a command line in this process.</summary>
    public Task<Outcome> InvokeAsync(params string[] args) => InvokeAsync(Clock, args);

    /// <summary>The same by another clock.</summary>
    public async Task<Outcome> InvokeAsync(TimeProvider clock, params string[] args)
    {
        if (args is ["run", ..] && !File.Exists(Warehouse) && !Directory.Exists(Lake))
            File.Copy(await FirstNight.EmptyWarehouse.Value, Warehouse);
        return await InvokeBareAsync(clock, [.. Given.SelectMany(s => new[] { "--set", s }), .. args]);
    }

    /// <summary>Runs a command line without the workplace's settings.</summary>
    public Task<Outcome> InvokeBareAsync(params string[] args) => InvokeBareAsync(Clock, args);

    /// <summary>Runs a command line at a terminal, where a person answers.</summary>
    public static async Task<Outcome> InvokeAtAsync(IAnsiConsole terminal, params string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await new CommandLine(output, errors, TimeProvider.System) { Terminal = terminal }.InvokeAsync(args);
        return new Outcome(code, output.ToString(), errors.ToString());
    }

    /// <summary>The same by another clock.</summary>
    public static async Task<Outcome> InvokeBareAsync(TimeProvider clock, string[] args)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await new CommandLine(output, errors, clock).InvokeAsync(args);
        return new Outcome(code, output.ToString(), errors.ToString());
    }

    public void Dispose() => _folder.Dispose();
}
