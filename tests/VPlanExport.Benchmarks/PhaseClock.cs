using System.Diagnostics;
using VPlanExport.Commands;
using VPlanExport.Runs;

namespace VPlanExport.Benchmarks;

/// <param name="PeakMb">The process's peak by the end of the phase.</param>
internal readonly record struct PhaseTime(double Seconds, double CpuSeconds, double PeakMb);

/// <summary>Wall and CPU time of each phase of a run, from what the run tells.</summary>
internal sealed class PhaseClock
{
    private readonly Dictionary<string, PhaseTime> _phases = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _cpu = Environment.CpuUsage.TotalTime;
    private string _phase = "start";

    public void Tell(RunEvent told)
    {
        if (told is not RunEvent.Started started)
            return;
        CommandContext.GiveBackMemory(told);
        Begin(started.Phase);
    }

    public IReadOnlyDictionary<string, PhaseTime> Stop()
    {
        Begin("stopped");
        return _phases;
    }

    public void Begin(string phase)
    {
        var cpu = Environment.CpuUsage.TotalTime;
        using var process = Process.GetCurrentProcess();
        _phases[_phase] = new PhaseTime(
            _clock.Elapsed.TotalSeconds,
            (cpu - _cpu).TotalSeconds,
            process.PeakWorkingSet64 / 1e6
        );
        (_phase, _cpu) = (phase, cpu);
        _clock.Restart();
    }
}
