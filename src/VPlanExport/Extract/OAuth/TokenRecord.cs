namespace VPlanExport.Extract.OAuth;

/// <summary>A pair of tokens and what is known of it: what a box in the store holds.</summary>
internal sealed record TokenRecord
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ConsentLife = TimeSpan.FromDays(365);

    /// <summary>The consent that it comes from.</summary>
    public required string Connection { get; init; }

    /// <summary>1 for the pair that the consent gave, then one more for each refresh.</summary>
    public required long Generation { get; init; }

    /// <summary>Can be used once (A:`authentication-377764f0`).</summary>
    public required string RefreshToken { get; init; }

    public required string AccessToken { get; init; }

    /// <summary>By this machine's clock before it was asked for, UTC.</summary>
    public required DateTime ObtainedAt { get; init; }

    /// <summary>How long the access token lives from then on.</summary>
    public required TimeSpan Life { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime ConnectedAt { get; init; }

    /// <summary>Who consented; null when vPlan does not say.</summary>
    public string? User { get; init; }

    /// <summary>The environment's name; null when vPlan does not say.</summary>
    public string? Environment { get; init; }

    /// <summary>A refresh that was about to be sent, and whose answer is not here: its outcome is not known.</summary>
    public PendingRefresh? Pending { get; init; }

    /// <summary>Set once vPlan has refused the refresh token for good.</summary>
    public RefusedRefresh? Refusal { get; init; }

    /// <summary>This is the pair before the newest one, whose refresh token has been used.</summary>
    public bool IsPrevious { get; init; }

    /// <summary>Every refresh brings a refresh token that lives a year (README section 2).</summary>
    public DateTime ConsentEndsAt => ObtainedAt + ConsentLife;

    /// <summary>Less than ten minutes are left, or a tenth of its life if that is less.</summary>
    public bool IsDue(DateTime now) => ObtainedAt + Life - now < (Life / 10 < Early ? Life / 10 : Early);

    public override string ToString() => FormattableString.Invariant($"tokens of generation {Generation}");
}

/// <param name="StartedAt">UTC.</param>
internal sealed record PendingRefresh(DateTime StartedAt);

/// <param name="At">UTC.</param>
/// <param name="Message">What was told then, and is told again.</param>
internal sealed record RefusedRefresh(DateTime At, string Message);
