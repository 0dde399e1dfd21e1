using System.Net;
using System.Net.Http.Headers;

namespace VPlanExport.Extract.Http;

/// <summary>
/// Sends GETs to vPlan, and nothing else: within the request budget, with bounded concurrency, repeated while a fault
/// may pass. Redirects are never followed: vPlan's leads to a page that answers 200 (A:`service-unavailable-344716m0`).
/// What it signs in with is in no message. What is on this machine is asked directly, whatever HTTP_PROXY says: .NET
/// exempts no address by itself.
/// </summary>
internal sealed class VPlanClient : IDisposable
{
    private readonly VPlanSettings _settings;
    private readonly RequestBudget _budget;
    private readonly RetryPolicy _faults;
    private readonly ResponseReader _replies;
    private readonly HttpClient _http;
    private readonly string _base;
    private readonly SemaphoreSlim _slots;

    /// <param name="random">Uniform in [0, 1): the jitter of the back-off.</param>
    /// <param name="warn">Told once of each path that vPlan calls deprecated, and of a key that it refuses while there
    /// is another.</param>
    /// <param name="handler">Answers instead of the network.</param>
    /// <param name="credentials">Null for the API keys of the settings.</param>
    /// <param name="watch">Null when nobody counts.</param>
    public VPlanClient(
        VPlanSettings settings,
        RequestBudget budget,
        TimeProvider time,
        Func<double> random,
        Action<string> warn,
        HttpMessageHandler? handler = null,
        IVPlanCredentials? credentials = null,
        RequestWatch? watch = null
    )
    {
        _settings = settings;
        _budget = budget;
        _faults = new RetryPolicy(time, random, settings.LongestWait);
        _base = BaseUrl(settings);
        _slots = new SemaphoreSlim(Math.Max(1, settings.Concurrency));
        credentials ??= new ApiKeys(settings, warn, null);
        _replies = new ResponseReader(settings, credentials, time, warn);
        var (address, proxy) = (new Uri(_base), ConnectionFault.ProxyTo(new Uri(_base)));
        var attempt = new AttemptHandler(settings, address, proxy, budget, time, handler ?? Network(proxy), watch);
        _http = new HttpClient(new CredentialsHandler(credentials, settings.ApiEnv, attempt))
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    internal VPlanSettings Settings => _settings;

    internal int RequestsLeft => _budget.Left;

    public void Dispose()
    {
        _http.Dispose();
        _slots.Dispose();
    }

    /// <summary>One question, with all the attempts it takes.</summary>
    /// <param name="url">Path and query below the base URL.</param>
    /// <param name="read">Reads a JSON body; called once an attempt. A <see cref="TransientException"/> it throws leads
    /// to the next attempt.</param>
    /// <param name="attempted">Called for each request sent.</param>
    /// <param name="entity">What is asked for; null for what belongs to no entity.</param>
    internal Task<T> GetAsync<T>(
        string url,
        int attempts,
        Func<ApiResponse, CancellationToken, Task<T>> read,
        Action? attempted,
        CancellationToken cancellationToken,
        string? entity = null
    )
    {
        var path = url.Split('?')[0];
        return _faults.RunAsync(
            path,
            attempts,
            token => AttemptAsync(url, path, read, attempted, entity, token),
            cancellationToken
        );
    }

    private async Task<T> AttemptAsync<T>(
        string url,
        string path,
        Func<ApiResponse, CancellationToken, Task<T>> read,
        Action? attempted,
        string? entity,
        CancellationToken cancellationToken
    )
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            using var request = Request(url);
            request.Options.Set(AttemptHandler.Path, path);
            request.Options.Set(AttemptHandler.Attempted, attempted);
            request.Options.Set(AttemptHandler.Entity, entity);
            using var response = await _http.SendAsync(
                request,
                HttpCompletionOption.ResponseHeadersRead,
                cancellationToken
            );
            return await read(await _replies.AcceptAsync(response, path, cancellationToken), cancellationToken);
        }
        finally
        {
            _slots.Release();
        }
    }

    private HttpRequestMessage Request(string url)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, _base + url);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("vplan-export", null));
        return request;
    }

    private static SocketsHttpHandler Network(string? proxy) =>
        new()
        {
            UseProxy = proxy is not null,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
        };

    private static string BaseUrl(VPlanSettings settings)
    {
        if (
            !Uri.TryCreate(settings.BaseUrl, UriKind.Absolute, out var url)
            || (url.Scheme != Uri.UriSchemeHttps && url.Scheme != Uri.UriSchemeHttp)
        )
            throw new ConfigurationException(
                $"VPlan:BaseUrl '{settings.BaseUrl}' is no web address. Use https://api.vplan.com/v1."
            );
        if (url.Scheme == Uri.UriSchemeHttp && !url.IsLoopback)
            throw new ConfigurationException(
                $"VPlan:BaseUrl '{settings.BaseUrl}' would send the key unencrypted; http is allowed to this "
                    + "machine only. Use https."
            );
        if (!IsHeaderText(settings.ApiKey) || !IsHeaderText(settings.ApiKeyNext) || !IsHeaderText(settings.ApiEnv))
            throw new ConfigurationException(
                "VPlan:ApiKey, VPlan:ApiKeyNext or VPlan:ApiEnv holds a character that cannot be sent, such as a "
                    + "line break. Copy it again."
            );
        return settings.BaseUrl.TrimEnd('/');
    }

    private static bool IsHeaderText(string text) => text.All(c => c is > ' ' and < (char)127);
}
