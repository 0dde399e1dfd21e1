using System.Data.Common;
using System.Globalization;
using Azure.Core;
using Azure.Identity;
using Microsoft.Data.SqlClient;

namespace VPlanExport.Warehouse.SqlServer;

/// <summary>The database of the warehouse, and how it is connected to: encrypted, with no connection kept or opened
/// again behind our back.</summary>
internal sealed class SqlServerDatabase
{
    /// <summary>Each statement of a session is undone with its transaction when it fails; a lock is waited for five
    /// minutes.</summary>
    private const string SetUp = "SET XACT_ABORT ON; SET NOCOUNT OFF; SET LOCK_TIMEOUT 300000;";

    private const string Example = "'Server=tcp:NAME.database.windows.net,1433;Database=NAME'";
    private readonly SqlConnectionStringBuilder _settings;
    private readonly TokenCredential? _identity;

    /// <param name="isEntra">Signs in as the machine's identity; otherwise as the connection string says.</param>
    public SqlServerDatabase(string connectionString, bool isEntra)
    {
        try
        {
            _settings = new SqlConnectionStringBuilder(connectionString);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            // The message of the cause may repeat a part of a password.
            throw new ConfigurationException(
                $"Warehouse:ConnectionString cannot be read as one of SQL Server. Write it as {Example}, with "
                    + "'User ID=…;Password=…' where Warehouse:Authentication is connectionString."
            );
        }
        if (_settings.DataSource == "" || _settings.InitialCatalog == "")
            throw new ConfigurationException(
                $"Warehouse:ConnectionString names {(_settings.DataSource == "" ? "no server" : "no database")}: "
                    + $"write it as {Example}."
            );
        RefuseContradictions(isEntra);
        _identity = isEntra ? new DefaultAzureCredential() : null;
        _settings.ApplicationName = _settings.ShouldSerialize("Application Name")
            ? _settings.ApplicationName
            : "vplan-export";
        // A connection that is opened again silently would have lost its transaction and its lock.
        _settings.ConnectRetryCount = 0;
        _settings.Pooling = false;
        _settings.Enlist = false;
        _settings.MultipleActiveResultSets = false;
    }

    /// <summary>The last of them is how SqlClient itself finds what contradicts; it connects to nothing.</summary>
    private void RefuseContradictions(bool isEntra)
    {
        var isActiveDirectory =
            _settings.Authentication
            is not (SqlAuthenticationMethod.NotSpecified or SqlAuthenticationMethod.SqlPassword);
        if (
            isEntra
            && (
                _settings.UserID != ""
                || _settings.Password != ""
                || _settings.IntegratedSecurity
                || _settings.Authentication != SqlAuthenticationMethod.NotSpecified
            )
        )
            throw new ConfigurationException(
                "Warehouse:Authentication is 'entra', and Warehouse:ConnectionString says how to sign in, too: "
                    + "take Authentication, User ID, Password and Integrated Security out of it, or set "
                    + "Warehouse:Authentication to 'connectionString'."
            );
        if (isActiveDirectory)
            throw new ConfigurationException(
                "Warehouse:ConnectionString says Authentication=Active Directory …, which the export does not "
                    + "sign in with: take it out with User ID and Password, and set Warehouse:Authentication to "
                    + "'entra'."
            );
        try
        {
            new SqlConnection(_settings.ConnectionString).Dispose();
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw SqlServerErrors.Opening(Location, e)!;
        }
    }

    /// <summary>Server and database; never a secret.</summary>
    public string Location => $"{_settings.DataSource}/{_settings.InitialCatalog}";

