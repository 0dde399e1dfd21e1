using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.SqlClient;
using VPlanExport.Warehouse.SqlServer;

namespace VPlanExport.Tests.Warehouse;

/// <summary>A session with no server behind it: it keeps what is sent, and a script answers.</summary>
/// <param name="answer">The rows of a statement; it may throw what a server would.</param>
internal sealed class ScriptedSession(Func<string, object?[][]> answer)
    : SqlServerSession(new SqlConnection(), "s/d", CancellationToken.None)
{
    /// <summary>Every statement; a parameter is <c>@p</c>, and a bulk copy is an insert.</summary>
    public List<string> Sent { get; } = [];

    public override T InTransaction<T>(Func<T> work) => work();

    public override long Copy(string table, DbDataReader rows)
    {
        Sent.Add($"INSERT INTO {table} VALUES (1)");
        var copied = 0;
        while (rows.Read())
            copied++;
        return copied;
    }

    protected override DbCommand Command(string sql, object?[] parameters) => new ScriptedCommand(this, sql);

    private DataTableReader Answer(string sql)
    {
        Sent.Add(sql.Replace("?", "@p", StringComparison.Ordinal));
        var table = new DataTable();
        foreach (var row in answer(sql))
        {
            while (table.Columns.Count < row.Length)
                table.Columns.Add($"c{table.Columns.Count}", typeof(object));
            table.Rows.Add(row);
        }
        return table.CreateDataReader();
    }

    private sealed class ScriptedCommand(ScriptedSession session, string sql) : DbCommand
    {
        [AllowNull]
        public override string CommandText { get; set; } = sql;

        public override int CommandTimeout { get; set; }

        public override CommandType CommandType { get; set; }

        public override bool DesignTimeVisible { get; set; }

        public override UpdateRowSource UpdatedRowSource { get; set; }

        protected override DbConnection? DbConnection { get; set; }

        protected override DbParameterCollection DbParameterCollection => throw new NotSupportedException();

        protected override DbTransaction? DbTransaction { get; set; }

        public override void Cancel() { }

        public override int ExecuteNonQuery()
        {
            session.Answer(CommandText).Dispose();
            return 0;
        }

        public override object ExecuteScalar() => throw new NotSupportedException();

        public override void Prepare() { }

        protected override DbParameter CreateDbParameter() => throw new NotSupportedException();

        protected override DbDataReader ExecuteDbDataReader(CommandBehavior behavior) => session.Answer(CommandText);
    }
}
