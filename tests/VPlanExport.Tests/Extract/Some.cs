using System.Net;
using System.Net.Http.Headers;
using System.Text;
using VPlanExport.Extract.Http;
using VPlanExport.Extract.Paging;
using VPlanExport.Storage;
using VPlanExport.Tests.Storage;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Extract;

/// <summary>A client whose answers are written down beforehand, with a clock that does not wait.</summary>
internal sealed class Some : IDisposable
{
    private readonly TempFolder _folder = new();

    public Some() => Store = new FolderStore(_folder.Path);

    public static VPlanSettings Settings =>
        new()
        {
            BaseUrl = "https://vplan.test/v1",
            ApiKey = "s3cret",
            ApiEnv = "acme",
            AttemptTimeout = Timeout.InfiniteTimeSpan,
            StallTimeout = Timeout.InfiniteTimeSpan,
        };

    public FolderStore Store { get; }

    public ImmediateTime Time { get; } = new();

    public List<string> Warnings { get; } = [];

    public List<HttpRequestMessage> Sent { get; } = [];

    public async Task<VPlanClient> ClientAsync(VPlanSettings settings, params Func<HttpResponseMessage>[] answers)
    {
        var budget = await RequestBudget.OpenAsync(
            Store,
            settings.RequestsPerDay,
            Time,
            TestContext.Current.CancellationToken
        );
        return new VPlanClient(settings, budget, Time, () => 0, Warnings.Add, new Script(Sent, answers));
    }

    /// <summary>Asks for one page of cards.</summary>
    public async Task<PageScan> AskAsync(VPlanSettings settings, params Func<HttpResponseMessage>[] answers)
    {
        using var client = await ClientAsync(settings, answers);
        return await client.GetAsync(
            "/card?limit=2&offset=0",
            settings.MaxAttempts,
            (reply, token) => PageScanner.ScanAsync(reply.Body(Stream.Null), "created_at", token),
            null,
            CancellationToken.None
        );
    }

    public static Func<HttpResponseMessage> Page(
        string body = """{"count":1,"limit":2,"offset":0,"data":[{"id":"a","created_at":"2026-01-05T08:00:00Z"}]}""",
        string type = "application/json",
        int status = 200,
        params (string Name, string Value)[] headers
    ) =>
        () =>
        {
            var response = new HttpResponseMessage((HttpStatusCode)status)
            {
                Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
            };
            response.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
            foreach (var (name, value) in headers)
                response.Headers.TryAddWithoutValidation(name, value);
            return response;
        };

    public static Func<HttpResponseMessage> Status(int status, params (string Name, string Value)[] headers) =>
        Page(
            """{"reference":"ref-7","errors":[{"code":10001,"message":"Something","description":"about s3cret things"}]}""",
            status: status,
            headers: headers
        );

    public void Dispose() => _folder.Dispose();

    /// <summary>Answers in turn; the last one stays.</summary>
    private sealed class Script(List<HttpRequestMessage> sent, Func<HttpResponseMessage>[] answers) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            sent.Add(Copy(request));
            return Task.FromResult(answers[Math.Min(sent.Count, answers.Length) - 1]());
        }

        /// <summary>The same request is sent again with another key.</summary>
        private static HttpRequestMessage Copy(HttpRequestMessage request)
        {
            var copy = new HttpRequestMessage(request.Method, request.RequestUri);
            foreach (var (name, values) in request.Headers)
                copy.Headers.TryAddWithoutValidation(name, values);
            return copy;
        }
    }
}
