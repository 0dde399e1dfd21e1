using System.CommandLine;

namespace VPlanExport.Commands;

/// <summary>Removes what a connection keeps.</summary>
internal sealed class DisconnectCommand : CliCommand
{
    public override Command Command { get; } =
        new("disconnect", "Removes the tokens that 'connect' has kept, and says what to remove in vPlan.");

    public override string Example => "vplan-export disconnect";

    public override async Task<ExitCode> InvokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var client = ConnectCommand.Client(ConnectCommand.Settings(context), context);
        var wasKept = await client.DisconnectAsync(cancellationToken);
        context.Reporter.Say(
            wasKept
                ? $"The tokens in {client.Store.Location} are removed, and this export is no longer connected. "
                    + "vPlan does not know that: there, an administrator takes the app's access away (Settings > "
                    + "Developers). If nothing else uses the app, delete it at https://developer.vplan.com, and "
                    + "remove VPlan:OAuth:ClientSecret and VPlan:OAuth:TokenKey from where they are kept."
                : $"This export is not connected: {client.Store.Location} holds no tokens. Nothing was removed."
        );
        return ExitCode.Ok;
    }
}
