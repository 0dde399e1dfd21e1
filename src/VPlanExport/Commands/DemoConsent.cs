using System.Security.Cryptography;
using VPlanExport.Configuration;
using VPlanExport.Extract.OAuth;
using VPlanExport.Sandbox;
using VPlanExport.Storage;

namespace VPlanExport.Commands;

/// <summary>A made-up person at the sandbox's pages, so that a demo needs no browser.</summary>
internal sealed class DemoConsent(SandboxOAuth app) : IRedirectSource
{
    public string Hint =>
        $"In this demo a made-up person does: logs in as {app.User}, allows it, and pastes the address at which "
        + "the browser ends.";

    /// <summary>Connects as <c>connect</c> does.</summary>
    /// <returns>The settings with which runs sign in by OAuth; the key of the tokens ends with the demo.</returns>
    public static async Task<Settings> GiveAsync(
        CommandContext context,
        Settings settings,
        SandboxServer server,
        CancellationToken cancellationToken
    )
    {
        var app = server.Authorization.App;
        var oauth = new OAuthSettings
        {
            ClientId = app.ClientId,
            ClientSecret = app.ClientSecret,
            RedirectUri = server.LandingUrl.ToString(),
            AuthorizeUrl = server.AuthorizeUrl.ToString(),
            TokenUrl = server.TokenUrl.ToString(),
            TokenKey = RandomNumberGenerator.GetBytes(Seal.KeyBytes),
            UsesPkce = true,
        };
        var signedIn = settings with { VPlan = settings.VPlan with { UsesOAuth = true, OAuth = oauth } };
        await using var person = new DemoConsent(app);
        await new Connection(signedIn, context, person).MakeAsync(cancellationToken);
        return signedIn;
    }

    public async Task<string> ReadAsync(string address, CancellationToken cancellationToken) =>
        (await SandboxBrowser.ConsentAsync(new Uri(address), app, allows: true, cancellationToken)).ToString();

    public Task<string?> ForgetAsync() => Task.FromResult<string?>(null);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
