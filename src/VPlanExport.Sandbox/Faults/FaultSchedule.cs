namespace VPlanExport.Sandbox;

/// <summary>Decides per request whether a fault answers; a pure function of the request, so that a run can be
/// repeated.</summary>
public sealed class FaultSchedule
{
    private readonly Func<RequestInfo, Fault?> decide;

    private FaultSchedule(Func<RequestInfo, Fault?> decide) => this.decide = decide;

    /// <summary>No faults.</summary>
    public static FaultSchedule None { get; } = new(_ => null);

    /// <summary>Every <paramref name="nth"/> request, taking the kinds in turn.</summary>
    public static FaultSchedule Every(int nth, params FaultKind[] kinds) =>
        new(request => request.Ordinal % nth == 0 ? kinds[(request.Ordinal / nth - 1) % kinds.Length] : null);

    /// <summary>At the given ordinals, counted from 1.</summary>
    public static FaultSchedule At(IReadOnlyDictionary<int, Fault> faults) =>
        new(request => faults.GetValueOrDefault(request.Ordinal));

    /// <summary>At one ordinal, counted from 1.</summary>
    public static FaultSchedule At(int ordinal, Fault fault) =>
        new(request => request.Ordinal == ordinal ? fault : null);

    /// <summary>Whenever the function gives a fault.</summary>
    public static FaultSchedule When(Func<RequestInfo, Fault?> decide) => new(decide);

    /// <summary>With a chance per request that depends on the seed and the request's ordinal only.</summary>
    public static FaultSchedule Random(int seed, double chance, params FaultKind[] kinds) =>
        new(request =>
        {
            var random = new Random(unchecked(seed * 397 ^ request.Ordinal));
            return random.NextDouble() < chance ? kinds[random.Next(kinds.Length)] : null;
        });

    /// <summary>This schedule on one path only, counting that path's requests, for example `/card`; `{id}` stands for
    /// any id.</summary>
    public FaultSchedule On(string path) =>
        new(request => Is(request.Path, path) ? decide(request with { Ordinal = request.PathOrdinal }) : null);

    /// <summary>This schedule, and the other one where this has no fault.</summary>
    public FaultSchedule Or(FaultSchedule other) => new(request => decide(request) ?? other.decide(request));

    private static bool Is(string path, string wanted) =>
        path.Split('/') is var parts
        && wanted.Split('/') is var names
        && parts.Length == names.Length
        && parts.Zip(names).All(pair => pair.Second == "{id}" || pair.First == pair.Second);

    internal Fault? For(RequestInfo request) => decide(request);
}
