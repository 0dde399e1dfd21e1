using VPlanExport.Benchmarks;
using VPlanExport.Sandbox;

return args switch
{
    ["replay", .. var sizes] => await Replay.RunAsync(
        sizes.Length == 0 ? [1_000_000, 4_000_000] : [.. sizes.Select(int.Parse)]
    ),
    ["quiet", .. var size] => await Quiet.RunAsync(
        size.Length == 0 ? SandboxSize.Small : Enum.Parse<SandboxSize>(size[0], ignoreCase: true)
    ),
    ["nightly"] => await Nightly.RunAsync(),
    ["medium"] => await Medium.RunAsync(),
    ["extract"] => await Extract.RunAsync(),
    ["sqlserver-load", .. var rows] => await LoadSqlServer.RunAsync(
        rows.Length == 0 ? 1_000_000 : int.Parse(rows[0], System.Globalization.CultureInfo.InvariantCulture)
    ),
    [Child.Flag, var work, .. var of] => await Child.AnswerAsync(work, of),
    _ => Help(),
};

static int Help()
{
    Console.WriteLine(
        """
        dotnet run -c Release --project tests/VPlanExport.Benchmarks -- NAME

        replay [ROWS...]  landed time-tracking records to row files, lake and warehouse; DuckDB alone does the same work beside it
        quiet [SIZE]      nights in which nothing changed: store requests, statements and time
        nightly           one percent of a million time entries and 100,000 cards has changed: time and requests
        medium            the first export of the medium sandbox through every table: time, memory and requests
        extract           records per second read over loopback, with a latency of 0 and of 50 ms
        sqlserver-load [ROWS]  a million time entries into the SQL Server of VPLAN_TEST_SQLSERVER, against a bare bulk copy
        """
    );
    return 2;
}
