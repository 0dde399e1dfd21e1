using DuckDB.NET.Data;
using VPlanExport.Storage;

namespace VPlanExport.Warehouse.DuckDb;

/// <summary>DuckDB's errors as what an operator can do about them. They can only be told apart by their text.</summary>
internal static class DuckDbErrors
{
    /// <summary>Another program has the file open.</summary>
    public static bool IsHeld(Exception e) =>
        Has(e.Message, "lock on file", "used by another process", "different configuration", "being used");

    public static SinkException Opening(string path, Exception e)
    {
        if (IsHeld(e))
            return Held(path, FirstLine(e), e);
        var advice = e.Message switch
        {
            var m when Has(m, "permission denied", "access is denied", "read-only", "cannot open file") =>
                "Give this account the right to read and write the file and its folder, or choose another Data Source.",
            var m when Has(m, "no space left", "disk full", "not enough space") =>
                "Make room on its disk and start again.",
            _ => "If another version of DuckDB made the file, use that one; if the file is damaged, move it away "
                + "and rebuild it with `vplan-export load --all`, which asks vPlan for nothing.",
        };
        return new SinkException($"The warehouse {path} cannot be opened: {FirstLine(e)} {advice}", e);
    }

    /// <param name="reason">Why the file cannot be written, a sentence.</param>
    public static SinkAwayException Held(string path, string reason, Exception e) =>
        new(
            $"The warehouse {path} cannot be opened: {reason} Another program holds it: a query tool, Power BI, "
                + "or another run of vplan-export. Close it there and start again.",
            e
        );

    /// <summary>A failure while <paramref name="doing"/> (such as <c>loading run 20261001</c>); the transaction is
    /// rolled back.</summary>
    public static ExportException While(string doing, string path, DuckDBException e) =>
        e.Message switch
        {
            var m when Has(m, "constraint error") => new ContractException(
                $"The warehouse {path} refused a row while {doing}: {FirstLine(e)} Nothing was changed. Look for "
                    + "it in the run's row files.",
                e
            ),
            var m when Has(m, "no space left", "disk full", "not enough space", "max_temp_directory_size") => Sink(
                doing,
                path,
                "Make room on its disk and load again.",
                e
            ),
            var m when Has(m, "out of memory", "could not allocate") => Sink(
                doing,
                path,
                "Give it more memory: add ';memory_limit=1GB' to the warehouse's connection string.",
                e
            ),
            var m when Has(m, "read-only", "permission denied", "access is denied") => Sink(
                doing,
                path,
                "Give this account the right to write the file and its folder, and load again.",
                e
            ),
            _ => Sink(
                doing,
                path,
                "Load again; if it fails again, move the file away and rebuild it with `vplan-export load "
                    + "--all`, which asks vPlan for nothing.",
                e
            ),
        };

    /// <summary>A failure while reading the row files of <paramref name="table"/>.</summary>
    public static ExportException RowFiles(string table, string runId, string path, DuckDBException e)
    {
        var files = $"The row files of {table} in run {runId}";
        const string Again = $"Nothing was changed. {RowFile.Advice}";
        return e.Message switch
        {
            var m when Has(m, "binder error", "conversion error", "constraint error") => new ContractException(
                $"{files} do not hold what {table} declares: {FirstLine(e)} {Again}",
                e
            ),
            var m
                when Has(
                    m,
                    "parquet",
                    "no files found",
                    "no such file",
                    "not enough bytes",
                    "invalid input error",
                    "thrift"
                ) => new SinkException($"{files} are damaged or missing: {FirstLine(e)} {Again}", e),
            _ => While($"loading the row files of {table} in run {runId}", path, e),
        };
    }

    public static string FirstLine(Exception e)
    {
        var line = e.Message.Split('\n')[0].Trim();
        return line.EndsWith('.') ? line : line + ".";
    }

    private static SinkException Sink(string doing, string path, string advice, DuckDBException e) =>
        new($"The warehouse {path} failed while {doing}: {FirstLine(e)} Nothing was changed. {advice}", e);

    private static bool Has(string message, params ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
        {
            if (message.Contains(part, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }
}
