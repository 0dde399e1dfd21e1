namespace VPlanExport.Sandbox;

/// <summary>A request as fault and edit schedules see it.</summary>
/// <param name="Ordinal">1 for the first request of the server's life.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path below `/v1`, for example `/card`.</param>
/// <param name="Query">Query string as sent, with its question mark, or empty.</param>
/// <param name="PathOrdinal">1 for the first request of this path.</param>
public sealed record RequestInfo(int Ordinal, string Method, string Path, string Query, int PathOrdinal)
{
    /// <summary>Path and query as sent.</summary>
    public string PathAndQuery => Path + Query;
}

/// <summary>A request that was answered.</summary>
/// <param name="Ordinal">1 for the first request of the server's life.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="PathAndQuery">Path below `/v1` and query as sent.</param>
/// <param name="Status">HTTP status; 0 when the connection was reset instead.</param>
/// <param name="Fault">The fault that answered, if any.</param>
public sealed record RequestLogEntry(
    int Ordinal,
    string Method,
    string PathAndQuery,
    int Status,
    FaultKind? Fault = null
);
