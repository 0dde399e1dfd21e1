using System.ComponentModel;
using System.Security.Authentication;
using System.Text.RegularExpressions;
using Azure.Identity;
using Microsoft.Data.SqlClient;

namespace VPlanExport.Warehouse.SqlServer;

/// <summary>What SqlClient throws, as what an operator can do about it. Servers that only speak SQL Server's language
/// have numbers of their own, so the text counts, too.</summary>
internal static class SqlServerErrors
{
    private const string Login =
        "Correct User ID and Password in Warehouse:ConnectionString, or create the login and its user in the database.";
    private const string Full =
        "The database or its log is full: make room or raise its maximum size, and run again; the run goes on "
        + "where it stopped.";
    private const string Untrusted =
        "This machine does not trust the server's certificate. Install on it the certificate of the authority "
        + "that issued it, or name that file in SSL_CERT_FILE; "
        + "where only the name differs, add HostNameInCertificate=NAME to Warehouse:ConnectionString. For a test "
        + "server alone, add TrustServerCertificate=true.";

    private const string Unreachable =
        "See that the server runs, that its name and port in Warehouse:ConnectionString are right, and that no "
        + "firewall is between; the next run goes on.";

    /// <summary>A failure to open the database; null when it is none of the database's.</summary>
    public static ExportException? Opening(string location, Exception failure)
    {
        if (failure is ArgumentException or NotSupportedException)
            return new ConfigurationException(
                "Warehouse:ConnectionString asks for what does not go together or not on this machine: "
                    + $"{Line(failure)} Correct it.",
                failure
            );
        if (!IsDatabases(failure))
            return null;
        var e = CauseOf(failure);
        if (IsTrust(failure))
            return new SinkException(
                $"The warehouse {location} cannot be opened: {Line(Innermost(failure))} {Untrusted}",
                failure
            );
        var advice = OpeningAdvice(e);
        var message = $"The warehouse {location} cannot be opened: {Line(e)} {advice}";
        return advice == Unreachable ? new SinkAwayException(message, e) : new SinkException(message, e);
    }

    /// <summary>A failure while <paramref name="doing"/> (such as <c>loading run 20261001</c>); null when it is none of
    /// the database's.</summary>
    /// <param name="account">The user in the database; null where it is not known.</param>
    public static ExportException? While(string doing, string location, Exception failure, string? account = null)
    {
        if (!IsDatabases(failure))
            return null;
        var e = CauseOf(failure);
        return e switch
        {
            SqlException { Number: 2627 or 2601 or 515 or 547 or 8152 or 2628 or 8115 or 220 } => new ContractException(
                $"The warehouse {location} refused a row while {doing}: {Line(e)} Nothing was changed. Look for "
                    + "it in the run's row files.",
                e
            ),
            SqlException sql when IsAccess(sql) => Sink(SqlServerRights.Advice(e.Message, account)),
            SqlException { Number: 1105 or 9002 or 40544 or 1101 or 3257 } => Sink(Full),
            _ when Says(e, "no space left", "disk full", "out of disk") => Sink(Full),
            SqlException { Number: 208 or 207 or 2812 or 4902 } => Sink(
                "Something that the export made there is gone: run `vplan-export check`, or deploy the schema again."
            ),
            _ => Sink("Run again: the load is made again, wholly or not at all."),
        };

        SinkException Sink(string advice) =>
            new($"The warehouse {location} failed while {doing}: {Line(e)} Nothing was changed. {advice}", e);
    }

    /// <summary>The server's certificate is not one that this machine trusts, which no second try changes. SqlClient
    /// says so in an inner exception.</summary>
    public static bool IsTrust(Exception failure) =>
        Chain(failure)
            .Any(e => e is not SqlException { Class: < 20 } && Says(e, "certificate", "principal name is incorrect"));

    public static bool IsAccess(SqlException e) =>
        e.Number is 229 or 230 or 262 or 297 or 300 or 371 or 916 or 1088 or 2760 or 15247 or 3701 or 4701
        || Says(e, "permission denied", "permission was denied", "must be owner");

    /// <summary>A bulk copy or a sign-in says little of what the server or Microsoft Entra told it.</summary>
    public static Exception CauseOf(Exception failure) =>
        Chain(failure).FirstOrDefault(e => e is AuthenticationFailedException)
        ?? Chain(failure).FirstOrDefault(e => e is SqlException)
        ?? failure;

