using System.Globalization;
using VPlanExport.Commands.Output;
using VPlanExport.Configuration;
using VPlanExport.Extract;
using VPlanExport.Extract.OAuth;
using VPlanExport.Runs;

namespace VPlanExport.Commands;

/// <summary>Connects an environment, from any source of the address at which the browser ends.</summary>
internal sealed class Connection(Settings settings, CommandContext context, IRedirectSource source)
{
    private readonly OAuthClient _client = ConnectCommand.Client(settings, context);

    /// <exception cref="ConfigurationException">It was denied, is of another attempt, or comes too late; or vPlan
    /// refuses it.</exception>
    public async Task MakeAsync(CancellationToken cancellationToken)
    {
        var consent = await _client.Consents.BeginAsync(cancellationToken);
        Announce(consent.Address(settings.VPlan.OAuth));
        await context.Output.FlushAsync(cancellationToken);
        var redirected = await RedirectedAsync(consent, cancellationToken);
        var code = await CodeAsync(redirected, consent, cancellationToken);
        var record = await _client.ConnectAsync(consent, code, settings.VPlan.OAuth.UsesPkce, cancellationToken);
        await ForgetAsync();
        await TellAsync(record, cancellationToken);
    }

    private void Announce(string address) =>
        context.Reporter.Show(
            "consent",
            new { address, source.Hint },
            output =>
            {
                output.WriteLine(
                    "Open this address in a browser, as a user of vPlan who may read everything that is "
                        + "exported, and consent:"
                );
                output.WriteLine();
                output.WriteLine(address);
                output.WriteLine();
                output.WriteLine(source.Hint);
            }
        );

    private async Task<Redirected> RedirectedAsync(Consent consent, CancellationToken cancellationToken)
    {
        using var end = new CancellationTokenSource(Left(consent), context.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, end.Token);
        try
        {
            var text = await source.ReadAsync(consent.Address(settings.VPlan.OAuth), either.Token);
            return Redirected.Parse(text)
                ?? throw new ConfigurationException(
                    "What was given is no address with a code in it. Copy the whole address from the browser's "
                        + "address bar after the consent, and connect again: vplan-export connect"
                );
        }
        catch (OperationCanceledException)
            when (end.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            await _client.Consents.EndAsync(cancellationToken);
            throw new ConfigurationException(
                "Nobody consented within ten minutes, after which vPlan's code has expired. Connect again: "
                    + "vplan-export connect"
            );
        }
    }

    private TimeSpan Left(Consent consent) => consent.StartedAt + Consent.Life - context.Clock.GetUtcNow().UtcDateTime;

    private async Task<string> CodeAsync(Redirected redirected, Consent consent, CancellationToken cancellationToken)
    {
        context.Secrets.Add(redirected.Code ?? "");
        if (redirected is { Code: { } code, State: { } state, Error: null } && consent.Is(state))
            return code;
        await ForgetAsync();
        if (redirected.Error is null)
            throw new ConfigurationException(
                "The address has another 'state' than the one that was sent, so it is not the answer to this "
                    + "attempt, and its code is not used. Open the address that is printed, and give the one at which "
                    + "the browser ends: vplan-export connect"
            );
        await _client.Consents.EndAsync(cancellationToken);
        throw new ConfigurationException(
            redirected.Error == "access_denied"
                ? "The consent was denied in the browser (access_denied), so nothing is connected. Ask an "
                    + "administrator of vPlan for it, and connect again: vplan-export connect"
                : $"vPlan did not ask for consent ({context.Secrets.Mask(redirected.Error)}). Check "
                    + "VPlan:OAuth:ClientId and VPlan:OAuth:RedirectUri against your app at "
                    + "https://developer.vplan.com, and connect again: vplan-export connect"
        );
    }

    /// <summary>The code is used or refused, so it need not lie around.</summary>
    private async Task ForgetAsync()
    {
        if (await source.ForgetAsync() is { } warning)
            context.Reporter.Tell(new RunEvent.Warning(warning));
    }

    private async Task TellAsync(TokenRecord record, CancellationToken cancellationToken)
    {
        var workFolder = settings.Runs.WorkFolder.Open(context.Clock);
        using var vplan = await VPlanSource.OpenAsync(
            settings,
            workFolder,
            context.Clock,
            context.Tell,
            cancellationToken
        );
        var me = await vplan.Extractor.MeAsync(cancellationToken);
        await _client.NameAsync(me.Name, me.User, cancellationToken);
        var (environment, user) = (Environment(me), me.User ?? record.User);
        context.Reporter.Show(
            "connected",
            new
            {
                environment,
                user,
                record.ConsentEndsAt,
            },
            output =>
                output.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"vPlan is connected: {environment}, as {user ?? "a user whom vPlan does not name"}. "
                            + $"Every run renews the consent for a year; without a run it ends on "
                            + $"{record.ConsentEndsAt:yyyy-MM-dd}, and must be given again before. Try: vplan-export "
                            + $"check"
                    )
                )
        );
    }

    private string Environment(EnvironmentInfo me) =>
        (me.Name, settings.VPlan.ApiEnv) switch
        {
            (null, "") => "an environment that vPlan does not name",
            (null, var id) => $"environment '{id}'",
            (var name, "") => $"environment '{name}'",
            var (name, id) => $"environment '{name}' ({id})",
        };
}
