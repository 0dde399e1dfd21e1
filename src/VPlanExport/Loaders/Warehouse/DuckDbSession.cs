using System.Data.Common;
using DuckDB.NET.Data;

namespace VPlanExport.Loaders.Warehouse;

/// <inheritdoc/>
internal sealed class DuckDbSession(DuckDBConnection connection, string path, CancellationToken cancellationToken) : WarehouseSession(cancellationToken)
{
    public string Path => path;

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

    public override void Dispose() => connection.Dispose();

    protected override DbCommand Command(string sql, object?[] parameters)
    {
        var command = Command(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new DuckDBParameter(parameter ?? DBNull.Value));
        return command;
    }

    protected override ExportException? Fault(string doing, Exception e) => e is DuckDBException cause ? DuckDbFaults.While(doing, path, cause) : null;
}
