using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Storage;

namespace VPlanExport.Warehouse;

/// <summary>
/// A warehouse that speaks SQL. How rows are loaded, taken back and read is the same in every engine; an engine says
/// how its database is opened, how rows land and how one statement merges them.
/// </summary>
/// <param name="time">Stamps the journal.</param>
internal abstract class SqlWarehouse(TimeProvider time) : IWarehouse
{
    /// <param name="IsCopy">The work is done on a copy, which then replaces the database.</param>
    protected sealed record Writing(WarehouseSession Session, WarehouseLoader Loader, bool IsCopy = false);

    public abstract string Location { get; }

    public abstract Task<PrepareResult> PrepareAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken);

    public abstract Task EnsureRestorableAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken);

    public Task<LoadResult> LoadAsync(
        ChangeSet changes,
        IStore runStore,
        IReadOnlyList<Table> tables,
        RunReport log,
        CancellationToken cancellationToken
    )
    {
        var began = time.GetUtcNow().UtcDateTime;
        return WriteAsync(
            $"loading run {changes.RunId}",
            changes,
            runStore,
            tables,
            writing =>
                (Journal.Find(writing.Session, changes.RunId) ?? Load(writing)) with
                {
                    IsCopied = writing.IsCopy,
                },
            cancellationToken
        );

        LoadResult Load(Writing writing)
        {
            Journal.RefuseOlder(writing.Session, changes);
            var counts = writing.Loader.Run();
            Journal.Write(
                writing.Session,
                changes,
                log,
                counts,
                name => MergeOf(tables.Single(t => t.Name == name)),
                began,
                time.GetUtcNow().UtcDateTime
            );
            return new LoadResult(false, counts);
        }
    }

    public Task RestoreAsync(
        ChangeSet star,
        IStore store,
        IReadOnlyList<Table> tables,
        CancellationToken cancellationToken
    ) => ChangeAsync($"going back to run {star.RunId}", star, store, tables, load => load.Restore(), cancellationToken);

    public virtual Task ReplaceAsync(
        ChangeSet star,
        IStore store,
        IReadOnlyList<Table> tables,
        CancellationToken cancellationToken
    ) => ChangeAsync("replacing rows", star, store, tables, load => load.Replace(), cancellationToken);

    public virtual Task<long?> LastSequenceAsync(CancellationToken cancellationToken) =>
        ReadAsync("reading its journal", LastSequenceOf, cancellationToken);

    public Task<IReadOnlyList<T>> ReadAsync<T>(
        IReadOnlyList<Table> tables,
        Func<Table, IEnumerable<RowBatch>, T> read,
        CancellationToken cancellationToken
    ) =>
        ReadAsync<IReadOnlyList<T>>(
            "reading its rows",
            session =>
                Journal.Exists(session)
                    ? [.. tables.Select(t => session.Read(t, MergeOf(t), rows => read(t, rows)))]
                    : throw NotThere(),
            cancellationToken
        );

    public Task<T> AskAsync<T>(Func<WarehouseSession, T> ask, CancellationToken cancellationToken) =>
        ReadAsync(
            "answering questions",
            session =>
                session.Number(
                    "SELECT count(*) FROM INFORMATION_SCHEMA.VIEWS WHERE TABLE_SCHEMA = 'bi' AND TABLE_NAME = "
                        + "'freshness'"
                ) > 0
                    ? ask(session)
                    : throw NotThere(),
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

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected static long? LastSequenceOf(WarehouseSession session) =>
        Journal.Exists(session) ? Journal.LastSequence(session) : null;

    protected abstract MergeSql MergeOf(Table table);

    /// <summary>There is no warehouse of ours yet.</summary>
    protected abstract ConfigurationException NotThere();

    /// <summary>Reads in one session that changes nothing; what reads may be asked again from the start.</summary>
    protected abstract Task<T> ReadAsync<T>(
        string doing,
        Func<WarehouseSession, T> read,
        CancellationToken cancellationToken
    );

    /// <summary>Writes in one transaction in which nobody else loads; all of it happens, or nothing.</summary>
    /// <param name="rows">What the loader loads.</param>
    /// <param name="store">Where those rows' files are.</param>
    protected abstract Task<T> WriteAsync<T>(
        string doing,
        ChangeSet rows,
        IStore store,
        IReadOnlyList<Table> tables,
        Func<Writing, T> write,
        CancellationToken cancellationToken
    );

    private Task ChangeAsync(
        string doing,
        ChangeSet star,
        IStore store,
        IReadOnlyList<Table> tables,
        Action<WarehouseLoader> change,
        CancellationToken cancellationToken
    ) =>
        WriteAsync(
            doing,
            star,
            store,
            tables,
            writing =>
            {
                change(writing.Loader);
                return true;
            },
            cancellationToken
        );
}
