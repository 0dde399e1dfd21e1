using System.Data.Common;
using System.Globalization;
using DuckDB.NET.Data;
using VPlanExport.Dialects;
using VPlanExport.Model;
using VPlanExport.Storage;

namespace VPlanExport.Warehouse.DuckDb;

/// <summary>The warehouse's file, and how it is opened: never with a download, in bounded memory, in UTC.</summary>
internal sealed class DuckDbDatabase
{
    private const int Attempts = 6;

    /// <summary>A thread that loads fills a block of each column at the same time. Blocks of 64 KiB failed with 8 MB a
    /// thread and passed with 16; what does not fit spills next to the file.</summary>
    private const int MegabytesPerThread = 64;

    private const string SetUp = "SET TimeZone = 'UTC'";
    private const string SetUpReadOnly = SetUp + "; SET lock_configuration = true";
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(500);
    private readonly DuckDBConnectionStringBuilder _settings = [];
    private readonly TimeProvider _time;

    public DuckDbDatabase(string connectionString, TimeProvider time)
    {
        _time = time;
        try
        {
            _settings.ConnectionString = connectionString;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            throw new ConfigurationException(
                $"The warehouse's connection string cannot be read: {e.Message} Write it as 'Data "
                    + "Source=./vplan-data/warehouse.duckdb'.",
                e
            );
        }
        if (string.IsNullOrWhiteSpace(_settings.DataSource) || _settings.DataSource.StartsWith(':'))
            throw new ConfigurationException(
                $"The warehouse's connection string names no file: Data Source is '{_settings.DataSource}'. Write "
                    + "it as 'Data Source=./vplan-data/warehouse.duckdb'."
            );
        if (HomeFolder.IsAnothers(_settings.DataSource))
            throw new ConfigurationException(
                $"The warehouse's connection string names '{_settings.DataSource}': write that path in full, "
                    + "because ~/ stands for the home folder of this account, and no other is known."
            );
        Path = System.IO.Path.GetFullPath(HomeFolder.Expanded(_settings.DataSource));
        _settings.DataSource = Path;
        Default("threads", $"{Parallelism.Most}");
        Default("memory_limit", $"{Math.Max(2, Threads) * MegabytesPerThread}MB");
        Default("preserve_insertion_order", "false");
        Default("default_block_size", "65536");
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
            PrivateFiles.CreateFolder(System.IO.Path.GetDirectoryName(Path)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SinkException(
                $"The folder of the warehouse {Path} cannot be made: {e.Message} Correct the folder's rights or "
                    + "choose another Data Source.",
                e
            );
        }
        return Open(_settings, SetUp, cancellationToken);
    }

    /// <summary>
    /// Does what changes the file. A file that another program only reads is copied, and the copy replaces it. Windows
    /// does not let a held file be replaced.
    /// </summary>
    /// <param name="work">Is told whether it works on a copy.</param>
    /// <exception cref="SinkAwayException">Another program writes the file, or reads it where it cannot be
    /// replaced.</exception>
    public T Write<T>(Func<DuckDbSession, bool, T> work, CancellationToken cancellationToken)
    {
        SinkAwayException held;
        try
        {
            using var session = Open(cancellationToken);
            new DuckDbCopy(Target).Clear();
            return work(session, false);
        }
        catch (SinkAwayException e) when (!OperatingSystem.IsWindows())
        {
            held = e;
        }
        using var reading = OpenShared(held, cancellationToken);
        return new DuckDbCopy(Target).Load(
            copy => OpenNow(At(copy), SetUp, cancellationToken),
            session => work(session, true),
            cancellationToken
        );
    }

    /// <summary>Writes the file again without the blocks that deleted rows have left in it.</summary>
    /// <exception cref="SinkAwayException">Another program writes the file, or it cannot be replaced.</exception>
    public void Compact(CancellationToken cancellationToken)
    {
        using (var session = Open(cancellationToken))
            session.Execute("CHECKPOINT");
        using var memory = OpenNow(At(":memory:"), SetUp, cancellationToken);
        new DuckDbCopy(Target).Rewrite(memory);
    }

    /// <summary>A session beside a program that only reads the file, without waiting; keeps others from writing
    /// it.</summary>
    /// <param name="held">Why the file cannot be opened for writing: thrown when it cannot be read either.</param>
    public DuckDbSession OpenShared(SinkAwayException held, CancellationToken cancellationToken)
    {
        try
        {
            return OpenNow(ReadOnly, SetUpReadOnly, cancellationToken);
        }
        catch (SinkAwayException)
        {
            throw held;
        }
    }

    /// <summary>A session in which nothing can be written, neither here nor elsewhere on the machine.</summary>
    public DuckDbSession OpenReadOnly(CancellationToken cancellationToken)
    {
        if (!Exists)
            throw NotThere();
        return Open(ReadOnly, SetUpReadOnly, cancellationToken);
    }

    /// <summary>A session for somebody's SQL: it reads the file and the row files that <c>stg</c> shows, and nothing
    /// else.</summary>
    public DuckDbSession OpenForQuestions(string? answerFile, CancellationToken cancellationToken)
    {
        if (!Exists)
            throw NotThere();
        var settings = ReadOnly;
        settings.Remove("enable_external_access");
        var session = Open(settings, SetUp, cancellationToken);
        try
        {
            var files = session
                .Rows("SELECT sql FROM duckdb_views() WHERE schema_name = 'stg'", r => r.GetString(0))
                .SelectMany(ParquetSource.PathsIn)
                .Concat(answerFile is null ? [] : [answerFile])
                .Distinct()
                .Select(SqlText.Literal);
            session.Execute(
                $"SET allowed_paths = [{string.Join(", ", files)}]; "
                    + "SET enable_external_access = false; SET lock_configuration = true"
            );
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public ConfigurationException NotThere() =>
        new($"There is no warehouse at {Path} yet. Run the export first, or correct the warehouse's Data Source.");

    /// <summary>The file itself, where <see cref="Path"/> is a link to it.</summary>
    private string Target => new FileInfo(Path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Path;

    /// <summary>A setting that is no number is refused by DuckDB itself.</summary>
    private int Threads =>
        int.TryParse($"{_settings["threads"]}", CultureInfo.InvariantCulture, out var threads)
            ? Math.Clamp(threads, 1, 1_000)
            : 1;

    private DuckDBConnectionStringBuilder ReadOnly
    {
        get
        {
            // Without access to other files DuckDB does not follow a link.
            var settings = At(Target);
            settings["access_mode"] = "READ_ONLY";
            settings["enable_external_access"] = "false";
            return settings;
        }
    }

    private DuckDBConnectionStringBuilder At(string file) =>
        new() { ConnectionString = _settings.ConnectionString, DataSource = file };

    /// <summary>A file that another program has open, as for a short query, is waited for: a few seconds.</summary>
    private DuckDbSession Open(DbConnectionStringBuilder settings, string setUp, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return OpenNow(settings, setUp, cancellationToken);
            }
            catch (SinkAwayException) when (attempt < Attempts)
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
            throw DuckDbErrors.Opening(Path, e);
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
