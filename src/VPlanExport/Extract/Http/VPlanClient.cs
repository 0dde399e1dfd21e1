using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace VPlanExport.Extract.Http;

/// <summary>
/// Sends GETs to vPlan, and nothing else: within the request budget, with bounded concurrency, repeated while a fault
/// may pass. Redirects are never followed: vPlan's leads to a page that answers 200 (A:`service-unavailable-344716m0`).
/// The key is in no message. What is on this machine is asked directly, whatever HTTP_PROXY says: .NET exempts no
/// address by itself.
/// </summary>
internal sealed class VPlanClient : IDisposable
{
    private readonly VPlanSettings _settings;
    private readonly RequestBudget _budget;
    private readonly TimeProvider _time;
    private readonly RetryPolicy _faults;
    private readonly ResponseReader _replies;
    private readonly ApiKeys _keys;
    private readonly HttpClient _http;
    private readonly string _base;
    private readonly string? _proxy;
    private readonly SemaphoreSlim _slots;
    private long _pausedUntil;

    /// <param name="random">Uniform in [0, 1): the jitter of the back-off.</param>
    /// <param name="warn">Told once of each path that vPlan calls deprecated, and of a key that it refuses while there
    /// is another.</param>
    /// <param name="handler">Answers instead of the network.</param>
    /// <param name="accepted">Told once of each key that vPlan has answered to.</param>
    public VPlanClient(
        VPlanSettings settings,
        RequestBudget budget,
        TimeProvider time,
        Func<double> random,
        Action<string> warn,
        HttpMessageHandler? handler = null,
        Func<string, CancellationToken, Task>? accepted = null
    )
    {
        _settings = settings;
        _budget = budget;
        _time = time;
        _faults = new RetryPolicy(time, random, settings.LongestWait);
        _replies = new ResponseReader(settings, time, warn);
        _keys = new ApiKeys(settings, warn, accepted);
        _base = BaseUrl(settings);
        _proxy = ConnectionFault.ProxyTo(new Uri(_base));
        _slots = new SemaphoreSlim(Math.Max(1, settings.Concurrency));
        _http = new HttpClient(
            handler
                ?? new SocketsHttpHandler
                {
                    UseProxy = _proxy is not null,
                    AllowAutoRedirect = false,
                    AutomaticDecompression = DecompressionMethods.All,
                    PooledConnectionLifetime = TimeSpan.FromMinutes(10),
                }
        )
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
    internal Task<T> GetAsync<T>(
        string url,
        int attempts,
        Func<ApiResponse, CancellationToken, Task<T>> read,
        Action? attempted,
        CancellationToken cancellationToken
    )
    {
        var path = url.Split('?')[0];
        return _faults.RunAsync(
            path,
            attempts,
            token => AttemptAsync(url, path, read, attempted, token),
            cancellationToken
        );
    }

    private async Task<T> AttemptAsync<T>(
        string url,
        string path,
        Func<ApiResponse, CancellationToken, Task<T>> read,
        Action? attempted,
        CancellationToken cancellationToken
    )
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                await PauseAsync(path, cancellationToken);
                await _budget.TakeAsync(cancellationToken);
                attempted?.Invoke();
                var key = _keys.Current;
                using var response = await SendAsync(url, key, cancellationToken);
                Heed(response);
                if (response.StatusCode == HttpStatusCode.Unauthorized && _keys.GoOnWithout(key))
                    continue;
                if (response.IsSuccessStatusCode)
                    await _keys.AcceptedAsync(key, cancellationToken);
                return await read(await _replies.AcceptAsync(response, path, cancellationToken), cancellationToken);
            }
        }
        finally
        {
            _slots.Release();
        }
    }

    private async Task<HttpResponseMessage> SendAsync(string url, string key, CancellationToken cancellationToken)
    {
        using var request = Request(url, key);
        using var timeout = new CancellationTokenSource(_settings.AttemptTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
        }
        catch (HttpRequestException e)
        {
            throw ConnectionFault.Of(e, new Uri(_base), _proxy);
        }
        catch (OperationCanceledException e)
            when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TransientException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"no answer within {_settings.AttemptTimeout.TotalSeconds:N0} s"
                ),
                inner: e
            );
        }
    }

    private HttpRequestMessage Request(string url, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, _base + url);
        request.Headers.TryAddWithoutValidation("X-Api-Key", key);
        request.Headers.TryAddWithoutValidation("X-Api-Env", _settings.ApiEnv);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("vplan-export", null));
        return request;
    }

    /// <summary>Pauses all requests when the window is used up, or so nearly that the requests in flight would use it
    /// up.</summary>
    private void Heed(HttpResponseMessage response)
    {
        var now = _time.GetUtcNow();
        var limit = RateLimit.Of(response.Headers, now);
        var wait =
            response.StatusCode == HttpStatusCode.TooManyRequests ? limit.Wait
            : limit.Remaining < _settings.Concurrency ? limit.Reset
            : null;
        if (wait is { } pause)
            Interlocked.Exchange(
                ref _pausedUntil,
                Math.Max(Interlocked.Read(ref _pausedUntil), (now + pause).UtcTicks)
            );
    }

    private async Task PauseAsync(string path, CancellationToken cancellationToken)
    {
        var wait = TimeSpan.FromTicks(Interlocked.Read(ref _pausedUntil) - _time.GetUtcNow().UtcTicks);
        if (wait <= TimeSpan.Zero)
            return;
        if (wait > _settings.LongestWait)
            throw new BudgetReachedException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"vPlan's own limit is used up before {path}: its window resets in {wait.TotalMinutes:N0} "
                        + $"minutes, at most {_settings.LongestWait.TotalMinutes:N0} are waited for. Run again then: "
                        + $"the run resumes where it stopped."
                )
            );
        await Task.Delay(wait, _time, cancellationToken);
    }

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
