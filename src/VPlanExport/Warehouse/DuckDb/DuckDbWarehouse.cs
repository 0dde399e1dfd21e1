using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Storage;

namespace VPlanExport.Warehouse.DuckDb;

/// <summary>
/// The embedded warehouse: one DuckDB file. It is open only while it works, so that others can read it between the
/// loads; while it is open no other program can open it, and within this program readers see the state before the load
/// until it is committed. A file that another program reads is loaded by <see cref="DuckDbCopy"/>.
/// </summary>
/// <param name="connectionString">Such as <c>Data Source=./vplan-data/warehouse.duckdb</c>; DuckDB's settings may
/// follow.</param>
/// <param name="time">Stamps the journal, and waits for a file that is held.</param>
internal sealed class DuckDbWarehouse(string connectionString, TimeProvider time) : SqlWarehouse(time)
{
    private readonly DuckDbDatabase _file = new(connectionString, time);
    private bool _isPrepared;

    private const string Preparing = "preparing its tables";

    public override string Location => _file.Path;

    /// <summary>The tables of a file that another program reads are only checked here; they are made when something is
    /// loaded.</summary>
    public override Task<PrepareResult> PrepareAsync(
        IReadOnlyList<Table> tables,
        CancellationToken cancellationToken
    ) =>
        Task.Run(
            () =>
            {
                try
                {
                    using var session = _file.Open(cancellationToken);
                    session.Does(Preparing);
                    var added = DuckDbSchema.Prepare(session, Location, tables);
                    _isPrepared = true;
                    return new PrepareResult(added, LastSequence: Journal.LastSequence(session))
                    {
                        Environment = Journal.Environment(session),
                    };
                }
                catch (SinkAwayException held)
                {
                    using var session = _file.OpenShared(held, cancellationToken);
                    session.Does("checking its tables");
                    DuckDbSchema.Check(session, Location, tables);
                    return new PrepareResult(
                        [],
                        $"Another program reads it: {(OperatingSystem.IsWindows()
                ? "until that program closes it, nothing is loaded."
                : "a load goes into a copy, which then replaces it.")}",
                        LastSequenceOf(session)
                    )
                    {
                        Environment = Journal.Environment(session),
                    };
                }
            },
            cancellationToken
        );

    /// <summary>Who may write the file may do all.</summary>
    public override Task EnsureRestorableAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public override async Task ReplaceAsync(
        ChangeSet star,
        IStore store,
        IReadOnlyList<Table> tables,
        CancellationToken cancellationToken
    )
    {
        await base.ReplaceAsync(star, store, tables, cancellationToken);
        await Task.Run(() => _file.Compact(cancellationToken), cancellationToken);
    }

    public override async Task<long?> LastSequenceAsync(CancellationToken cancellationToken) =>
        _file.Exists ? await base.LastSequenceAsync(cancellationToken) : null;

    /// <summary>
    /// Answers a question that changes nothing: the file is opened read-only, without access to the network or to other
    /// files than those that <c>stg</c> shows. An error in the SQL is a <see cref="ConfigurationException"/> with
    /// DuckDB's message.
    /// </summary>
    /// <param name="asJson">Whether the answer is written as JSON.</param>
    public QueryResult Query(string sql, bool asJson, CancellationToken cancellationToken) =>
        QueryResult.Run(_file.OpenForQuestions(null, cancellationToken), sql, asJson, cancellationToken);

    /// <summary>Answers a SELECT into a Parquet file, with DuckDB's own types; it may read and write nothing else
    /// either.</summary>
    /// <returns>How many rows were written.</returns>
    public long SaveAsParquet(string sql, string file, CancellationToken cancellationToken)
    {
        using var session = _file.OpenForQuestions(file, cancellationToken);
        return QueryResult.Save(session, sql, file, cancellationToken);
    }

    protected override MergeSql MergeOf(Table table) => new DuckDbMerge(table);

    protected override ConfigurationException NotThere() => _file.NotThere();

    protected override Task<T> ReadAsync<T>(
        string doing,
        Func<WarehouseSession, T> read,
        CancellationToken cancellationToken
    ) =>
        Task.Run(
            () =>
            {
                using var session = _file.OpenReadOnly(cancellationToken);
                session.Does(doing);
                return read(session);
            },
            cancellationToken
        );

    protected override async Task<T> WriteAsync<T>(
        string doing,
        ChangeSet rows,
        IStore store,
        IReadOnlyList<Table> tables,
        Func<Writing, T> write,
        CancellationToken cancellationToken
    )
    {
        var files = await LocalFilesAsync(rows, store, tables, cancellationToken);
        return await Task.Run(
            () =>
                _file.Write(
                    (session, isCopy) =>
                    {
                        session.Does(Preparing);
                        if (!_isPrepared)
                            DuckDbSchema.Prepare(session, Location, tables);
                        session.Does(doing);
                        return session.InTransaction(() =>
                            write(new Writing(session, new DuckDbLoad(session, rows, files, tables), isCopy))
                        );
                    },
                    cancellationToken
                ),
            cancellationToken
        );
    }

    private static async Task<IReadOnlyDictionary<string, ParquetSource>> LocalFilesAsync(
        ChangeSet changes,
        IStore runStore,
        IReadOnlyList<Table> tables,
        CancellationToken cancellationToken
    )
    {
        var sources = new Dictionary<string, ParquetSource>(StringComparer.Ordinal);
        foreach (var change in changes.Tables.Where(c => c.Files.Count > 0))
        {
            var (paths, columns) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
            foreach (var file in change.Files)
            {
                columns.UnionWith(
                    await ColumnsAsync(
                        file,
                        tables.Single(t => t.Name == change.Table),
                        changes.RunId,
                        runStore,
                        cancellationToken
                    )
                );
                paths.Add(Path.GetFullPath(await runStore.LocalAsync(file.Path, cancellationToken)));
            }
            sources.Add(change.Table, ParquetSource.Of(paths, columns));
        }
        return sources;
    }

    private static async Task<IReadOnlyList<string>> ColumnsAsync(
        RowFileInfo file,
        Table table,
        string runId,
        IStore runStore,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var stream =
                await runStore.OpenAsync(file.Path, file.Checksum, RowFile.Advice, cancellationToken)
                ?? throw new SinkException($"There is no file {file.Path} in {runStore.Location}.");
            return await RowFile.ReadColumnsAsync(stream, table, cancellationToken);
        }
        catch (SinkException e)
        {
            throw RowFileReader.Damaged(table, runId, e.Message, e);
        }
    }
}
