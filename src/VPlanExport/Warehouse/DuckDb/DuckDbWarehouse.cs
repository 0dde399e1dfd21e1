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
/// <param name="memoryLimit">DuckDB's own memory; what does not fit spills next to the file. A setting in the
/// connection string wins.</param>
internal sealed class DuckDbWarehouse(string connectionString, TimeProvider time, string memoryLimit = "160MB")
    : IWarehouse
{
    private readonly DuckDbDatabase _file = new(connectionString, memoryLimit, time);
    private bool _isPrepared;

    private const string Preparing = "preparing its tables";

    public string Location => _file.Path;

    /// <summary>The tables of a file that another program reads are only checked here; they are made when something is
    /// loaded.</summary>
    public Task<PrepareResult> PrepareAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken) =>
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

    public async Task<LoadResult> LoadAsync(
        ChangeSet changes,
        IStore runStore,
        IReadOnlyList<Table> tables,
        RunReport log,
        CancellationToken cancellationToken
    )
    {
        var began = time.GetUtcNow().UtcDateTime;
        var files = await LocalFilesAsync(changes, runStore, tables, cancellationToken);
        return await WriteAsync(
            $"loading run {changes.RunId}",
            tables,
            (session, isCopy) =>
            {
                var load =
                    Journal.Find(session, changes.RunId)
                    ?? session.InTransaction(() =>
                    {
                        Journal.RefuseOlder(session, changes);
                        var counts = new DuckDbLoad(session, changes, files, tables).Run();
                        Journal.Write(
                            session,
                            changes,
                            log,
                            counts,
                            name => new DuckDbMerge(tables.Single(t => t.Name == name)),
                            began,
                            time.GetUtcNow().UtcDateTime
                        );
                        return new LoadResult(false, counts);
                    });
                return load with { IsCopied = isCopy };
            },
            cancellationToken
        );
    }

    /// <summary>Who may write the file may do all.</summary>
    public Task EnsureRestorableAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken) =>
        Task.CompletedTask;

    public Task RestoreAsync(
        ChangeSet star,
        IStore store,
        IReadOnlyList<Table> tables,
        CancellationToken cancellationToken
    ) => ChangeAsync($"going back to run {star.RunId}", star, store, tables, load => load.Restore(), cancellationToken);

    public async Task ReplaceAsync(
        ChangeSet star,
        IStore store,
        IReadOnlyList<Table> tables,
        CancellationToken cancellationToken
    )
    {
        await ChangeAsync("replacing rows", star, store, tables, load => load.Replace(), cancellationToken);
        await Task.Run(() => _file.Compact(cancellationToken), cancellationToken);
    }

    private async Task ChangeAsync(
        string doing,
        ChangeSet star,
        IStore store,
        IReadOnlyList<Table> tables,
        Action<DuckDbLoad> change,
        CancellationToken cancellationToken
    )
    {
        var files = await LocalFilesAsync(star, store, tables, cancellationToken);
        await WriteAsync(
            doing,
            tables,
            (session, _) =>
                session.InTransaction(() =>
                {
                    change(new DuckDbLoad(session, star, files, tables));
                    return true;
                }),
            cancellationToken
        );
    }

    public Task<long?> LastSequenceAsync(CancellationToken cancellationToken) =>
        Task.Run(
            () =>
            {
                if (!_file.Exists)
                    return null;
                using var session = _file.OpenReadOnly(cancellationToken);
                session.Does("reading its journal");
                return LastSequenceOf(session);
            },
            cancellationToken
        );

    public Task<IReadOnlyList<TableFreshness>> FreshnessAsync(CancellationToken cancellationToken) =>
        AskAsync<IReadOnlyList<TableFreshness>>(
            session =>
            {
                session.Does("reading its freshness");
                return session.Rows(TableFreshness.Query, TableFreshness.Of);
            },
            cancellationToken
        );

    public Task<T> AskAsync<T>(Func<WarehouseSession, T> ask, CancellationToken cancellationToken) =>
        Task.Run(
            () =>
            {
                using var session = _file.OpenReadOnly(cancellationToken);
                session.Does("answering questions");
                return ask(session);
            },
            cancellationToken
        );

    public Task<IReadOnlyList<T>> ReadAsync<T>(
        IReadOnlyList<Table> tables,
        Func<Table, IEnumerable<RowBatch>, T> read,
        CancellationToken cancellationToken
    ) =>
        Task.Run<IReadOnlyList<T>>(
            () =>
            {
                using var session = _file.OpenReadOnly(cancellationToken);
                session.Does("reading its rows");
                return [.. tables.Select(t => session.Read(t, new DuckDbMerge(t), rows => read(t, rows)))];
            },
            cancellationToken
        );

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

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static long? LastSequenceOf(DuckDbSession session) =>
        Journal.Exists(session) ? Journal.LastSequence(session) : null;

    private Task<T> WriteAsync<T>(
        string doing,
        IReadOnlyList<Table> tables,
        Func<DuckDbSession, bool, T> work,
        CancellationToken cancellationToken
    ) =>
        Task.Run(
            () =>
                _file.Write(
                    (session, isCopy) =>
                    {
                        session.Does(Preparing);
                        if (!_isPrepared)
                            DuckDbSchema.Prepare(session, Location, tables);
                        session.Does(doing);
                        return work(session, isCopy);
                    },
                    cancellationToken
                ),
            cancellationToken
        );

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
