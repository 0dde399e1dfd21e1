using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.Data.SqlClient;

namespace VPlanExport.Warehouse.SqlServer;

/// <inheritdoc/>
internal class SqlServerSession(SqlConnection connection, string location, CancellationToken cancellationToken)
    : WarehouseSession(location, cancellationToken)
{
    private const int BatchRows = 100_000;
    private SqlTransaction? _transaction;

    /// <summary>The user in the database; null where it is not known.</summary>
    public string? Account { get; set; }

    /// <summary>A question about the server itself; null where it does not know, may not say or has no
    /// answer.</summary>
    public T? Ask<T>(string sql, Func<DbDataReader, T> read)
    {
        try
        {
            return Rows(sql, r => r.IsDBNull(0) ? default : read(r)).FirstOrDefault();
        }
        catch (SinkException e) when (!SqlServerPatience.IsTransient(e))
        {
            return default;
        }
    }

    public override T InTransaction<T>(Func<T> work)
    {
        _transaction = Guarded(() => connection.BeginTransaction(IsolationLevel.ReadCommitted));
        var result = work();
        Guarded(() =>
        {
            _transaction.Commit();
            return true;
        });
        _transaction = null;
        return result;
    }

    /// <summary>Sends rows to a table as they are read, a table lock and a batch at a time; the columns go by
    /// name.</summary>
    public virtual long Copy(string table, DbDataReader rows) =>
        Guarded(() =>
        {
            using var copy = new SqlBulkCopy(connection, SqlBulkCopyOptions.TableLock, _transaction)
            {
                DestinationTableName = table,
                BatchSize = BatchRows,
                BulkCopyTimeout = 0,
            };
            for (var i = 0; i < rows.FieldCount; i++)
                copy.ColumnMappings.Add(rows.GetName(i), rows.GetName(i));
            copy.WriteToServerAsync(rows, CancellationToken).GetAwaiter().GetResult();
            return copy.RowsCopied64;
        });

    public override void Dispose()
    {
        _transaction?.Dispose();
        connection.Dispose();
    }

    protected override DbCommand Command(string sql, object?[] parameters)
    {
        var command = connection.CreateCommand();
        command.Transaction = _transaction;
        command.CommandTimeout = 0;
        command.CommandText = parameters.Length == 0 ? sql : Named(sql);
        foreach (var (i, value) in parameters.Index())
            command.Parameters.Add(Parameter(i, value));
        return command;
    }

    /// <summary>A connection that broke unseen is known by its state alone.</summary>
    protected override ExportException? Fault(string doing, Exception e) =>
        SqlServerErrors.While(
            doing,
            Location,
            connection.State != ConnectionState.Open && e is InvalidOperationException
                ? new IOException(e.Message, e)
                : e,
            Account
        );

    /// <summary>Question marks become names: <c>@p0</c>, <c>@p1</c> …</summary>
    private static string Named(string sql)
    {
        var parts = sql.Split('?');
        var named = new StringBuilder(parts[0]);
        for (var i = 1; i < parts.Length; i++)
            named.Append(CultureInfo.InvariantCulture, $"@p{i - 1}").Append(parts[i]);
        return named.ToString();
    }

    private static SqlParameter Parameter(int ordinal, object? value)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"@p{ordinal}");
        return value switch
        {
            DateTime time => new SqlParameter(name, SqlDbType.DateTime2) { Scale = 6, Value = time },
            DateOnly day => new SqlParameter(name, SqlDbType.Date) { Value = day.ToDateTime(TimeOnly.MinValue) },
            _ => new SqlParameter(name, value ?? DBNull.Value),
        };
    }
}
