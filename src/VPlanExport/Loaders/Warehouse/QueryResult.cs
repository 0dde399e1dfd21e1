using DuckDB.NET.Data;

namespace VPlanExport.Loaders.Warehouse;

/// <summary>
/// The answer to a query. Rows are read once, as they come; timestamps are UTC. A value that .NET has a type for comes in that type, every other one
/// as DuckDB's own text.
/// </summary>
public sealed class QueryResult : IDisposable
{
    private const string CastIt = " Cast the column to text, as in SELECT x::VARCHAR.";

    private readonly DuckDbSession _session;
    private readonly DuckDBCommand _command;
    private readonly DuckDBDataReader _reader;
    private readonly bool _asJson;
    private readonly CancellationTokenRegistration _cancellation;

    private QueryResult(DuckDbSession session, DuckDBCommand command, IReadOnlyList<QueryColumn>? columns, bool asJson, CancellationToken cancellationToken)
    {
        (_session, _command, _asJson) = (session, command, asJson);
        _cancellation = cancellationToken.Register(command.Cancel);
        _reader = command.ExecuteReader();
        Columns = columns ?? [.. Enumerable.Range(0, _reader.FieldCount).Select(i => new QueryColumn(_reader.GetName(i), _reader.GetDataTypeName(i).ToUpperInvariant()))];
    }

    public IReadOnlyList<QueryColumn> Columns { get; }

    /// <summary>The rows, a value a column, null where there is none.</summary>
    public IEnumerable<object?[]> Rows()
    {
        while (Guarded(_reader.Read))
            yield return Guarded(() => Columns.Select((column, i) => _reader.IsDBNull(i) ? null : column.Shown(_reader.GetValue(i), _asJson)).ToArray(), CastIt);
        if (Guarded(_reader.NextResult))
            throw new ConfigurationException("The query holds more than one statement, and only the first was answered: ask one statement at a time.");
    }

    public void Dispose()
    {
        _cancellation.Dispose();
        _reader.Dispose();
        _command.Dispose();
        _session.Dispose();
    }

    /// <param name="asJson">Whether values without a .NET type come as <see cref="JsonText"/> where JSON has more than a string for them.</param>
    internal static QueryResult Run(DuckDbSession session, string sql, bool asJson, CancellationToken cancellationToken)
    {
        DuckDBCommand? command = null;
        try
        {
            if (session.IsEmpty(sql))
                throw new ConfigurationException("The query is empty: write a SELECT statement, such as SELECT * FROM bi.freshness.");
            var columns = Describe(session, sql);
            command = session.Command(columns is null ? sql : Readable(sql, columns, asJson));
            command.UseStreamingMode = true;
            return Guarded(() => new QueryResult(session, command, columns, asJson, cancellationToken));
        }
        catch
        {
            command?.Dispose();
            session.Dispose();
            throw;
        }
    }

    /// <summary>The query, asked for values that can be read.</summary>
    private static string Readable(string sql, IReadOnlyList<QueryColumn> columns, bool asJson) =>
        $"SELECT {string.Join(", ", columns.Select((c, i) => c.Expression($"c{i}", asJson)))} FROM {Inner(sql)} AS q({string.Join(", ", columns.Select((_, i) => $"c{i}"))})";

    /// <summary>Takes one statement that gives rows, and gives them in its order.</summary>
    private static string Inner(string sql) => $"query('{sql.Replace("'", "''", StringComparison.Ordinal)}')";

    /// <summary>The columns; null of what is no single SELECT, such as EXPLAIN or a query with a mistake, which is asked as it is.</summary>
    private static List<QueryColumn>? Describe(DuckDbSession session, string sql)
    {
        if (ColumnsOf(session, $"FROM {Inner(sql)}") is not { } columns)
            return null;
        // A name that stands there twice has a number behind it inside another query, and none where the query itself is described.
        return ColumnsOf(session, sql) is { } named && named.Count == columns.Count ? named : columns;
    }

    private static List<QueryColumn>? ColumnsOf(DuckDbSession session, string sql)
    {
        try
        {
            using var command = session.Command($"DESCRIBE {sql}");
            using var reader = command.ExecuteReader();
            var columns = new List<QueryColumn>();
            while (reader.Read())
                columns.Add(new QueryColumn(reader.GetString(0), reader.GetString(1)));
            return columns;
        }
        catch (Exception e) when (IsOfQuery(e))
        {
            return null;
        }
    }

    private static T Guarded<T>(Func<T> read, string advice = "")
    {
        try
        {
            return read();
        }
        catch (Exception e) when (IsOfQuery(e))
        {
            throw new ConfigurationException($"The query failed: {e.Message}{(e is DuckDBException ? "" : advice)}", e);
        }
    }

    /// <summary>DuckDB refuses it, its parameters are missing, or a value fits no type.</summary>
    private static bool IsOfQuery(Exception e) =>
        e is DuckDBException or InvalidOperationException or InvalidCastException or NotSupportedException or ArgumentException or ArithmeticException or FormatException;
}