    private static string OpeningAdvice(Exception e) =>
        e switch
        {
            SqlException { Number: 18487 or 18488 } =>
                "Set a new password (ALTER LOGIN NAME WITH PASSWORD = '…'), and put it into "
                    + "Warehouse:ConnectionString.",
            SqlException { Number: 18470 or 18486 } =>
                "Let an administrator enable or unlock the login (ALTER LOGIN NAME ENABLE, ALTER LOGIN NAME WITH "
                    + "PASSWORD = '…' UNLOCK).",
            SqlException { Number: 18456 } when Says(e, "token-identified") =>
                "Create a user for this machine's identity in the database: CREATE USER [NAME] FROM EXTERNAL "
                    + "PROVIDER, as pipelines/README.md says.",
            SqlException { Number: 18456 or 18452 } => Login,
            SqlException { Number: 40615 or 40914 or 47073 } =>
                "Let this machine's address through the server's firewall, or run where a private endpoint of it is.",
            SqlException { Number: 4060 or 916 } =>
                "There is no such database, or this account has no user in it: create it, or correct Database in "
                    + "Warehouse:ConnectionString.",
            SqlException { Number: 40613 } =>
                "Azure has paused the database or is moving it, and it did not come back within a minute. Run "
                    + "again: the run goes on where it stopped.",
            AuthenticationFailedException =>
                "Give the machine a managed identity, or sign in with the Azure command line, or set "
                    + "Warehouse:Authentication to 'connectionString'.",
            _ when Says(e, "does not support encryption") =>
                "Install a certificate on the server; for a test server alone, add Encrypt=Optional to "
                    + "Warehouse:ConnectionString.",
            _ when Chain(e).Any(inner => inner is AuthenticationException) =>
                "Server and machine have no version of TLS in common, or the server does not speak it there: "
                    + "correct server, port and Encrypt in Warehouse:ConnectionString.",
            _ when Says(e, "kerberos", "gssapi", "sspi") =>
                "Integrated Security needs a Kerberos ticket of this machine's account (kinit): get one, or sign "
                    + "in with User ID and Password.",
            _ when Says(e, "password", "login failed", "authentication") => Login,
            _ when Says(e, "database") && Says(e, "does not exist") =>
                "Create it, or correct Database in Warehouse:ConnectionString.",
            _ => Unreachable,
        };

    private static IEnumerable<Exception> Chain(Exception failure)
    {
        for (var e = failure; e is not null; e = e.InnerException)
            yield return e;
    }

    private static Exception Innermost(Exception failure) => Chain(failure).Last();

    private static bool IsDatabases(Exception failure) =>
        Chain(failure).Any(e => e is SqlException or AuthenticationFailedException)
        || failure is InvalidOperationException or IOException or Win32Exception;

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

/// <summary>A right that an account lacks, as the statement that grants it.</summary>
internal static partial class SqlServerRights
{
    /// <param name="message">What the server says, in English; another language names the list of rights alone.</param>
    /// <param name="account">The user in the database; null where it is not known.</param>
    public static string Advice(string message, string? account)
    {
        var grantee = account is null
            ? "the export's account"
            : $"[{account.Replace("]", "]]", StringComparison.Ordinal)}]";
        var statement = Grant(message) is { } grant ? $": {grant} TO {grantee}" : "";
        return $"Grant this account what sql/sqlserver/schema/grants.sql lists{statement}. Then run again: it "
            + "goes on where it stopped.";
    }

    private static string? Grant(string message)
    {
        if (Denied().Match(message) is { Success: true } denied)
            return $"GRANT {denied.Groups["right"].Value} ON SCHEMA::[{denied.Groups["schema"].Value}]";
        if (DeniedInDatabase().Match(message) is { Success: true } deniedInDatabase)
            return $"GRANT {deniedInDatabase.Groups["right"].Value}";
        return Unseen().Match(message) is { Success: true } unseen
            ? $"GRANT ALTER ON SCHEMA::[{unseen.Groups["schema"].Value}]"
            : null;
    }

    [GeneratedRegex("The (?<right>[A-Z ]+) permission was denied on the (object|column) .* schema '(?<schema>[^']+)'")]
    private static partial Regex Denied();

    [GeneratedRegex("(?<right>CREATE [A-Z]+) permission (was )?denied in database")]
    private static partial Regex DeniedInDatabase();

    /// <summary>An object that TRUNCATE or ALTER may not touch is one that is not there.</summary>
    [GeneratedRegex("""(Cannot find the object ["'](?<schema>\w+)\.|schema name ["'](?<schema>\w+)["'] either)""")]
    private static partial Regex Unseen();
}
