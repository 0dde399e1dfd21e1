using System.CommandLine;
using VPlanExport.Commands.Output;
using VPlanExport.Configuration;
using VPlanExport.Extract.OAuth;
using VPlanExport.Runs;

namespace VPlanExport.Commands;

/// <summary>A person's consent, once: from the address that the browser opens to the tokens in the store.</summary>
internal sealed class ConnectCommand : CliCommand
{
    private readonly Option<string?> _file = new("--redirected-file")
    {
        Description =
            "Wait for this file to hold the address at which the browser ends, instead of for a person to paste "
            + "it. It is removed then, because it holds a code.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _listen = new("--listen")
    {
        Description =
            "Wait for the browser itself at this address of this machine, to which your registered address forwards.",
        HelpName = "http://localhost:PORT",
    };

    public ConnectCommand()
    {
        Command = new Command(
            "connect",
            "Connects the export to vPlan by OAuth: prints the address at which a person consents, takes the "
                + "address at which the browser ends, and keeps the tokens, encrypted."
        )
        {
            _file,
            _listen,
        };
        Command.Validators.Add(given =>
        {
            if (given.GetResult(_file) is not null && given.GetResult(_listen) is not null)
                given.AddError(
                    "--redirected-file and --listen were both given, and each waits for the same address: give "
                        + "one of them."
                );
        });
    }

    public override Command Command { get; }

    public override bool Works => true;

    public override string Example => "vplan-export connect --redirected-file redirected.txt";

    public override async Task<ExitCode> InvokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var settings = Settings(context);
        settings.VPlan.OAuth.Require();
        await using var source = await SourceAsync(context, cancellationToken);
        var connection = new Connection(settings, context, source);
        await connection.MakeAsync(cancellationToken);
        return ExitCode.Ok;
    }

    /// <exception cref="ConfigurationException">Keys are in use.</exception>
    internal static Settings Settings(CommandContext context) =>
        context.ReadSettings() is { VPlan.UsesOAuth: true } settings
            ? settings
            : throw new ConfigurationException(
                "VPlan:Auth is 'key', which needs no connection. To connect by OAuth, set VPlan:Auth to 'oauth' first."
            );

    internal static OAuthClient Client(Settings settings, CommandContext context) =>
        new(
            settings.VPlan,
            settings.Runs.WorkFolder.Open(context.Clock),
            context.Clock,
            context.Secrets,
            warning => context.Reporter.Tell(new RunEvent.Warning(warning))
        );

    private async Task<IRedirectSource> SourceAsync(CommandContext context, CancellationToken cancellationToken) =>
        context.Parsed.GetValue(_file) is { } file ? new RedirectFile(file, context.Clock)
        : context.Parsed.GetValue(_listen) is { } address
            ? await RedirectListener.StartAsync(address, cancellationToken)
        : new PastedRedirect(context.Input);
}
