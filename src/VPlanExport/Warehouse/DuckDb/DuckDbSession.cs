using System.Data.Common;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using DuckDBAppender = DuckDB.NET.Data.DuckDBAppender;

namespace VPlanExport.Warehouse.DuckDb;

/// <inheritdoc/>
internal sealed class DuckDbSession(DuckDBConnection connection, string path, CancellationToken cancellationToken)
    : WarehouseSession(path, cancellationToken)
{
    public string Path => Location;

    public override T InTransaction<T>(Func<T> work)
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

    /// <summary>Whether a text holds no statement: nothing at all, or comments and semicolons.</summary>
    public bool IsEmpty(string sql)
    {
        var count = NativeMethods.ExtractStatements.DuckDBExtractStatements(
            connection.NativeConnection,
            sql,
            out var statements
        );
        using (statements)
            return count == 0
                && string.IsNullOrEmpty(NativeMethods.ExtractStatements.DuckDBExtractStatementsError(statements));
    }

    public override void Dispose() => connection.Dispose();

    protected override DbCommand Command(string sql, object?[] parameters)
    {
        var command = Command(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new DuckDBParameter(parameter ?? DBNull.Value));
        return command;
    }

    protected override DbCommand Streamed(string sql)
    {
        var command = Command(sql);
        command.UseStreamingMode = true;
        return command;
    }

    protected override ExportException? Fault(string doing, Exception e) =>
        e is DuckDBException cause ? DuckDbErrors.While(doing, Path, cause) : null;
}
