using System.Net.Http.Headers;
using System.Runtime.ExceptionServices;
using VPlanExport.Extract.Http;

namespace VPlanExport.Extract.OAuth;

/// <summary>
/// The access token that requests carry: all readers share it, and one of them refreshes it for all. A refresh that
/// failed fails for all of them, so that none sends the token again.
/// </summary>
/// <param name="refresh">Does one refresh.</param>
/// <param name="stop">The command's.</param>
internal sealed class AccessTokens(
    TokenStore store,
    TokenRefresh refresh,
    Secrets secrets,
    TimeProvider clock,
    CancellationToken stop
) : IVPlanCredentials, IDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private TokenRecord? _record;
    private ExceptionDispatchInfo? _failure;

    public Secrets Secrets => secrets;

    public string Advice =>
        "vPlan refuses an access token that it has just given: the user who connected may have lost the rights, "
        + "or VPlan:ApiEnv is another environment than theirs. Correct that, or connect again: vplan-export connect";

    /// <summary>The tokens in use; null before the first request.</summary>
    public TokenRecord? Record => _record;

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    public Task<string> CurrentAsync(CancellationToken cancellationToken) =>
        GetAsync(record => !record.IsDue(Now), cancellationToken);

    public async Task<bool> GoOnWithoutAsync(string refused, CancellationToken cancellationToken)
    {
        await GetAsync(record => record.AccessToken != refused, cancellationToken);
        return true;
    }

    public void Sign(HttpRequestMessage request, string current) =>
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", current);

    public Task AcceptedAsync(string current, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Waits for a refresh that is under way to be stored.</summary>
    public void Dispose()
    {
        _one.Wait();
        _one.Dispose();
    }

    /// <summary>A caller that waits here waits for a refresh to be stored, so that no signal ends the program in
    /// between.</summary>
    private async Task<string> GetAsync(Func<TokenRecord, bool> isUsable, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            _failure?.Throw();
            _record ??= await FirstAsync();
            if (!isUsable(_record))
                _record = (await refresh.RunAsync(isUsable, stop)).Current;
            return _record.AccessToken;
        }
        catch (ExportException e)
        {
            _failure ??= ExceptionDispatchInfo.Capture(e);
            throw;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>A pair whose newer one is damaged is looked at under the lease.</summary>
    private async Task<TokenRecord> FirstAsync()
    {
        var kept = await store.ReadAsync(stop) ?? throw RefreshFaults.NotConnected(store.Location);
        return kept.Damage is null
            ? kept.Current
            : (await refresh.RunAsync(record => !record.IsDue(Now), stop)).Current;
    }
}
