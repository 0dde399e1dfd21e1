using System.Data.Common;
using System.Globalization;
using DuckDB.NET.Data;
using VPlanExport.Storage;

namespace VPlanExport.Loaders.Warehouse;

/// <summary>The warehouse's file, and how it is opened: never with a download, in bounded memory, in UTC.</summary>
internal sealed class DuckDbFile
{
    private const int Attempts = 60;
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(500);
    private readonly DuckDBConnectionStringBuilder _settings = [];
    private readonly TimeProvider _time;

    public DuckDbFile(string connectionString, string memoryLimit, TimeProvider time)
    {
        _time = time;
        try
        {
            _settings.ConnectionString = connectionString;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            throw new ConfigurationException($"The warehouse's connection string cannot be read: {e.Message} Write it as 'Data Source=./vplan-data/warehouse.duckdb'.", e);
        }
        if (string.IsNullOrWhiteSpace(_settings.DataSource) || _settings.DataSource.StartsWith(':'))
            throw new ConfigurationException($"The warehouse's connection string names no file: Data Source is '{_settings.DataSource}'. Write it as 'Data Source=./vplan-data/warehouse.duckdb'.");
        if (HomeFolder.IsAnothers(_settings.DataSource))
            throw new ConfigurationException($"The warehouse's connection string names '{_settings.DataSource}': write that path in full, because ~/ stands for the home folder of this account, and no other is known.");
        Path = System.IO.Path.GetFullPath(HomeFolder.Expanded(_settings.DataSource));
        _settings.DataSource = Path;
        Default("memory_limit", memoryLimit);
        Default("threads", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture));
        Default("preserve_insertion_order", "false");
        Default("default_block_size", "16384");
        Default("autoinstall_known_extensions", "false");
        Default("autoload_known_extensions", "false");
    }

    public string Path { get; }

    public bool Exists => File.Exists(Path);

    /// <summary>A session that writes; the file and its folder are made when they are not there.</summary>
    public DuckDbSession Open(CancellationToken cancellationToken)
    {
        try
        {
            OwnerOnly.CreateFolder(System.IO.Path.GetDirectoryName(Path)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SinkException($"The folder of the warehouse {Path} cannot be made: {e.Message} Mend the folder's rights or choose another Data Source.", e);
        }
        return Open(_settings, "SET TimeZone = 'UTC'", cancellationToken);
    }

    /// <summary>A session in which nothing can be written, neither here nor elsewhere on the machine.</summary>
    public DuckDbSession OpenReadOnly(CancellationToken cancellationToken)
    {
        if (!Exists)
            throw new ConfigurationException($"There is no warehouse at {Path} yet. Run the export first, or correct the warehouse's Data Source.");
        var settings = new DuckDBConnectionStringBuilder
        {
            ConnectionString = _settings.ConnectionString,
            // Without access to other files DuckDB does not follow a link.
            DataSource = new FileInfo(Path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Path,
            ["access_mode"] = "READ_ONLY",
            ["enable_external_access"] = "false",
        };
        return Open(settings, "SET TimeZone = 'UTC'; SET lock_configuration = true", cancellationToken);
    }

    /// <summary>A file that another program has open, as for a short query, is waited for: half a minute.</summary>
    private DuckDbSession Open(DbConnectionStringBuilder settings, string setUp, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return OpenNow(settings, setUp, cancellationToken);
            }
            catch (SinkException e) when (attempt < Attempts && DuckDbFaults.IsHeld(e.InnerException!))
            {
                Task.Delay(Wait, _time, cancellationToken).GetAwaiter().GetResult();
            }
        }
    }

    private DuckDbSession OpenNow(DbConnectionStringBuilder settings, string setUp, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var connection = new DuckDBConnection(settings.ConnectionString);
        try
        {
            connection.Open();
            var session = new DuckDbSession(connection, Path, cancellationToken);
            session.Execute(setUp);
            return session;
        }
        catch (Exception e) when (e is DuckDBException or InvalidOperationException)
        {
            connection.Dispose();
            throw DuckDbFaults.Opening(Path, e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void Default(string setting, string value)
    {
        if (!_settings.ContainsKey(setting))
            _settings[setting] = value;
    }
}
