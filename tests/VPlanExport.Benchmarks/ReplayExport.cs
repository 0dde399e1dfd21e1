using System.Globalization;
using VPlanExport.Entities;
using VPlanExport.Package;
using VPlanExport.Runs;

namespace VPlanExport.Benchmarks;

/// <summary>A run that has been extracted, taken to its commit: flattened, published, loaded.</summary>
internal static class ReplayExport
{
    private static readonly DateTime s_started = new(2026, 1, 1, 3, 0, 0, DateTimeKind.Utc);

    public static async Task<IReadOnlyDictionary<string, PhaseTime>> RunAsync(string pages, string rows)
    {
        using var scratch = new Scratch();
        var settings = scratch.Settings();
        var phases = new PhaseClock();
        var runs = new RunStore(settings.Runs.WorkFolder, TimeProvider.System);
        await using var sinks = Sinks.Open(settings, TimeProvider.System);
        await sinks.PrepareAsync(CancellationToken.None);
        using var source = await VPlanSource.OpenAsync(
            settings,
            runs.Store,
            TimeProvider.System,
            phases.Tell,
            CancellationToken.None
        );
        var folder = await LandAsync(runs, pages, int.Parse(rows, CultureInfo.InvariantCulture));
        await new Run(settings, runs, sinks, source, TimeProvider.System, phases.Tell).CompleteAsync(
            folder,
            CancellationToken.None
        );
        return phases.Stop();
    }

    private static async Task<RunFolder> LandAsync(RunStore runs, string pages, int rows)
    {
        var window = new Window.Full();
        var plan = new RunPlan(
            "20260101T030000Z-1",
            1,
            new RunRequest(RunKind.Full, []),
            s_started,
            new Dictionary<string, Window> { [TimeEntries.Entity.Name] = window }
        );
        var extract = new LandedEntity(TimeEntries.Entity.Name, window)
        {
            Pages =
            [
                .. Enumerable
                    .Range(1, rows / LandedTimeEntries.PageRows)
                    .Select(n => new LandedPage(n, LandedTimeEntries.PageRows, s_started)),
            ],
            Rows = rows,
        };
        var folder = runs.Open(plan.RunId);
        await folder.FinishAsync(RunPhase.Planned, plan, CancellationToken.None);
        await folder.FinishAsync(
            RunPhase.Extracted,
            new Dictionary<string, LandedEntity> { [extract.Entity] = extract },
            CancellationToken.None
        );
        var raw = Directory.CreateDirectory(Path.Combine(folder.Store.Location, "raw"));
        Directory.CreateSymbolicLink(Path.Combine(raw.FullName, extract.Entity), pages);
        return folder;
    }
}
