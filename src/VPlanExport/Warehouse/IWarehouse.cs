using System.Data.Common;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Storage;

namespace VPlanExport.Warehouse;

/// <summary>
/// The star in a database: <c>stg</c> as landed, <c>dw</c> merged, <c>etl</c> the journal, <c>bi</c> views for people.
/// What cannot be opened, read or written is a <see cref="SinkException"/>; a warehouse that does not answer or that
/// another program holds is a <see cref="SinkAwayException"/>; rows or columns that break the declared star are a
/// <see cref="ContractException"/>.
/// </summary>
internal interface IWarehouse : IAsyncDisposable
{
    /// <summary>The location, for people; never a secret.</summary>
    string Location { get; }

    /// <summary>
    /// Makes schemas, tables and views and adds missing columns, all or nothing. Any other difference between the
    /// declared and the actual columns is a <see cref="ContractException"/> that names each with the statement that
    /// settles it; so is a table that runs were loaded into and that is no longer there.
    /// </summary>
    Task<PrepareResult> PrepareAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken);

    /// <summary>
    /// Merges a run into the star by the rules of <see cref="TableChange"/>, in one transaction with its journal:
    /// wholly or not at all. A run the journal already has changes nothing; one older than the newest in it is a
    /// <see cref="RefusedException"/>.
    /// </summary>
    /// <param name="tables">The whole star: what <see cref="PrepareAsync"/> was given.</param>
    Task<LoadResult> LoadAsync(
        ChangeSet changes,
        IStore runStore,
        IReadOnlyList<Table> tables,
        RunReport log,
        CancellationToken cancellationToken
    );

    /// <summary>Before anything is taken back: that this account may take rows out of the star and its journal. Changes
    /// nothing.</summary>
    /// <exception cref="SinkException">It may not.</exception>
    Task EnsureRestorableAsync(IReadOnlyList<Table> tables, CancellationToken cancellationToken);

    /// <summary>
    /// Takes the star and its journal back to what they were after a run, in one transaction: what later runs brought
    /// goes, and what stood in its place comes back. Where no later run was loaded nothing is changed.
    /// </summary>
    /// <param name="star">The run, with every row that every table had after it.</param>
    /// <param name="store">Where those rows' files are.</param>
    Task RestoreAsync(ChangeSet star, IStore store, IReadOnlyList<Table> tables, CancellationToken cancellationToken);

    /// <summary>Puts other rows of the same keys in the place of rows of the star, in one transaction, and leaves
    /// nothing of the old ones in the warehouse's files. The journal stays as it is.</summary>
    /// <param name="star">Every row of the tables that it names.</param>
    /// <param name="store">Where those rows' files are.</param>
    Task ReplaceAsync(ChangeSet star, IStore store, IReadOnlyList<Table> tables, CancellationToken cancellationToken);

    /// <summary>Sequence of the newest run in the journal; null when it has none.</summary>
    Task<long?> LastSequenceAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Reads every row of the tables; columns that a table does not have yet are as <see cref="PrepareAsync"/> would
    /// add them. A value that a column cannot hold as it is declared is a <see cref="ContractException"/>.
    /// </summary>
    /// <param name="read">Makes something of a table's rows; it may be asked again, from the first row on. The batch is
    /// reused.</param>
    /// <returns>What was made of each table, in the order given.</returns>
    /// <exception cref="ConfigurationException">There is no warehouse yet.</exception>
    Task<IReadOnlyList<T>> ReadAsync<T>(
        IReadOnlyList<Table> tables,
        Func<Table, IEnumerable<RowBatch>, T> read,
        CancellationToken cancellationToken
    );

    /// <summary>Answers questions about <c>bi</c> and <c>etl</c>, in one session that changes nothing.</summary>
    /// <param name="ask">It may be asked again, from the first question on.</param>
    /// <exception cref="ConfigurationException">There is no warehouse yet.</exception>
    Task<T> AskAsync<T>(Func<WarehouseSession, T> ask, CancellationToken cancellationToken);

    /// <summary>How fresh each table is, by <c>bi.freshness</c>.</summary>
    /// <exception cref="ConfigurationException">There is no warehouse yet.</exception>
    Task<IReadOnlyList<TableFreshness>> FreshnessAsync(CancellationToken cancellationToken);
}

/// <param name="Added">The columns added to tables that have rows, as <c>dw.table.column</c>: those rows hold nothing
/// there yet.</param>
/// <param name="Advice">What would make it serve its readers better; null when there is nothing.</param>
/// <param name="LastSequence">As <see cref="IWarehouse.LastSequenceAsync"/> answers.</param>
internal sealed record PrepareResult(IReadOnlyList<string> Added, string? Advice = null, long? LastSequence = null)
{
    /// <summary>Whose data it holds; null where the journal does not say.</summary>
    public VPlanEnvironment? Environment { get; init; }
}

/// <param name="LastRunId">The last run that was loaded into the table; null before the first.</param>
/// <param name="LoadedAt">When that was, UTC.</param>
internal sealed record TableFreshness(string Table, long LiveRows, string? LastRunId, DateTime? LoadedAt)
{
    internal const string Query =
        "SELECT table_name, live_rows, last_run_id, loaded_at FROM bi.freshness ORDER BY position";

    internal static TableFreshness Of(DbDataReader row) =>
        new(
            row.GetString(0),
            row.GetInt64(1),
            row.IsDBNull(2) ? null : row.GetString(2),
            row.IsDBNull(3) ? null : row.GetDateTime(3)
        );
}