    /// <exception cref="SinkException">The server cannot be reached, or does not let this account in.</exception>
    public SqlServerSession Open(string doing, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection = new SqlConnection(_settings.ConnectionString);
        try
        {
            if (_identity is not null)
                connection.AccessTokenCallback = TokenAsync;
            connection.OpenAsync(cancellationToken).GetAwaiter().GetResult();
            var session = new SqlServerSession(connection, Location, cancellationToken);
            session.Does(doing);
            session.Execute(SetUp);
            session.Account =
                _settings.UserID != ""
                    ? _settings.UserID.Split('@')[0]
                    : session.Ask("SELECT CAST(USER_NAME() AS nvarchar(128))", r => r.GetString(0));
            return session;
        }
        catch (Exception e)
        {
            connection.Dispose();
            if (
                e is not ExportException
                && !cancellationToken.IsCancellationRequested
                && SqlServerErrors.Opening(Location, e) is { } fault
            )
                throw fault;
            throw;
        }
    }

    private async Task<SqlAuthenticationToken> TokenAsync(
        SqlAuthenticationParameters wanted,
        CancellationToken cancellationToken
    )
    {
        var token = await _identity!.GetTokenAsync(
            new TokenRequestContext([$"{wanted.Resource.TrimEnd('/')}/.default"]),
            cancellationToken
        );
        return new SqlAuthenticationToken(token.Token, token.ExpiresOn);
    }
}

/// <summary>What the server is: what SQL Server does better is used where it is SQL Server, and nothing is tried that
/// may fail.</summary>
/// <param name="IsSqlServer">SQL Server, Azure SQL Database or Managed Instance; not a server that only speaks their
/// language.</param>
/// <param name="HasColumnstore">It has clustered columnstore indexes.</param>
/// <param name="HasSnapshotReads">Readers do not wait for a load: READ_COMMITTED_SNAPSHOT is on. Null where the server
/// does not say.</param>
internal sealed record SqlServerFeatures(bool IsSqlServer, bool HasColumnstore, bool? HasSnapshotReads)
{
    /// <summary>Standard, Enterprise, Express, Azure SQL Database, Managed Instance and SQL database in Fabric:
    /// https://learn.microsoft.com/sql/t-sql/functions/serverproperty-transact-sql.</summary>
    private static readonly HashSet<long> Editions = [2, 3, 4, 5, 8, 12];

    /// <summary>Too small for columnstore indexes:
    /// https://learn.microsoft.com/azure/azure-sql/database/service-tiers-dtu.</summary>
    private static readonly HashSet<string> SmallTiers = new(
        ["Basic", "S0", "S1", "S2"],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>What would serve the readers better; null when there is nothing.</summary>
    public string? Advice =>
        HasSnapshotReads switch
        {
            true => null,
            false => "Who reads while a run is loaded waits for it, or sees half of it with NOLOCK: let the owner of "
                + "the database run ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON.",
            null => "The server does not say whether READ_COMMITTED_SNAPSHOT is on; where it is off, who reads while "
                + "a run is loaded waits for it.",
        };

    public static SqlServerFeatures Of(SqlServerSession session)
    {
        var version = session.Ask("SELECT CAST(@@VERSION AS nvarchar(300))", r => r.GetString(0)) ?? "";
        if (
            !version.StartsWith("Microsoft SQL", StringComparison.OrdinalIgnoreCase)
            || !Editions.Contains(session.Ask("SELECT CAST(SERVERPROPERTY('EngineEdition') AS int)", Whole))
        )
            return new SqlServerFeatures(false, false, true);
        var tier =
            session.Ask(
                "SELECT CAST(DATABASEPROPERTYEX(DB_NAME(), 'ServiceObjective') AS nvarchar(100))",
                r => r.GetString(0)
            ) ?? "";
        // By name: in Azure SQL Database DB_ID() may be another number than database_id.
        var isSnapshot = session.Ask<bool?>(
            "SELECT CAST(is_read_committed_snapshot_on AS int) FROM sys.databases WHERE name = DB_NAME()",
            r => Whole(r) == 1
        );
        return new SqlServerFeatures(true, !SmallTiers.Contains(tier), isSnapshot);
    }

    private static long Whole(DbDataReader row) => Convert.ToInt64(row.GetValue(0), CultureInfo.InvariantCulture);
}
