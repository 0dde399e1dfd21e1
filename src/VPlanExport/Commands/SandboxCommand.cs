using System.CommandLine;
using VPlanExport.Commands.Output;
using VPlanExport.Sandbox;

namespace VPlanExport.Commands;

/// <summary>Serves the stand-in vPlan.</summary>
internal sealed class SandboxCommand : CliCommand
{
    private readonly Option<int> _port = new("--port")
    {
        Description = "Port on this machine; 0 takes a free one.",
        DefaultValueFactory = _ => 5080,
    };
    private readonly Option<SandboxSize> _size = SizeOption(SandboxSize.Medium);
    private readonly Option<int> _seed = new("--seed")
    {
        Description = "The same seed makes the same data.",
        DefaultValueFactory = _ => 1,
    };
    private readonly Option<int> _latency = new("--latency")
    {
        Description = "Milliseconds added to every answer.",
        DefaultValueFactory = _ => 0,
    };

    public SandboxCommand() =>
        Command = new Command(
            "sandbox",
            "Serves a stand-in vPlan with made-up data, on this machine only, until it is stopped."
        )
        {
            _port,
            _size,
            _seed,
            _latency,
        };

    public override Command Command { get; }

    public override string Example => "vplan-export sandbox --port 5080 --size medium";

    public override async Task<ExitCode> InvokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var options = new SandboxOptions
        {
            Port = Port(context.Parsed.GetValue(_port)),
            Size = context.Parsed.GetValue(_size),
            Seed = context.Parsed.GetValue(_seed),
            Latency = Latency(context.Parsed.GetValue(_latency)),
            Clock = context.Clock,
        };
        await using var server = await StartAsync(options, cancellationToken);
        Announce(context.Reporter, server, options);
        await context.Output.FlushAsync(cancellationToken);
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            context.Reporter.Say("Stopped.");
        }
        return ExitCode.Ok;
    }

    private static void Announce(Reporter reporter, SandboxServer server, SandboxOptions options) =>
        reporter.Show(
            "sandbox",
            Fields(server, options),
            output =>
            {
                output.WriteLine(
                    $"vPlan sandbox ({options.Size.ToString().ToLowerInvariant()}) at {server.BaseUrl}. Stop it "
                        + "with Ctrl+C. To export from it, in another shell:"
                );
                output.WriteLine(
                    $"  VPlan__BaseUrl={server.BaseUrl} VPlan__ApiKey={options.ApiKey} "
                        + $"VPlan__ApiEnv={options.ApiEnv} vplan-export run"
                );
                output.WriteLine(
                    $"Or by OAuth, as user {options.OAuth.User} with the password {options.OAuth.Password}:"
                );
                output.WriteLine(
                    $"  export VPlan__Auth=oauth VPlan__BaseUrl={server.BaseUrl} VPlan__ApiEnv={options.ApiEnv} "
                        + $"VPlan__OAuth__ClientId={options.OAuth.ClientId} "
                        + $"VPlan__OAuth__ClientSecret={options.OAuth.ClientSecret}"
                );
                output.WriteLine(
                    $"  export VPlan__OAuth__RedirectUri={server.LandingUrl} "
                        + $"VPlan__OAuth__AuthorizeUrl={server.AuthorizeUrl} VPlan__OAuth__TokenUrl={server.TokenUrl} "
                        + "VPlan__OAuth__TokenKey=$(openssl rand -base64 32)"
                );
                output.WriteLine("  vplan-export connect && vplan-export run");
            }
        );

    private static object Fields(SandboxServer server, SandboxOptions options) =>
        new
        {
            server.BaseUrl,
            options.ApiKey,
            options.ApiEnv,
            oAuth = new
            {
                options.OAuth.ClientId,
                options.OAuth.ClientSecret,
                server.LandingUrl,
                server.AuthorizeUrl,
                server.TokenUrl,
                options.OAuth.User,
                options.OAuth.Password,
            },
        };

    internal static Option<SandboxSize> SizeOption(SandboxSize size) =>
        new Option<SandboxSize>("--size")
        {
            Description = "How much data.",
            DefaultValueFactory = _ => size,
        }.AcceptOnlyFromAmong([.. Enum.GetNames<SandboxSize>().Select(n => n.ToLowerInvariant())]);

    private static TimeSpan Latency(int milliseconds) =>
        milliseconds is >= 0 and <= 60_000
            ? TimeSpan.FromMilliseconds(milliseconds)
            : throw new ConfigurationException($"--latency is {milliseconds}; it takes milliseconds from 0 to 60000.");

    internal static int Port(int port) =>
        port is >= 0 and <= 65535
            ? port
            : throw new ConfigurationException($"--port is {port}; it takes a port from 0 (any free one) to 65535.");

    internal static async Task<SandboxServer> StartAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await SandboxServer.StartAsync(options, cancellationToken);
        }
        catch (IOException e)
        {
            throw new ConfigurationException(
                $"Port {options.Port} cannot be used: {e.Message} Give another --port, or 0 for a free one.",
                e
            );
        }
    }
}
