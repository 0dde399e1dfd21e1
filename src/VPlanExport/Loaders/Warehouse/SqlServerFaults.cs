using System.ComponentModel;
using Azure.Identity;
using Microsoft.Data.SqlClient;

namespace VPlanExport.Loaders.Warehouse;

/// <summary>What SqlClient throws, as what an operator can do about it. Servers that only speak SQL Server's language have numbers of their own, so the text counts, too.</summary>
internal static class SqlServerFaults
{
    /// <summary>
    /// Faults that pass by themselves: https://learn.microsoft.com/azure/azure-sql/database/troubleshoot-common-errors-issues, deadlocks, time-outs,
    /// and the numbers that SqlClient gives to a connection that broke.
    /// </summary>
    private static readonly HashSet<int> Transient =
    [
        4060, 4221, 40143, 40197, 40501, 40540, 40613, 42108, 42109, 49918, 49919, 49920, 10928, 10929, 615, 926, 1205, 1222, 3960,
        -2, 20, 64, 121, 233, 258, 10053, 10054, 10060, 40020,
    ];

    private const string Unreachable =
        "See that the server runs, that its name and port in Warehouse:ConnectionString are right, and that no firewall is between; "
        + "the next run goes on.";

    /// <summary>Whether the load that failed so may succeed when it is made again.</summary>
    public static bool IsTransient(Exception e) => e is SinkException { InnerException: { } inner } && CauseOf(inner) switch
    {
        SqlException sql => !IsAccess(sql) && (sql.Errors.Cast<SqlError>().Any(error => Transient.Contains(error.Number)) || sql.Class >= BreaksConnection),
        InvalidOperationException or IOException => true,
        _ => false,
    };

    public static SinkException? Opening(string location, Exception failure)
    {
        if (!IsDatabases(failure))
            return null;
        var e = CauseOf(failure);
        var advice = e switch
        {
            SqlException { Number: 18456 or 18452 or 18470 or 18486 or 18487 or 18488 } => "Correct User ID and Password in Warehouse:ConnectionString, or create the login and its user in the database.",
            SqlException { Number: 40615 } => "Let this machine's address through the server's firewall.",
            SqlException { Number: 4060 } => "There is no such database, or this account has no user in it: create it, or correct Database in Warehouse:ConnectionString.",
            AuthenticationFailedException => "Give the machine a managed identity, or sign in with the Azure command line, or set Warehouse:Authentication to 'connectionString'.",
            _ when Says(e, "certificate", "encrypt", "ssl", "tls") => "The server's certificate is not one that this machine trusts: give the server a valid one, or name its authority to this machine.",
            _ when Says(e, "password", "login failed", "authentication") => "Correct User ID and Password in Warehouse:ConnectionString, or create the login and its user in the database.",
            _ => Unreachable,
        };
        var message = $"The warehouse {location} cannot be opened: {Line(e)} {advice}";
        return advice == Unreachable ? new SinkAwayException(message, e) : new SinkException(message, e);
    }

    /// <summary>A failure while <paramref name="doing"/> (such as <c>loading run 20261001</c>); null when it is none of the database's.</summary>
    public static ExportException? While(string doing, string location, Exception failure)
    {
        if (!IsDatabases(failure))
            return null;
        var e = CauseOf(failure);
        return e switch
        {
            SqlException { Number: 2627 or 2601 or 515 or 547 or 8152 or 2628 or 8115 or 220 } => new ContractException(
                $"The warehouse {location} refused a row while {doing}: {Line(e)} Nothing was changed. Look for it in the run's row files.", e),
            SqlException sql when IsAccess(sql) => Sink("Grant this account what sql/sqlserver/schema/grants.sql lists, and run again; the run goes on where it stopped."),
            SqlException { Number: 1105 or 9002 or 40544 or 1101 or 3257 } => Sink("The database or its log is full: make room or raise its maximum size, and run again; the run goes on where it stopped."),
            _ when Says(e, "no space left", "disk full", "out of disk") => Sink("The database or its log is full: make room or raise its maximum size, and run again; the run goes on where it stopped."),
            SqlException { Number: 208 or 207 or 2812 or 4902 } => Sink("Something that the export made there is gone: run `vplan-export check`, or deploy the schema again."),
            _ => Sink("Run again: the load is made anew, wholly or not at all."),
        };

        SinkException Sink(string advice) => new($"The warehouse {location} failed while {doing}: {Line(e)} Nothing was changed. {advice}", e);
    }

    /// <summary>An error of this class or above ends the connection.</summary>
    private const byte BreaksConnection = 20;

    /// <summary>A bulk copy says little of what the server told it.</summary>
    private static Exception CauseOf(Exception e) => e is not SqlException && e.InnerException is SqlException cause ? cause : e;

    private static bool IsDatabases(Exception e) => e is SqlException or InvalidOperationException or IOException or AuthenticationFailedException or Win32Exception;

    private static bool IsAccess(SqlException e) => e.Number is 229 or 230 or 262 or 297 or 300 or 371 or 916 or 1088 or 2760 or 15247 or 3701 || Says(e, "permission denied", "permission was denied", "must be owner");

    private static bool Says(Exception e, params ReadOnlySpan<string> parts)
    {
        foreach (var part in parts)
        {
            if (e.Message.Contains(part, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    private static string Line(Exception e)
    {
        var line = e.Message.Split('\n')[0].Trim();
        var number = e is SqlException { Number: not 0 } sql ? $" (error {sql.Number})" : "";
        return $"{line.TrimEnd('.')}{number}.";
    }
}
