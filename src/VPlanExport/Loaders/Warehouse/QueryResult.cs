using DuckDB.NET.Data;

namespace VPlanExport.Loaders.Warehouse;

/// <summary>A column of an answer, with the name of its type: <c>BIGINT</c>, <c>VARCHAR</c>, <c>DECIMAL</c> …</summary>
public sealed record QueryColumn(string Name, string Type);

/// <summary>The answer to a query. Rows are read once, as they come; timestamps are UTC.</summary>
public sealed class QueryResult : IDisposable
{
    private readonly DuckDbSession _session;
    private readonly DuckDBCommand _command;
    private readonly DuckDBDataReader _reader;
    private readonly CancellationTokenRegistration _cancellation;

    private QueryResult(DuckDbSession session, DuckDBCommand command, CancellationToken cancellationToken)
    {
        (_session, _command) = (session, command);
        _cancellation = cancellationToken.Register(command.Cancel);
        _reader = command.ExecuteReader();
        Columns = [.. Enumerable.Range(0, _reader.FieldCount).Select(i => new QueryColumn(_reader.GetName(i), _reader.GetDataTypeName(i).ToUpperInvariant()))];
    }

    public IReadOnlyList<QueryColumn> Columns { get; }

    /// <summary>The rows, a value a column, null where there is none.</summary>
    public IEnumerable<object?[]> Rows()
    {
        while (Guarded(_reader.Read))
            yield return Guarded(() => Columns.Select((_, i) => _reader.IsDBNull(i) ? null : _reader.GetValue(i)).ToArray());
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

    internal static QueryResult Run(DuckDbSession session, string sql, CancellationToken cancellationToken)
    {
        var command = session.Command(sql);
        command.UseStreamingMode = true;
        try
        {
            return Guarded(() => new QueryResult(session, command, cancellationToken));
        }
        catch
        {
            command.Dispose();
            session.Dispose();
            throw;
        }
    }

    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (DuckDBException e)
        {
            throw new ConfigurationException($"The query failed: {e.Message}", e);
        }
    }
}
