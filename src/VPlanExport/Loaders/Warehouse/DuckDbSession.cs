using System.Data.Common;
using DuckDB.NET.Data;

namespace VPlanExport.Loaders.Warehouse;

/// <summary>One connection and one thread of work on it. Closing it rolls back what was not committed.</summary>
internal sealed class DuckDbSession(DuckDBConnection connection, string path, CancellationToken cancellationToken) : IDisposable
{
    private string _doing = "preparing";

    public string Path => path;

    /// <summary>Says in errors what the session is at, such as <c>loading run 20261001</c>.</summary>
    public DuckDbSession Doing(string what)
    {
        _doing = what;
        return this;
    }

    /// <summary>Runs one or more statements; the number of rows that the last one changed.</summary>
    public int Execute(string sql, params object?[] parameters) => Run(sql, parameters, command => command.ExecuteNonQuery());

    public List<T> Rows<T>(string sql, Func<DbDataReader, T> read, params object?[] parameters) => Run(sql, parameters, command =>
    {
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(read(reader));
        return rows;
    });

    public T Single<T>(string sql, Func<DbDataReader, T> read, params object?[] parameters) => Rows(sql, read, parameters).Single();

    /// <summary>Commits when <paramref name="work"/> ends well; when it throws, closing the session rolls back.</summary>
    public T InTransaction<T>(Func<T> work)
    {
        Execute("BEGIN TRANSACTION");
        var result = work();
        Execute("COMMIT");
        return result;
    }

    /// <summary>Fills a temporary table.</summary>
    public DuckDBAppender Appender(string table) => connection.CreateAppender("temp", "main", table);

    public DuckDBCommand Command(string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    public void Dispose() => connection.Dispose();

    private T Run<T>(string sql, object?[] parameters, Func<DuckDBCommand, T> run)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var command = Command(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new DuckDBParameter(parameter ?? DBNull.Value));
        using var registration = cancellationToken.Register(command.Cancel);
        try
        {
            return run(command);
        }
        catch (DuckDBException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw DuckDbFaults.While(_doing, path, e);
        }
    }
}
