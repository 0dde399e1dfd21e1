using System.Security.Cryptography;
using VPlanExport.Configuration;
using VPlanExport.Extract;
using VPlanExport.Extract.Http;
using VPlanExport.Extract.OAuth;
using VPlanExport.Storage;

namespace VPlanExport.Runs;

/// <summary>vPlan, as a run asks it: within the day's budget, through one client.</summary>
internal sealed class VPlanSource : IDisposable
{
    private readonly VPlanClient? _client;
    private readonly Extractor? _extractor;
    private readonly IDisposable? _credentials;

    private VPlanSource(RequestBudget budget) => Budget = budget;

    private VPlanSource(
        VPlanClient client,
        IVPlanCredentials credentials,
        RequestBudget budget,
        PersonalDataPolicy personal,
        TimeProvider clock,
        Action<RunEvent> tell
    )
        : this(budget) =>
        (_client, _credentials, _extractor) = (
            client,
            credentials as IDisposable,
            new Extractor(client, personal, clock, progress => tell(new RunEvent.PagesRead(progress)))
        );

    public Extractor Extractor => _extractor ?? throw new InvalidOperationException("This source asks vPlan nothing.");

    public RequestBudget Budget { get; }

    /// <param name="workFolder">Where the day's requests are counted, the keys' first use is noted and the tokens are
    /// kept.</param>
    /// <param name="cancellationToken">The command's: it is observed while tokens are refreshed, too.</param>
    /// <exception cref="ConfigurationException">What signs in is not set, or would be sent unencrypted.</exception>
    public static async Task<VPlanSource> OpenAsync(
        Settings settings,
        IStore workFolder,
        TimeProvider clock,
        Action<RunEvent> tell,
        CancellationToken cancellationToken
    )
    {
        void Warn(string warning) => tell(new RunEvent.Warning(warning));
        Require(settings.VPlan);
        IVPlanCredentials credentials = settings.VPlan.UsesOAuth
            ? new OAuthClient(settings.VPlan, workFolder, clock, settings.Secrets, Warn).Open(cancellationToken)
            : new ApiKeys(settings.VPlan, Warn, new ApiKeyAges(workFolder, clock).RememberAsync);
        return await OpenAsync(settings, credentials, workFolder, clock, tell, cancellationToken);
    }

    /// <summary>The same with a key or token of the caller's.</summary>
    public static async Task<VPlanSource> OpenAsync(
        Settings settings,
        IVPlanCredentials credentials,
        IStore workFolder,
        TimeProvider clock,
        Action<RunEvent> tell,
        CancellationToken cancellationToken
    )
    {
        var budget = await RequestBudget.OpenAsync(workFolder, settings.VPlan.RequestsPerDay, clock, cancellationToken);
        var client = new VPlanClient(
            settings.VPlan,
            budget,
            clock,
            Jitter,
            warning => tell(new RunEvent.Warning(warning)),
            credentials: credentials,
            watch: new RequestWatch(
                request => tell(new RunEvent.Sent(request)),
                wait => tell(new RunEvent.Waited(wait))
            )
        );
        return new VPlanSource(client, credentials, budget, settings.PersonalData, clock, tell);
    }

    /// <summary>A source without a key, for what needs no request.</summary>
    public static async Task<VPlanSource> OpenSilentAsync(
        Settings settings,
        IStore workFolder,
        TimeProvider clock,
        CancellationToken cancellationToken
    ) => new(await RequestBudget.OpenAsync(workFolder, settings.VPlan.RequestsPerDay, clock, cancellationToken));

    private static void Require(VPlanSettings settings)
    {
        if (settings.UsesOAuth)
        {
            settings.OAuth.Require();
            return;
        }
        if (settings.ApiKey == "")
            throw new ConfigurationException(
                "VPlan:ApiKey is not set. Put the key into the environment variable VPlan__ApiKey, or into a "
                    + $"file that VPlan:ApiKeyFile names, or run vplan-export init. {VPlanSettings.WhereToFind}"
            );
        if (settings.ApiEnv == "")
            throw new ConfigurationException(
                "VPlan:ApiEnv is not set: it takes the identifier of the vPlan environment that the key belongs to. "
                    + VPlanSettings.WhereToFind
            );
    }

    /// <summary>Uniform in [0, 1), from any thread.</summary>
    private static double Jitter() => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue;

    public void Dispose()
    {
        _client?.Dispose();
        _credentials?.Dispose();
    }
}
