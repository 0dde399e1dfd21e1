namespace VPlanExport.Tests.Support;

/// <summary>A clock that does not wait: every timer is due at once, its wait is noted and added to the time.</summary>
internal sealed class ImmediateTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _gate = new();
    private DateTimeOffset _now = start;
    private TimeSpan _waited;

    public ImmediateTime()
        : this(new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero)) { }

    public List<TimeSpan> Waits { get; } = [];

    /// <summary>Limits rather than waits: these are due when so much real time has passed.</summary>
    public IReadOnlyCollection<TimeSpan> Limits { get; init; } = [];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>What was waited for: it does not go back when the clock is set.</summary>
    public override long GetTimestamp()
    {
        lock (_gate)
            return _waited.Ticks;
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _now;
    }

    public void Advance(TimeSpan by)
    {
        lock (_gate)
            _now += by;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime != Timeout.InfiniteTimeSpan && !Limits.Contains(dueTime))
        {
            lock (_gate)
            {
                Waits.Add(dueTime);
                _now += dueTime;
                _waited += dueTime;
            }
            dueTime = TimeSpan.Zero;
        }
        return System.CreateTimer(callback, state, dueTime, period);
    }
}
