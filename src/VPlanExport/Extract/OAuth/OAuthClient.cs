using System.Globalization;
using System.Text;
using VPlanExport.Extract.Http;
using VPlanExport.Storage;

namespace VPlanExport.Extract.OAuth;

/// <summary>What OAuth keeps for one environment and whom it asks: opened by a command.</summary>
internal sealed class OAuthClient
{
    private const string Folder = "auth";
    private const int LeaseAttempts = 1800;
    private static readonly TimeSpan LeaseWait = TimeSpan.FromMilliseconds(100);

    private readonly IStore _workFolder;
    private readonly TimeProvider _clock;
    private readonly Action<string> _warn;
    private readonly Secrets _secrets;
    private readonly string _name;

    /// <param name="secrets">Is given every token and code.</param>
    /// <param name="handler">Answers instead of the network.</param>
    public OAuthClient(
        VPlanSettings settings,
        IStore workFolder,
        TimeProvider clock,
        Secrets secrets,
        Action<string> warn,
        HttpMessageHandler? handler = null
    )
    {
        settings.OAuth.RequireTokenKey();
        (_workFolder, _clock, _warn) = (workFolder, clock, warn);
        _name = settings.ApiEnv == "" ? "default" : Uri.EscapeDataString(settings.ApiEnv);
        _secrets = new Secrets([settings.OAuth.ClientSecret]) { Also = secrets };
        var seal = new Seal(settings.OAuth.TokenKey);
        Store = new TokenStore(Place(settings), Spare(settings.OAuth), settings.ApiEnv, seal, _secrets);
        Consents = new ConsentStore(
            new SecretFile(workFolder, $"{Folder}/{_name}.state.tmp"),
            settings.ApiEnv,
            seal,
            clock
        );
        Endpoint = new TokenEndpoint(settings.OAuth, clock, _secrets, handler);
    }

    public TokenStore Store { get; }

    public ConsentStore Consents { get; }

    public TokenEndpoint Endpoint { get; }

    /// <summary>What signs requests.</summary>
    public AccessTokens Open(CancellationToken stop) =>
        new(Store, new TokenRefresh(Store, Endpoint, LeaseAsync, _clock, _warn), _secrets, _clock, stop);

    /// <summary>
    /// Changes a code for the first pair of tokens and stores it. Nothing cancels it: a code can be used once.
    /// </summary>
    /// <exception cref="ConfigurationException">vPlan refuses the code or the app.</exception>
    /// <exception cref="SourceUnavailableException">There is no answer.</exception>
    public async Task<TokenRecord> ConnectAsync(Consent consent, string code, bool usesPkce, CancellationToken stop)
    {
        _secrets.Add(code);
        await using var only = await LeaseAsync(stop);
        var outcome = await Endpoint.ExchangeAsync(code, usesPkce ? consent.Verifier : null);
        if (outcome is TokenOutcome.Granted { Grant: { RefreshToken: { } refreshToken } grant })
        {
            var kept = await Store.OverwriteAsync(First(grant, refreshToken), CancellationToken.None);
            await Consents.EndAsync(CancellationToken.None);
            return kept.Current;
        }
        if (!IsCodeLeft(outcome))
            await Consents.EndAsync(CancellationToken.None);
        throw Failure(outcome);
    }

    /// <summary>Whether the same code may be sent again.</summary>
    private static bool IsCodeLeft(TokenOutcome outcome) =>
        outcome is TokenOutcome.NotSent or TokenOutcome.Refused { Error: "invalid_client" or "unauthorized_client" };

    private static Exception Failure(TokenOutcome outcome) =>
        outcome switch
        {
            TokenOutcome.Granted => new ContractException(
                "vPlan's answer to the code holds no refresh_token, without which nothing can run unattended. "
                    + "Report it to vPlan."
            ),
            TokenOutcome.Refused { Error: "invalid_grant" } refused => new ConfigurationException(
                $"{refused.Said}. The code was used before, or has expired: vPlan keeps it for ten minutes. "
                    + "Connect again: vplan-export connect"
            ),
            TokenOutcome.Refused refused => new ConfigurationException(RefreshFaults.Misdirected(refused)),
            TokenOutcome.NotSent none => new SourceUnavailableException(
                $"vPlan's token address cannot be reached: {none.Why}. The code was not sent: run the same "
                    + "command again within ten minutes of the consent. Or check VPlan:OAuth:TokenUrl."
            ),
            TokenOutcome.Lost lost => new SourceUnavailableException(
                $"vPlan's token address does not answer: {lost.Why}. The code may have been used. Connect again: "
                    + "vplan-export connect"
            ),
            _ => new InvalidOperationException($"{outcome} is no outcome."),
        };

    /// <summary>Adds what vPlan tells of itself.</summary>
    public async Task NameAsync(string? environment, string? user, CancellationToken stop)
    {
        await using var only = await LeaseAsync(stop);
        if (await Store.ReadAsync(stop) is { } kept)
            await Store.WriteAsync(
                kept.Version,
                kept.Current with
                {
                    Environment = environment,
                    User = user ?? kept.Current.User,
                },
                kept.Previous,
                stop
            );
    }

    /// <returns>Whether anything was kept.</returns>
    public async Task<bool> DisconnectAsync(CancellationToken stop)
    {
        await using var only = await LeaseAsync(stop);
        await Consents.EndAsync(stop);
        return await Store.DeleteAsync(stop);
    }

    private TokenRecord First(TokenGrant grant, string refreshToken) =>
        new()
        {
            Connection = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture),
            Generation = 1,
            RefreshToken = refreshToken,
            AccessToken = grant.AccessToken,
            ObtainedAt = grant.AskedAt,
            Life = grant.Life,
            ConnectedAt = _clock.GetUtcNow().UtcDateTime,
            User = grant.User,
        };

    /// <summary>Another lease than a run's, since <c>check</c> and <c>connect</c> need it beside a run. It is held for
    /// a minute at most.</summary>
    private async Task<Lease> LeaseAsync(CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await _workFolder.LeaseAsync($"{Folder}/{_name}.lease", stop) is { } lease)
                return lease;
            if (attempt == LeaseAttempts)
                throw new LockedException(
                    $"Another process holds {_workFolder.Location}/{Folder}/{_name}.lease, which keeps two from "
                        + "refreshing vPlan's tokens together. Wait until it has ended, then run again."
                );
            await Task.Delay(LeaseWait, _clock, stop);
        }
    }

    private ISecretPlace Place(VPlanSettings settings) =>
        settings.OAuth.Vault is { } vault
            ? VaultSecret.Open(vault, _name)
            : new SecretFile(_workFolder, $"{Folder}/{_name}.tokens");

    /// <summary>On this machine, which has more than one disk more often than a work folder has.</summary>
    private SecretFile Spare(OAuthSettings settings)
    {
        var file =
            settings.SpareFile != ""
                ? settings.SpareFile
                : Path.Combine(
                    Path.GetTempPath(),
                    $"vplan-export-{Environment.UserName}",
                    $"{_name}-{Checksum.Of(Encoding.UTF8.GetBytes(_workFolder.Location))}.tokens"
                );
        return new SecretFile(new FolderStore(Path.GetDirectoryName(Path.GetFullPath(file))!), Path.GetFileName(file));
    }
}
