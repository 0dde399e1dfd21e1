using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Core;
using Azure.Identity;

namespace VPlanExport.PowerBi;

/// <summary>What a refresh loads again.</summary>
/// <param name="Partition">Null for the whole table.</param>
internal sealed record RefreshObject(string Table, string? Partition = null);

/// <summary>
/// The enhanced refresh of a published model, followed until it ends:
/// https://learn.microsoft.com/power-bi/connect-data/asynchronous-refresh.
/// </summary>
/// <param name="datasets">Address of the dataset, without a slash at its end.</param>
/// <param name="limit">How long a refresh is followed.</param>
internal sealed class ModelRefresh(
    HttpClient http,
    TokenCredential credential,
    Uri dataset,
    TimeSpan limit,
    TimeProvider clock
)
{
    private const string Scope = "https://analysis.windows.net/powerbi/api/.default";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>Refreshes these tables and partitions, all or none.</summary>
    /// <returns>How long it took.</returns>
    /// <exception cref="SinkException">Power BI refused it, it failed, or it did not end in time.</exception>
    public async Task<TimeSpan> RunAsync(IReadOnlyList<RefreshObject> objects, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        using var accepted = await SendAsync(() => Started(objects), began, cancellationToken);
        if (accepted.StatusCode != HttpStatusCode.Accepted)
            throw await RefusedAsync(accepted, cancellationToken);
        var refresh =
            accepted.Headers.Location
            ?? Below(accepted.Headers.TryGetValues("x-ms-request-id", out var ids) ? ids.First() : "");
        while (true)
        {
            await Task.Delay(Pause, clock, cancellationToken);
            using var answer = await SendAsync(
                () => new HttpRequestMessage(HttpMethod.Get, refresh),
                began,
                cancellationToken
            );
            if (!answer.IsSuccessStatusCode)
                throw await RefusedAsync(answer, cancellationToken);
            using var state = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellationToken));
            if (IsDone(state.RootElement))
                return clock.GetElapsedTime(began);
            if (clock.GetElapsedTime(began) > limit)
                throw TooLong();
        }
    }

    private Uri Below(string id) => new($"{dataset}/refreshes/{id}");

    private HttpRequestMessage Started(IReadOnlyList<RefreshObject> objects) =>
        new(HttpMethod.Post, $"{dataset}/refreshes")
        {
            Content = JsonContent.Create(
                new
                {
                    type = "full",
                    commitMode = "transactional",
                    applyRefreshPolicy = false,
                    objects = objects.Select(o =>
                        o.Partition is null
                            ? (object)new { table = o.Table }
                            : new { table = o.Table, partition = o.Partition }
                    ),
                }
            ),
        };

    /// <summary>Sends again after 429 and 503, when Power BI says so.</summary>
    private async Task<HttpResponseMessage> SendAsync(
        Func<HttpRequestMessage> make,
        long began,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            using var request = make();
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Bearer",
                await TokenAsync(cancellationToken)
            );
            var answer = await AnswerAsync(request, cancellationToken);
            if (answer.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
                return answer;
            var pause = answer.Headers.RetryAfter?.Delta ?? Pause;
            answer.Dispose();
            if (clock.GetElapsedTime(began) + pause > limit)
                throw TooLong();
            await Task.Delay(pause < LongestPause ? pause : LongestPause, clock, cancellationToken);
        }
    }

    private async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, cancellationToken);
        }
        catch (Exception e)
            when (e is HttpRequestException
                || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            throw new SinkException(
                $"Power BI at {dataset.Authority} cannot be reached: {e.Message} Try later: vplan-export "
                    + $"powerbi refresh",
                e
            );
        }
    }

    private async Task<string> TokenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await credential.GetTokenAsync(new TokenRequestContext([Scope]), cancellationToken)).Token;
        }
        catch (AuthenticationFailedException e)
        {
            throw new SinkException(
                $"Power BI gave no token: {e.Message.Split('\n')[0].TrimEnd('.', '\r')}. Sign this machine's "
                    + $"identity in, and let it refresh the model of PowerBi:Dataset.",
                e
            );
        }
    }

    private static bool IsDone(JsonElement state)
    {
        var status = Text(state, "extendedStatus") ?? Text(state, "status") ?? "Unknown";
        return status switch
        {
            "Completed" => true,
            "Unknown" or "NotStarted" or "InProgress" => false,
            _ => throw new SinkException(
                $"The refresh of Power BI's model ended as {status}{Reason(state)}. Look at the model's refresh "
                    + $"history in Power BI, then: vplan-export powerbi refresh"
            ),
        };
    }

    private static string Reason(JsonElement state) =>
        Text(state, "serviceExceptionJson") is { Length: > 0 } reason ? $": {reason}"
        : state.TryGetProperty("messages", out var messages)
        && messages.ValueKind == JsonValueKind.Array
        && messages.GetArrayLength() > 0
        && Text(messages[0], "message") is { } message
            ? $": {message.TrimEnd('.')}"
        : "";

    private static string? Text(JsonElement state, string name) =>
        state.ValueKind == JsonValueKind.Object
        && state.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static async Task<SinkException> RefusedAsync(
        HttpResponseMessage answer,
        CancellationToken cancellationToken
    )
    {
        const int Shown = 300;
        var text = (await answer.Content.ReadAsStringAsync(cancellationToken)).ReplaceLineEndings(" ");
        var said = text.Length > Shown ? text[..Shown] : text;
        var advice = answer.StatusCode switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                "Let this machine's identity into the workspace as a member, and allow service principals in "
                    + "the tenant's settings.",
            HttpStatusCode.NotFound =>
                "Compare PowerBi:Workspace and PowerBi:Dataset with the address of the model in the browser.",
            _ => "Look at the model's settings in Power BI, then: vplan-export powerbi refresh",
        };
        return new SinkException(
            $"Power BI refused the refresh with {(int)answer.StatusCode}{(said == "" ? "" : $" ({said})")}. {advice}"
        );
    }

    private SinkException TooLong() =>
        new(
            FormattableString.Invariant(
                $"The refresh of Power BI's model has not ended within {limit.TotalMinutes:0} minutes "
            ) + "(PowerBi:RefreshMinutes). It may go on: look at the model's refresh history in Power BI."
        );
}
