namespace VPlanExport.Extract.Http;

/// <summary>What a request proves its right with: an API key or an OAuth access token.</summary>
internal interface IVPlanCredentials
{
    /// <summary>What is masked in everything that vPlan answers.</summary>
    Secrets Secrets { get; }

    /// <summary>What a 401 means that stays, and what to do.</summary>
    string Advice { get; }

    /// <summary>The key or token to send.</summary>
    Task<string> CurrentAsync(CancellationToken cancellationToken);

    void Sign(HttpRequestMessage request, string current);

    /// <summary>Whether there is another to ask with, now that vPlan has refused this one (401).</summary>
    Task<bool> GoOnWithoutAsync(string refused, CancellationToken cancellationToken);

    /// <summary>vPlan has answered to it.</summary>
    Task AcceptedAsync(string current, CancellationToken cancellationToken);
}

/// <summary>Signs each request, and sends one that vPlan refused once more where there is something else to sign it
/// with.</summary>
internal sealed class CredentialsHandler(IVPlanCredentials credentials, string apiEnv, HttpMessageHandler inner)
    : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        if (apiEnv != "")
            request.Headers.TryAddWithoutValidation("X-Api-Env", apiEnv);
        var current = await credentials.CurrentAsync(cancellationToken);
        var response = await SendAsync(request, current, cancellationToken);
        if (response.StatusCode != System.Net.HttpStatusCode.Unauthorized)
            return response;
        if (!await GoesOnWithoutAsync(current, response, cancellationToken))
            return response;
        response.Dispose();
        return await SendAsync(request, await credentials.CurrentAsync(cancellationToken), cancellationToken);
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        string current,
        CancellationToken cancellationToken
    )
    {
        credentials.Sign(request, current);
        var response = await base.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode)
            await credentials.AcceptedAsync(current, cancellationToken);
        return response;
    }

    private async Task<bool> GoesOnWithoutAsync(
        string refused,
        HttpResponseMessage response,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await credentials.GoOnWithoutAsync(refused, cancellationToken);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
