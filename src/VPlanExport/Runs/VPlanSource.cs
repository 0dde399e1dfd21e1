using System.Security.Cryptography;
using VPlanExport.Configuration;
using VPlanExport.Extract;
using VPlanExport.Extract.Http;
using VPlanExport.Storage;

namespace VPlanExport.Runs;

/// <summary>vPlan, as a run asks it: within the day's budget, through one client.</summary>
internal sealed class VPlanSource : IDisposable
{
    private readonly VPlanClient? _client;
    private readonly Extractor? _extractor;

    private VPlanSource(RequestBudget budget) => Budget = budget;

    private VPlanSource(
        VPlanClient client,
        RequestBudget budget,
        PersonalDataPolicy personal,
        TimeProvider clock,
        Action<RunEvent> tell
    )
        : this(budget) =>
        (_client, _extractor) = (
            client,
            new Extractor(client, personal, clock, progress => tell(new RunEvent.Reading(progress)))
        );

    public Extractor Extractor => _extractor ?? throw new InvalidOperationException("This source asks vPlan nothing.");

    public RequestBudget Budget { get; }

    /// <param name="workFolder">Where the day's requests are counted and the keys' first use is noted.</param>
    /// <exception cref="ConfigurationException">The key or the environment is not set, or the key would be sent
    /// unencrypted.</exception>
    public static async Task<VPlanSource> OpenAsync(
        Settings settings,
        IStore workFolder,
        TimeProvider clock,
        Action<RunEvent> tell,
        CancellationToken cancellationToken
    )
    {
        RequireKey(settings.VPlan);
        var budget = await RequestBudget.OpenAsync(workFolder, settings.VPlan.RequestsPerDay, clock, cancellationToken);
        var client = new VPlanClient(
            settings.VPlan,
            budget,
            clock,
            Jitter,
            warning => tell(new RunEvent.Warning(warning)),
            accepted: new ApiKeyAges(workFolder, clock).RememberAsync
        );
        return new VPlanSource(client, budget, settings.PersonalData, clock, tell);
    }

    /// <summary>A source without a key, for what needs no request.</summary>
    public static async Task<VPlanSource> OpenSilentAsync(
        Settings settings,
        IStore workFolder,
        TimeProvider clock,
        CancellationToken cancellationToken
    ) => new(await RequestBudget.OpenAsync(workFolder, settings.VPlan.RequestsPerDay, clock, cancellationToken));

    private static void RequireKey(VPlanSettings settings)
    {
        if (settings.ApiKey == "")
            throw new ConfigurationException(
                "VPlan:ApiKey is not set. Put the key into the environment variable VPlan__ApiKey, or into a "
                    + "file that VPlan:ApiKeyFile names."
            );
        if (settings.ApiEnv == "")
            throw new ConfigurationException(
                "VPlan:ApiEnv is not set: it takes the identifier of the vPlan environment that the key belongs to."
            );
    }

    /// <summary>Uniform in [0, 1), from any thread.</summary>
    private static double Jitter() => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue;

    public void Dispose() => _client?.Dispose();
}
