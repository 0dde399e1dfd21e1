namespace VPlanExport.Tests.Commands;

/// <summary>The real clock with short waits: a back-off passes a hundred times faster, time-outs stay as they are.</summary>
internal sealed class ImpatientTime : TimeProvider
{
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromSeconds(29);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(
            callback,
            state,
            dueTime > TimeSpan.Zero && dueTime < LongestBackOff ? dueTime / 100 : dueTime,
            period
        );
}
