using System.CommandLine;
using System.Security.Cryptography;
using VPlanExport.Commands.Output;
using VPlanExport.Sandbox;
using VPlanExport.Storage;

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

    private readonly Option<int> _changes = new("--changes")
    {
        Description = "Changes a minute that planners make meanwhile, 0 to 600.",
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
            _changes,
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
            HasOddTexts = false,
        };
        var changes = Changes(context.Parsed.GetValue(_changes));
        await using var server = await StartAsync(options, cancellationToken);
        Announce(context.Reporter, server, options);
        await context.Output.FlushAsync(cancellationToken);
        await ServeAsync(context, server, new Random(options.Seed), changes, cancellationToken);
        return ExitCode.Ok;
    }

    /// <summary>Goes on until it is stopped.</summary>
    /// <param name="changes">How many a minute, spread over it.</param>
    internal static async Task ServeAsync(
        CommandContext context,
        SandboxServer server,
        Random random,
        int changes,
        CancellationToken cancellationToken
    )
    {
        var pause = changes == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMinutes(1.0 / changes);
        try
        {
            while (true)
            {
                await Task.Delay(pause, context.Clock, cancellationToken);
                server.World.ChangeSome(1, random);
            }
        }
        catch (OperationCanceledException)
        {
            context.Reporter.Say("Stopped.");
        }
    }

    private static void Announce(Reporter reporter, SandboxServer server, SandboxOptions options)
    {
        var shell = ShellText.Current();
        reporter.Show(
            "sandbox",
            Fields(server, options),
            output =>
            {
                output.WriteLine(
                    $"vPlan sandbox ({options.Size.ToString().ToLowerInvariant()}) at {server.BaseUrl}. Stop it "
                        + "with Ctrl+C. To export from it, in another shell:"
                );
                output.WriteLine($"  {KeySettings(shell, server, options)}");
                output.WriteLine("  vplan-export run");
                output.WriteLine(
                    $"Or by OAuth, as user {options.OAuth.User} with the password {options.OAuth.Password}:"
                );
                output.WriteLine($"  {OAuthSettings(shell, server, options)}");
                output.WriteLine($"  vplan-export connect {shell.And} vplan-export run");
            }
        );
    }

    /// <summary>What lets the next commands of a shell export from the stand-in.</summary>
    internal static string KeySettings(ShellText shell, SandboxServer server, SandboxOptions options) =>
        shell.Set(
            ("VPlan:BaseUrl", server.BaseUrl),
            ("VPlan:ApiKey", options.ApiKey),
            ("VPlan:ApiEnv", options.ApiEnv)
        );

    private static string OAuthSettings(ShellText shell, SandboxServer server, SandboxOptions options) =>
        shell.Set(
            ("VPlan:Auth", "oauth"),
            ("VPlan:BaseUrl", server.BaseUrl),
            ("VPlan:ApiEnv", options.ApiEnv),
            ("VPlan:OAuth:ClientId", options.OAuth.ClientId),
            ("VPlan:OAuth:ClientSecret", options.OAuth.ClientSecret),
            ("VPlan:OAuth:RedirectUri", server.LandingUrl),
            ("VPlan:OAuth:AuthorizeUrl", server.AuthorizeUrl),
            ("VPlan:OAuth:TokenUrl", server.TokenUrl),
            ("VPlan:OAuth:TokenKey", Convert.ToBase64String(RandomNumberGenerator.GetBytes(Seal.KeyBytes)))
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

    private static int Changes(int aMinute) =>
        aMinute is >= 0 and <= 600
            ? aMinute
            : throw new ConfigurationException($"--changes is {aMinute}; it takes changes a minute from 0 to 600.");

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
