namespace VPlanExport.Sandbox;

/// <summary>Numbers requests as they come and keeps what was answered.</summary>
internal sealed class RequestLog
{
    private readonly Lock gate = new();
    private readonly List<RequestLogEntry> entries = [];
    private readonly Dictionary<string, int> perPath = [];
    private int requests;

    public IReadOnlyList<RequestLogEntry> Entries
    {
        get
        {
            lock (gate)
                return [.. entries.OrderBy(entry => entry.Ordinal)];
        }
    }

    public RequestInfo Number(string method, string path, string query)
    {
        lock (gate)
        {
            perPath[path] = perPath.GetValueOrDefault(path) + 1;
            return new RequestInfo(++requests, method, path, query, perPath[path]);
        }
    }

    public void Answered(RequestInfo request, int status, FaultKind? fault)
    {
        lock (gate)
            entries.Add(new RequestLogEntry(request.Ordinal, request.Method, request.PathAndQuery, status, fault));
    }
}
