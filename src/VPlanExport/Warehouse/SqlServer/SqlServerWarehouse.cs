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
    : SqlWarehouse(time)
{
    private const string Lock =
        "DECLARE @result int; EXEC @result = sp_getapplock @Resource = N'vplan-export', @LockMode = "
        + "N'Exclusive', @LockOwner = N'Transaction', @LockTimeout = 60000; SELECT @result";
    private readonly SqlServerDatabase _database = new(connectionString, isEntra);
    private readonly TimeProvider _time = time;
    private volatile bool _hasAnswered;

    public override string Location => _database.Location;

    /// <summary>Opens a session of another kind in place of a connection.</summary>
    internal Func<string, CancellationToken, SqlServerSession>? Opens { get; init; }

    public override Task<PrepareResult> PrepareAsync(
        IReadOnlyList<Table> tables,
        CancellationToken cancellationToken
    ) =>
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

    public override Task EnsureRestorableAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken) =>
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

    protected override MergeSql MergeOf(Table table) => new SqlServerMerge(table);

    protected override Task<T> ReadAsync<T>(
        string doing,
        Func<WarehouseSession, T> read,
        CancellationToken cancellationToken
    ) => OpenedAsync(doing, read, cancellationToken);

    protected override Task<T> WriteAsync<T>(
        string doing,
        ChangeSet rows,
        IStore store,
        IReadOnlyList<Table> tables,
        Func<Writing, T> write,
        CancellationToken cancellationToken
    ) =>
        OpenedAsync(
            doing,
            session =>
                Locked(
                    session,
                    () =>
                        write(new Writing(session, new SqlServerLoad(session, rows, store, tables, cancellationToken)))
                ),
            cancellationToken
        );

    protected override ConfigurationException NotThere() =>
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
            .Of(_time, () => _hasAnswered)
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
