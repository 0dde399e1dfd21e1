using System.Net;
using System.Text;
using Polly;
using Polly.Retry;
using Polly.Timeout;
using VPlanExport.Configuration;

namespace VPlanExport.Commands.Watch;

/// <summary>Sends notices and heartbeats: tried again a little, never for long, and it fails no run.</summary>
internal sealed class Notifier : IDisposable
{
    /// <summary>For one attempt.</summary>
    public static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(4);

    private const int Attempts = 3;
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(0.5);

    private readonly NotifySettings _settings;
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline;
    private readonly HttpClient _direct = Client(useProxy: false);
    private readonly HttpClient _proxied = Client(useProxy: true);

    public Notifier(NotifySettings settings, TimeProvider clock)
    {
        _settings = settings;
        _pipeline = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = clock }
            .AddRetry(
                new RetryStrategyOptions<HttpResponseMessage>
                {
                    ShouldHandle = new PredicateBuilder<HttpResponseMessage>()
                        .Handle<HttpRequestException>()
                        .Handle<TimeoutRejectedException>()
                        .HandleResult(r => MayPass(r.StatusCode)),
                    MaxRetryAttempts = Attempts - 1,
                    Delay = Wait,
                }
            )
            .AddTimeout(AttemptTimeout)
            .Build();
    }

    public bool Sends(string happened) => _settings.Url != "" && _settings.On.Contains(happened);

    public bool Beats => _settings.Heartbeat != "";

    /// <returns>Why it could not be sent; null when it was.</returns>
    public Task<string?> SendAsync(Notice notice) =>
        CallAsync(
            "The notification",
            "Notify:Url",
            new Uri(_settings.Url),
            () => new StringContent(notice.As(_settings.Format), Encoding.UTF8, "application/json")
        );

    /// <param name="suffix">Empty for a good end, /start or /fail.</param>
    /// <returns>Why it could not be sent; null when it was.</returns>
    public Task<string?> BeatAsync(string suffix)
    {
        var url = new UriBuilder(_settings.Heartbeat);
        url.Path = suffix == "" ? url.Path : url.Path.TrimEnd('/') + suffix;
        return CallAsync(
            "The heartbeat",
            "Notify:Heartbeat",
            suffix == "" ? new Uri(_settings.Heartbeat) : url.Uri,
            null
        );
    }

    public void Dispose()
    {
        _direct.Dispose();
        _proxied.Dispose();
    }

    /// <param name="content">What is posted; null for a GET.</param>
    private async Task<string?> CallAsync(string what, string setting, Uri url, Func<HttpContent>? content)
    {
        try
        {
            using var answer = await _pipeline.ExecuteAsync(async token => await SendAsync(url, content, token));
            return answer.IsSuccessStatusCode ? null : Fault($"it answered {(int)answer.StatusCode}");
        }
        catch (HttpRequestException e)
        {
            return Fault(e.Message.TrimEnd('.'));
        }
        catch (TimeoutRejectedException)
        {
            return Fault(FormattableString.Invariant($"no answer within {AttemptTimeout.TotalSeconds:0} s"));
        }

        string Fault(string why) => $"{what} could not be sent to {url.Authority}: {why}. Check {setting}.";
    }

    private async Task<HttpResponseMessage> SendAsync(Uri url, Func<HttpContent>? content, CancellationToken token)
    {
        using var request = new HttpRequestMessage(content is null ? HttpMethod.Get : HttpMethod.Post, url)
        {
            Content = content?.Invoke(),
        };
        return await (url.IsLoopback ? _direct : _proxied).SendAsync(request, token);
    }

    private static bool MayPass(HttpStatusCode status) =>
        status
            is HttpStatusCode.TooManyRequests
                or HttpStatusCode.RequestTimeout
                or >= HttpStatusCode.InternalServerError;

    private static HttpClient Client(bool useProxy) =>
        new(new SocketsHttpHandler { UseProxy = useProxy }) { Timeout = Timeout.InfiniteTimeSpan };
}
