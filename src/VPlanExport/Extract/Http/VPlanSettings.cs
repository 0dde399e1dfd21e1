using VPlanExport.Extract.OAuth;

namespace VPlanExport.Extract.Http;

/// <summary>How vPlan is reached; bound from the settings under <c>VPlan:</c>.</summary>
internal sealed record VPlanSettings
{
    /// <summary>Source: https://docs.api.vplan.com/authentication-377764f0.</summary>
    public const string WhereToFind =
        "In vPlan an administrator makes the key under Settings > API Keys > ADD KEY; the environment's identifier is "
        + "what vPlan calls X-Api-Env.";

    public string BaseUrl { get; init; } = "https://api.vplan.com/v1";

    /// <summary>What to do where nothing of the API answers at <see cref="BaseUrl"/>; null where it names the version.
    /// Source: https://docs.api.vplan.com/authentication-377764f0.</summary>
    public string? WithoutVersion =>
        BaseUrl.TrimEnd('/') is var url && url.EndsWith("/v1", StringComparison.Ordinal)
            ? null
            : $"VPlan:BaseUrl is '{BaseUrl}', and vPlan's API is not there: it lies below /v1. Set it to {url}/v1.";

    /// <summary>Sent as <c>X-Api-Key</c> (A:`authentication-377764f0`); never in a message or a log.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>Sent instead once vPlan has refused <see cref="ApiKey"/>; empty when there is none.</summary>
    public string ApiKeyNext { get; init; } = "";

    /// <summary>Signs in by <see cref="OAuth"/> instead of by key.</summary>
    public bool UsesOAuth { get; init; }

    public OAuthSettings OAuth { get; init; } = new();

    /// <summary>Days after its first use from which a key is to be replaced.</summary>
    public int KeyAgeDays { get; init; } = 180;

    /// <summary>Sent as <c>X-Api-Env</c>: the environment (tenant).</summary>
    public string ApiEnv { get; init; } = "";

    /// <summary>How far the dates of answers may be from this machine's clock without a warning: the overlap of
    /// incremental reads.</summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Requests a UTC day, of the 10,000 vPlan allows an environment (S:`4403771042706`).</summary>
    public int RequestsPerDay { get; init; } = 8000;

    /// <summary>Requests in flight over the whole run.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>Rows a page, 1 to 1000.</summary>
    public int PageSize { get; init; } = 1000;

    /// <summary>Largest answer, in bytes after decompression.</summary>
    public long MaxBodyBytes { get; init; } = 256L << 20;

    /// <summary>Attempts at one question before the run stops.</summary>
    public int MaxAttempts { get; init; } = 8;

    /// <summary>Longest wait for the headers of an answer.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>Longest wait for the next bytes of a body.</summary>
    public TimeSpan StallTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time a whole body may take.</summary>
    public TimeSpan BodyTimeout { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>A longer wait asked for by vPlan ends the run, which is then resumed later.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(15);

    public override string ToString() => $"{BaseUrl}, environment {ApiEnv}";
}
