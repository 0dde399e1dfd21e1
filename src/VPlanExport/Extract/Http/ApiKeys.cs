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
)
{
    private readonly ConcurrentDictionary<string, bool> _accepted = new(StringComparer.Ordinal);
    private int _isFirstRefused;

    public string Current => Volatile.Read(ref _isFirstRefused) == 0 ? settings.ApiKey : settings.ApiKeyNext;

    /// <summary>Whether there is another key to ask with, now that vPlan has refused this one.</summary>
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

    public Task AcceptedAsync(string key, CancellationToken cancellationToken) =>
        accepted is not null && _accepted.TryAdd(key, true) ? accepted(key, cancellationToken) : Task.CompletedTask;
}
