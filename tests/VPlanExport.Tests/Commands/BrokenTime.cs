namespace VPlanExport.Tests.Commands;

/// <summary>A clock with a bug: once, when it is asked for the time the nth time, it throws.</summary>
internal sealed class BrokenTime(int nth, string message) : TimeProvider
{
    private int _asked;

    public override DateTimeOffset GetUtcNow() =>
        Interlocked.Increment(ref _asked) == nth ? throw new InvalidOperationException(message) : base.GetUtcNow();
}
