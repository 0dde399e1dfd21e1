using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Storage;

namespace VPlanExport.Warehouse.SqlServer;

/// <summary>
/// The warehouse in SQL Server or Azure SQL Database. Rows are staged in bulk and merged in one transaction, under a
/// lock that lets one load at a time in. What passes by itself is tried again as a whole: a load that was made is found
/// in the journal.
/// </summary>
/// <param name="connectionString">Names server and database; a secret where it holds a password.</param>
/// <param name="isEntra">Signs in as the machine's identity.</param>
/// <param name="deploys">Makes missing schemas, tables, columns and views; otherwise only says that they are
/// missing.</param>
/// <param name="time">Stamps the journal, and waits between attempts.</param>
internal sealed class SqlServerWarehouse(string connectionString, bool isEntra, bool deploys, TimeProvider time)
    : IWarehouse
{
    private const string Lock =
        "DECLARE @result int; EXEC @result = sp_getapplock @Resource = N'vplan-export', @LockMode = "
        + "N'Exclusive', @LockOwner = N'Transaction', @LockTimeout = 60000; SELECT @result";
    private readonly SqlServerDatabase _database = new(connectionString, isEntra);
    private volatile bool _hasAnswered;

    public string Location => _database.Location;

    /// <summary>Opens a session of another kind in place of a connection.</summary>
    internal Func<string, CancellationToken, SqlServerSession>? Opens { get; init; }

    public Task<PrepareResult> PrepareAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken) =>
        OpenedAsync(
            "preparing its tables",
            session =>
            {
                var features = SqlServerFeatures.Of(session);
                Schema().RefuseDrift();
                var (added, undescribed) = deploys
                    ? Locked(session, () => Schema().Make())
                    : (Complete(Schema().Missing()), null);
                var advice = new[] { features.Advice, deploys ? Schema().Mark() : null, undescribed }
                    .OfType<string>()
                    .ToList();
                return new PrepareResult(
                    added,
                    advice.Count == 0 ? null : string.Join(' ', advice),
                    Journal.LastSequence(session)
                )
                {
                    Environment = Journal.Environment(session),
                };

                SqlServerSchema Schema() => new(session, Location, tables, features);
            },
            cancellationToken
        );

    public Task<LoadResult> LoadAsync(
        ChangeSet changes,
        IStore runStore,
        IReadOnlyList<Table> tables,
        RunReport log,
        CancellationToken cancellationToken
    )
    {
        var began = time.GetUtcNow().UtcDateTime;
        return OpenedAsync(
            $"loading run {changes.RunId}",
            session =>
                Locked(
                    session,
                    () =>
                    {
                        if (Journal.Find(session, changes.RunId) is { } applied)
                            return applied;
                        Journal.RefuseOlder(session, changes);
                        var counts = new SqlServerLoad(session, changes, runStore, tables, cancellationToken).Run();
                        Journal.Write(
                            session,
                            changes,
                            log,
                            counts,
                            name => new SqlServerMerge(tables.Single(t => t.Name == name)),
                            began,
                            time.GetUtcNow().UtcDateTime
                        );
                        return new LoadResult(false, counts);
                    }
                ),
            cancellationToken
        );
    }

    public Task EnsureRestorableAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken) =>
        OpenedAsync(
            "trying what a rollback needs",
            session =>
            {
                if (Journal.Exists(session))
                    session.Execute(
                        string.Join(
                            "; ",
                            [.. tables.Select(t => new SqlServerMerge(t).RemoveNothing), Journal.ForgetNothing]
                        )
                    );
                return true;
            },
            cancellationToken
        );

    public Task RestoreAsync(
        ChangeSet star,
        IStore store,
        IReadOnlyList<Table> tables,
        CancellationToken cancellationToken
    ) => ChangeAsync($"going back to run {star.RunId}", star, store, tables, load => load.Restore(), cancellationToken);

    public Task ReplaceAsync(
        ChangeSet star,
        IStore store,
        IReadOnlyList<Table> tables,
        CancellationToken cancellationToken
    ) => ChangeAsync("replacing rows", star, store, tables, load => load.Replace(), cancellationToken);

    private Task ChangeAsync(
        string doing,
        ChangeSet star,
        IStore store,
        IReadOnlyList<Table> tables,
        Action<SqlServerLoad> change,
        CancellationToken cancellationToken
    ) =>
        OpenedAsync(
            doing,
            session =>
                Locked(
                    session,
                    () =>
                    {
                        change(new SqlServerLoad(session, star, store, tables, cancellationToken));
                        return true;
                    }
                ),
            cancellationToken
        );

    public Task<long?> LastSequenceAsync(CancellationToken cancellationToken) =>
        OpenedAsync(
            "reading its journal",
            session => Journal.Exists(session) ? Journal.LastSequence(session) : null,
            cancellationToken
        );

    public Task<IReadOnlyList<T>> ReadAsync<T>(
        IReadOnlyList<Table> tables,
        Func<Table, IEnumerable<RowBatch>, T> read,
        CancellationToken cancellationToken
    ) =>
        OpenedAsync<IReadOnlyList<T>>(
            "reading its rows",
            session =>
                Journal.Exists(session)
                    ? [.. tables.Select(t => session.Read(t, new SqlServerMerge(t), rows => read(t, rows)))]
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

    public Task<T> AskAsync<T>(Func<WarehouseSession, T> ask, CancellationToken cancellationToken) =>
        OpenedAsync(
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

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ConfigurationException NotThere() =>
        new($"There is no warehouse in {Location} yet. Run the export first, or correct Warehouse:ConnectionString.");

    private T Locked<T>(SqlServerSession session, Func<T> work) =>
        session.InTransaction(() =>
            session.Number(Lock) switch
            {
                >= 0 => work(),
                null or < -3 => throw new SinkException(
                    $"The warehouse {Location} gives no lock: sp_getapplock does not do there what it does in SQL "
                        + "Server. Nothing was changed."
                ),
                _ => throw new LockedException(
                    $"Another load works on the warehouse {Location} and did not end within a minute. Wait until "
                        + "it has ended, then run again."
                ),
            }
        );

    private IReadOnlyList<string> Complete(IReadOnlyList<string> missing) =>
        missing.Count == 0
            ? []
            : throw new ContractException(
                $"The warehouse {Location} lacks {string.Join(", ", missing)}, and Warehouse:Deploy is false. "
                    + "Nothing was changed. Deploy the dacpac that `vplan-export schema --write --dacpac FILE` makes, "
                    + "or set Warehouse:Deploy to true."
            );

    private async Task<T> OpenedAsync<T>(
        string doing,
        Func<SqlServerSession, T> work,
        CancellationToken cancellationToken
    )
    {
        return await SqlServerPatience
            .Of(time, () => _hasAnswered)
            .ExecuteAsync(
                async token =>
                    await Task.Run(
                        () =>
                        {
                            using var session = (Opens ?? _database.Open)(doing, token);
                            _hasAnswered = true;
                            return work(session);
                        },
                        token
                    ),
                cancellationToken
            );
    }
}
