namespace VPlanExport.Sandbox;

/// <summary>Ways in which an answer can go wrong (README section 9).</summary>
public enum FaultKind
{
    /// <summary>429 with `RateLimit-Reset` (A:`rate-limits-344709m0`).</summary>
    Status429,

    /// <summary>503, release or maintenance (A:`service-unavailable-344716m0`).</summary>
    Status503,

    /// <summary>303 to an HTML page that answers 200 (A:`service-unavailable-344716m0`).</summary>
    Status303,

    /// <summary>500 with the error envelope.</summary>
    Status500,

    /// <summary>401 with the error envelope (J).</summary>
    Status401,

    /// <summary>403 with the error envelope (J).</summary>
    Status403,

    /// <summary>404 with the error envelope (J).</summary>
    Status404,

    /// <summary>500 with code 10005, memory exhausted (A:`memory-exhausted-344714m0`).</summary>
    Error10005,

    /// <summary>The connection is cut before a byte of the answer.</summary>
    Reset,

    /// <summary>`Content-Length` promises more than is sent, or the last chunk never comes.</summary>
    Truncated,

    /// <summary>An HTTP answer that is whole, whose JSON stops halfway.</summary>
    HalfJson,

    /// <summary>The maintenance page as HTML with status 200.</summary>
    Html200,

    /// <summary><see cref="Fault.Body"/> with status 200.</summary>
    Other,

    /// <summary>The real answer, late.</summary>
    Slow,

    /// <summary>A body of a blank, a wait on the sandbox's clock, another blank, and so on without end.</summary>
    Trickle,

    /// <summary>An answer with one text of <see cref="Fault.Megabytes"/>.</summary>
    Huge,
}

/// <summary>One fault with its details.</summary>
public sealed record Fault(FaultKind Kind)
{
    /// <summary>Seconds until the window resets, for <see cref="FaultKind.Status429"/>.</summary>
    public int ResetSeconds { get; init; } = 1;

    /// <summary>Whether the reset is sent as an epoch second (gaps P2).</summary>
    public bool ResetAsEpoch { get; init; }

    /// <summary>`Retry-After` in seconds for 429 and 503; not sent when null (gaps P3).</summary>
    public int? RetryAfterSeconds { get; init; }

    /// <summary>Real time a <see cref="FaultKind.Slow"/> answer waits; time on the clock between the blanks of one that
    /// trickles.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Bytes of an <see cref="FaultKind.Other"/> answer.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>`Content-Type` of an <see cref="FaultKind.Other"/> answer.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Size of a <see cref="FaultKind.Huge"/> answer.</summary>
    public int Megabytes { get; init; } = 500;

    /// <summary>Whether a truncated answer is chunked instead of with a `Content-Length`.</summary>
    public bool Chunked { get; init; }

    /// <summary>What the error says, for those with the error envelope.</summary>
    public string Description { get; init; } = "made by the fault schedule";

    /// <summary>A fault with default details.</summary>
    public static implicit operator Fault(FaultKind kind) => new(kind);
}
