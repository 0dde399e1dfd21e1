using System.Collections.Concurrent;

namespace VPlanExport.Extract.Http;

/// <summary>The key that is sent: the first one until vPlan refuses it, then the next one, so that a key can be
/// replaced without a failed night.</summary>
/// <param name="warn">Told once that the first is refused.</param>
/// <param name="accepted">Told once of each key that vPlan has answered to.</param>
internal sealed class ApiKeys(
    VPlanSettings settings,
    Action<string> warn,
    Func<string, CancellationToken, Task>? accepted
) : IVPlanCredentials
{
    private readonly ConcurrentDictionary<string, bool> _accepted = new(StringComparer.Ordinal);
    private int _isFirstRefused;

    public Secrets Secrets { get; } = new([settings.ApiKey, settings.ApiKeyNext]);

    public string Advice =>
        "The key or the environment is wrong, or the key was revoked: check VPlan:ApiKey and VPlan:ApiEnv (in "
        + "vPlan: Settings > API Keys).";

    public string Current => Volatile.Read(ref _isFirstRefused) == 0 ? settings.ApiKey : settings.ApiKeyNext;

    public Task<string> CurrentAsync(CancellationToken cancellationToken) => Task.FromResult(Current);

    public void Sign(HttpRequestMessage request, string current)
    {
        request.Headers.Remove("X-Api-Key");
        request.Headers.TryAddWithoutValidation("X-Api-Key", current);
    }

    public Task<bool> GoOnWithoutAsync(string refused, CancellationToken cancellationToken) =>
        Task.FromResult(GoOnWithout(refused));

    public bool GoOnWithout(string refused)
    {
        if (settings.ApiKeyNext == "" || refused == settings.ApiKeyNext)
            return false;
        if (Interlocked.Exchange(ref _isFirstRefused, 1) == 0)
            warn(
                "vPlan refuses VPlan:ApiKey (401), so VPlan:ApiKeyNext is sent from here on. Make that key "
                    + "VPlan:ApiKey and remove VPlan:ApiKeyNext."
            );
        return true;
    }

    public Task AcceptedAsync(string current, CancellationToken cancellationToken) =>
        accepted is not null && _accepted.TryAdd(current, true)
            ? accepted(current, cancellationToken)
            : Task.CompletedTask;
}
