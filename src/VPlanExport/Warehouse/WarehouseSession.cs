using System.Data.Common;
using System.Data.SqlTypes;
using System.Diagnostics.Metrics;
using VPlanExport.Model;

namespace VPlanExport.Warehouse;

/// <summary>
/// One connection and one thread of work on it. In every statement a question mark is a parameter. Closing the session
/// rolls back what was not committed.
/// </summary>
internal abstract class WarehouseSession : IDisposable
{
    private readonly CancellationToken _cancellationToken;
    private readonly KeyValuePair<string, object?> _location;
    private string _doing = "preparing";

    /// <param name="location">The warehouse, for people.</param>
    protected WarehouseSession(string location, CancellationToken cancellationToken)
    {
        _cancellationToken = cancellationToken;
        Location = location;
        _location = new(WarehouseMetrics.Location, location);
        WarehouseMetrics.Sessions.Add(1, _location);
    }

    /// <summary>The warehouse, for people.</summary>
    protected string Location { get; }

    protected CancellationToken CancellationToken => _cancellationToken;

    /// <summary>Says in errors what the session is at, such as <c>loading run 20261001</c>.</summary>
    public void Does(string what) => _doing = what;

    /// <summary>Runs one or more statements; the number of rows that the last one changed.</summary>
    public int Execute(string sql, params object?[] parameters) =>
        Run(sql, parameters, command => command.ExecuteNonQuery());

    public List<T> Rows<T>(string sql, Func<DbDataReader, T> read, params object?[] parameters) =>
        Run(
            sql,
            parameters,
            command =>
            {
                using var reader = command.ExecuteReader();
                var rows = new List<T>();
                while (reader.Read())
                    rows.Add(Read(reader, read));
                return rows;
            }
        );

    public T Single<T>(string sql, Func<DbDataReader, T> read, params object?[] parameters) =>
        Rows(sql, read, parameters).Single();

    /// <summary>A whole number of one row; null where it is empty or there is no row.</summary>
    public long? Number(string sql, params object?[] parameters) =>
        Rows(sql, r => r.IsDBNull(0) ? (long?)null : Convert.ToInt64(r.GetValue(0), null), parameters)
            .SingleOrDefault();

    /// <summary>Rows, minutes and hours: the three columns of one row.</summary>
    public ControlTotals Tally(string sql) => Single(sql, r => TallyAt(r, 0));

    /// <summary>Reads every row of a table of the star, as they come.</summary>
    public T Read<T>(Table table, MergeSql merge, Func<IEnumerable<RowBatch>, T> read) =>
        Run(
            Streamed(merge.AllRows),
            command =>
            {
                using var reader = command.ExecuteReader();
                return read(new WarehouseReader(table, reader).Batches());
            }
        );

    /// <summary>Commits when <paramref name="work"/> ends well; when it throws, closing the session rolls
    /// back.</summary>
    public abstract T InTransaction<T>(Func<T> work);

    public abstract void Dispose();

    protected abstract DbCommand Command(string sql, object?[] parameters);

    /// <summary>A command whose rows are not gathered before the first is read.</summary>
    protected virtual DbCommand Streamed(string sql) => Command(sql, []);

    /// <summary>A failure while <paramref name="doing"/>, as what an operator can do about it; null when it is none of
    /// the database's.</summary>
    protected abstract ExportException? Fault(string doing, Exception e);

    /// <summary>Runs what may fail in the database.</summary>
    protected T Guarded<T>(Func<T> act)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return act();
        }
        catch (Exception e) when (e is not ExportException)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (Fault(_doing, e) is { } fault)
                throw fault;
            throw;
        }
    }

    /// <summary>A table or view under one of our names may hold what we never put there.</summary>
    private T Read<T>(DbDataReader reader, Func<DbDataReader, T> read)
    {
        try
        {
            return read(reader);
        }
        catch (Exception e)
            when (e is InvalidCastException or FormatException or OverflowException or SqlNullValueException)
        {
            throw new SinkException(
                $"The warehouse gave an answer that cannot be read while {_doing}: {e.Message} Something there is "
                    + "not what the export made: run `vplan-export check`.",
                e
            );
        }
    }

    /// <summary>Rows, minutes and hours: three columns from one on.</summary>
    public static ControlTotals TallyAt(DbDataReader row, int column) =>
        new(Whole(row, column), Whole(row, column + 1), Convert.ToDecimal(row.GetValue(column + 2), null));

    public static long Whole(DbDataReader row, int column) => Convert.ToInt64(row.GetValue(column), null);

    private T Run<T>(string sql, object?[] parameters, Func<DbCommand, T> run) => Run(Command(sql, parameters), run);

    private T Run<T>(DbCommand command, Func<DbCommand, T> run) =>
        Guarded(() =>
        {
            WarehouseMetrics.Statements.Add(1, _location);
            using (command)
            using (_cancellationToken.Register(command.Cancel))
                return run(command);
        });
}

/// <summary>How much a warehouse is asked, for listeners of the meter <c>VPlanExport.Warehouse</c>; both are tagged
/// with its location.</summary>
internal static class WarehouseMetrics
{
    public const string Location = "location";

    private static readonly Meter Counts = new("VPlanExport.Warehouse");

    /// <summary>Statements sent.</summary>
    public static readonly Counter<long> Statements = Counts.CreateCounter<long>(
        "vplan_export.warehouse.statements",
        "{statement}"
    );

    /// <summary>Sessions opened: of DuckDB's file, or connections to SQL Server.</summary>
    public static readonly Counter<long> Sessions = Counts.CreateCounter<long>(
        "vplan_export.warehouse.sessions",
        "{session}"
    );
}
