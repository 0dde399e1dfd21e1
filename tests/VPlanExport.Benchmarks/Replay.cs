using VPlanExport.Commands.Output;

namespace VPlanExport.Benchmarks;

/// <summary>Landed pages to row files, lake and warehouse, and DuckDB alone at the same work, turn by turn.</summary>
internal static class Replay
{
    private const int Turns = 3;

    public static async Task<int> RunAsync(IReadOnlyList<int> sizes)
    {
        var lines = new List<IReadOnlyList<string>>();
        foreach (var rows in sizes)
        {
            var pages = Path.Combine(Path.GetTempPath(), $"vplan-export-pages-{rows}");
            var bytes = LandedTimeEntries.Make(pages, rows);
            var (export, duckdb) = (new List<Measured>(), new List<Measured>());
            for (var turn = 0; turn < Turns; turn++)
            {
                duckdb.Add(await MeasureAsync("duckdb", pages, rows));
                export.Add(await MeasureAsync("export", pages, rows));
            }
            var ratio = Median(export.Zip(duckdb, (e, d) => e.Seconds / d.Seconds));
            lines.Add(Line("vplan-export", rows, bytes, export, $"{ratio:0.00}"));
            lines.Add(Line("DuckDB alone", rows, bytes, duckdb, "1"));
        }
        Console.WriteLine(
            $"Medians of {Turns} turns; by phase seconds (CPU seconds) and MB of peak so far; times DuckDB is the median of the turns' ratios."
        );
        TextTable.Write(
            Console.Out,
            [
                ">rows",
                "side",
                ">seconds",
                ">least",
                ">most",
                ">rows/s",
                ">JSON MB/s",
                ">CPU s",
                ">peak MB",
                ">times DuckDB",
                "phases",
            ],
            lines
        );
        return 0;
    }

    private static async Task<Measured> MeasureAsync(string side, string pages, int rows)
    {
        var measured = await Child.MeasureAsync(side, pages, $"{rows}");
        Console.WriteLine(
            $"{rows:N0} rows, {side}: {measured.Seconds:0.00} s, {measured.PeakMb:N0} MB, {measured.PhasesText}"
        );
        return measured;
    }

    private static IReadOnlyList<string> Line(string side, int rows, long bytes, List<Measured> turns, string ratio)
    {
        var seconds = Median(turns.Select(t => t.Seconds));
        return
        [
            $"{rows:N0}",
            side,
            $"{seconds:0.00}",
            $"{turns.Min(t => t.Seconds):0.00}",
            $"{turns.Max(t => t.Seconds):0.00}",
            $"{rows / seconds:N0}",
            $"{bytes / 1e6 / seconds:N0}",
            $"{Median(turns.Select(t => t.CpuSeconds)):0.0}",
            $"{Median(turns.Select(t => t.PeakMb)):N0}",
            ratio,
            turns.OrderBy(t => t.Seconds).ElementAt(turns.Count / 2).PhasesText,
        ];
    }

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(Turns / 2);
}
