using Azure.Core;
using Azure.Identity;
using Microsoft.Data.SqlClient;

namespace VPlanExport.Loaders.Warehouse;

/// <summary>The database of the warehouse, and how it is connected to: encrypted, with no connection kept or mended behind our back.</summary>
internal sealed class SqlServerDatabase
{
    /// <summary>Each statement of a session is undone with its transaction when it fails; a lock is waited for five minutes.</summary>
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
            throw new ConfigurationException($"Warehouse:ConnectionString cannot be read as one of SQL Server. Write it as {Example}, with 'User ID=…;Password=…' where Warehouse:Authentication is connectionString.");
        }
        if (_settings.DataSource == "" || _settings.InitialCatalog == "")
            throw new ConfigurationException($"Warehouse:ConnectionString names {(_settings.DataSource == "" ? "no server" : "no database")}: write it as {Example}.");
        RefuseContradictions(isEntra);
        _identity = isEntra ? new DefaultAzureCredential() : null;
        _settings.ApplicationName = _settings.ShouldSerialize("Application Name") ? _settings.ApplicationName : "vplan-export";
        // A connection that is mended silently would have lost its transaction and its lock.
        _settings.ConnectRetryCount = 0;
        _settings.Pooling = false;
        _settings.Enlist = false;
        _settings.MultipleActiveResultSets = false;
    }

    /// <summary>The last of them is how SqlClient itself finds what contradicts; it connects to nothing.</summary>
    private void RefuseContradictions(bool isEntra)
    {
        var isActiveDirectory = _settings.Authentication is not (SqlAuthenticationMethod.NotSpecified or SqlAuthenticationMethod.SqlPassword);
        if (isEntra && (_settings.UserID != "" || _settings.Password != "" || _settings.IntegratedSecurity || _settings.Authentication != SqlAuthenticationMethod.NotSpecified))
            throw new ConfigurationException("Warehouse:Authentication is 'entra', and Warehouse:ConnectionString says how to sign in, too: take Authentication, User ID, Password and Integrated Security out of it, or set Warehouse:Authentication to 'connectionString'.");
        if (isActiveDirectory)
            throw new ConfigurationException("Warehouse:ConnectionString says Authentication=Active Directory …, which the export does not sign in with: take it out with User ID and Password, and set Warehouse:Authentication to 'entra'.");
        try
        {
            new SqlConnection(_settings.ConnectionString).Dispose();
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw SqlServerFaults.Opening(Location, e)!;
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
            session.Account = _settings.UserID != "" ? _settings.UserID.Split('@')[0] : session.Ask("SELECT CAST(USER_NAME() AS nvarchar(128))", r => r.GetString(0));
            return session;
        }
        catch (Exception e)
        {
            connection.Dispose();
            if (e is not ExportException && !cancellationToken.IsCancellationRequested && SqlServerFaults.Opening(Location, e) is { } fault)
                throw fault;
            throw;
        }
    }

    private async Task<SqlAuthenticationToken> TokenAsync(SqlAuthenticationParameters wanted, CancellationToken cancellationToken)
    {
        var token = await _identity!.GetTokenAsync(new TokenRequestContext([$"{wanted.Resource.TrimEnd('/')}/.default"]), cancellationToken);
        return new SqlAuthenticationToken(token.Token, token.ExpiresOn);
    }
}
