namespace VPlanExport.Sandbox;

/// <summary>The OAuth app that the sandbox knows, and how its tokens live.</summary>
public sealed record SandboxOAuth
{
    public string ClientId { get; init; } = "7d0d9a2e-0000-4000-8000-00000000c11e";

    public string ClientSecret { get; init; } = "sandbox-client-secret";

    /// <summary>The registered redirect address, besides the sandbox's own landing page.</summary>
    public string RedirectUri { get; init; } = "https://example.com/vplan";

    /// <summary>Who may consent.</summary>
    public string User { get; init; } = "planner";

    public string Password { get; init; } = "sandbox";

    public TimeSpan CodeLife { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>What `expires_in` says and what the access token lives.</summary>
    public TimeSpan AccessLife { get; set; } = TimeSpan.FromHours(1);

    /// <summary>What the token's own `exp` says, when it is another time.</summary>
    public TimeSpan? ClaimedLife { get; set; }

    /// <summary>How a question to the token address goes wrong; null where it does not.</summary>
    public Func<TokenQuestion, TokenFault?> Faults { get; set; } = _ => null;
}

/// <summary>A question to the token address.</summary>
/// <param name="Ordinal">1 for the first one of the server's life.</param>
/// <param name="GrantType">authorization_code or refresh_token.</param>
public sealed record TokenQuestion(int Ordinal, string GrantType);

/// <summary>Ways in which the token address can go wrong.</summary>
public enum TokenFaultKind
{
    /// <summary>The connection is cut, and nothing was done.</summary>
    CutBefore,

    /// <summary>It was done, and the connection is cut instead of an answer.</summary>
    LostAnswer,

    /// <summary>It was done, and half of the answer is sent.</summary>
    HalfAnswer,

    /// <summary>It is done, and the answer waits.</summary>
    Slow,

    /// <summary>500, and nothing was done.</summary>
    Error500,

    /// <summary>500, though it was done.</summary>
    Error500After,

    /// <summary>401 invalid_client, whatever was sent.</summary>
    WrongClient,
}

/// <param name="Kind">What goes wrong.</param>
public sealed record TokenFault(TokenFaultKind Kind)
{
    /// <summary>Real time before a <see cref="TokenFaultKind.Slow"/> answer.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Called once it was done and before it is answered.</summary>
    public Action? Done { get; init; }

    public static implicit operator TokenFault(TokenFaultKind kind) => new(kind);
}
