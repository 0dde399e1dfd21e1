using System.Text.RegularExpressions;

namespace VPlanExport.Warehouse.SqlServer;

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
