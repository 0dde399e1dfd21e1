using DuckDB.NET.Data;
using Microsoft.Data.SqlClient;
using VPlanExport.Dialects;
using VPlanExport.Entities;
using VPlanExport.Model;

namespace VPlanExport.Tests.Support;

/// <summary>
/// The database of <c>VPLAN_TEST_SQLSERVER</c> (a connection string; where it names no database, <c>vplan_export_test</c> is made). Tests that use it run
/// one after another, each in a database without our schemas.
/// </summary>
internal sealed class SqlServerFixture
{
    public const string Collection = "SQL Server";
    public const string Variable = "VPLAN_TEST_SQLSERVER";
    private const string OwnDatabase = "vplan_export_test";

    private SqlServerFixture(string connectionString) => ConnectionString = connectionString;

    public string ConnectionString { get; }

    private static string? Given => Environment.GetEnvironmentVariable(Variable);

    public static void SkipWithout() =>
        Assert.SkipWhen(string.IsNullOrEmpty(Given), $"{Variable} holds no connection string of a SQL Server.");

    /// <summary>An emptied database; without a server the test is skipped.</summary>
    public static SqlServerFixture Empty()
    {
        SkipWithout();
        var place = new SqlServerFixture(WithDatabase(new SqlConnectionStringBuilder(Given) { Pooling = false }));
        place.DropEverything();
        return place;
    }

    /// <summary>Rows as text, values separated by a bar.</summary>
    public string[] Rows(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(string.Join("|", Enumerable.Range(0, reader.FieldCount).Select(i => Text(reader, i))));
        return [.. rows];
    }

    public void Execute(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The star as a DuckDB file, for readers that know nothing else.</summary>
    public void CopyTo(string file)
    {
        File.Delete(file);
        using var target = new DuckDBConnection($"Data Source={file}");
        target.Open();
        Execute(target, "CREATE SCHEMA dw");
        using var source = Open();
        foreach (var table in Catalog.Tables)
        {
            Execute(target, DuckDbTables.CreateStar(table));
            using var command = source.CreateCommand();
            command.CommandText =
                $"SELECT {string.Join(", ", table.Columns.Select(c => $"[{c.Name}]"))} FROM [dw].[{table.Name}]";
            using var reader = command.ExecuteReader();
            using var appender = target.CreateAppender("dw", table.Name);
            while (reader.Read())
            {
                var row = appender.CreateRow();
                foreach (var (i, column) in table.Columns.Index())
                    Append(row, column.Type.Kind, reader, i);
                row.EndRow();
            }
        }
    }

    /// <summary>An account that may connect and nothing else; where the server lets none be made, the test is skipped.</summary>
    public (string Name, string Password) AccountWithoutRights()
    {
        const string Name = "vplan_export_nobody";
        var password = $"N0body-{Guid.NewGuid():N}";
        try
        {
            Execute(
                $"IF NOT EXISTS (SELECT 1 FROM sys.server_principals WHERE name = '{Name}') CREATE LOGIN {Name} WITH PASSWORD = '{password}'"
            );
            Execute($"ALTER LOGIN {Name} WITH PASSWORD = '{password}'");
            Execute(
                $"IF NOT EXISTS (SELECT 1 FROM sys.database_principals WHERE name = '{Name}') CREATE USER {Name} FOR LOGIN {Name}"
            );
        }
        catch (SqlException e)
        {
            Assert.Skip($"The server lets no account be made: {e.Message}");
        }
        return (Name, password);
    }

    /// <summary>An account with the rights of <c>grants.sql</c> and no other; where the server does not know these rights, the test is skipped.</summary>
    /// <param name="deploys">Also those of its part for deployment.</param>
    public (string Name, string Password) AccountWithGrants(bool deploys)
    {
        const string Name = "vplan_export_clerk";
        var password = $"Cl3rk-{Guid.NewGuid():N}";
        var grants = Repository.Read("sql/sqlserver/schema/grants.sql");
        if (!deploys)
            grants = grants[..grants.IndexOf("-- Only where Warehouse:Deploy is true", StringComparison.Ordinal)];
        try
        {
            Execute($"IF EXISTS (SELECT 1 FROM sys.database_principals WHERE name = '{Name}') DROP USER {Name}");
            Execute($"IF EXISTS (SELECT 1 FROM sys.server_principals WHERE name = '{Name}') DROP LOGIN {Name}");
            foreach (var role in new[] { "vplan_export", "vplan_reader" })
                Execute($"IF EXISTS (SELECT 1 FROM sys.database_principals WHERE name = '{role}') DROP ROLE [{role}]");
            MakeSchemas();
            Execute($"CREATE LOGIN {Name} WITH PASSWORD = '{password}'");
            Execute($"CREATE USER {Name} FOR LOGIN {Name}");
            foreach (
                var batch in grants.ReplaceLineEndings("\n").Split("\nGO\n", StringSplitOptions.RemoveEmptyEntries)
            )
                Execute(batch);
            Execute($"ALTER ROLE [vplan_export] ADD MEMBER [{Name}]");
        }
        catch (SqlException e)
        {
            Assert.Skip($"The server does not know these accounts or rights: {e.Message}");
        }
        return (Name, password);
    }

    /// <summary>As the files of <c>sql/sqlserver/schema</c> do.</summary>
    public void MakeSchemas()
    {
        foreach (var schema in new[] { "stg", "dw", "etl", "bi" })
            Execute($"IF SCHEMA_ID(N'{schema}') IS NULL EXEC(N'CREATE SCHEMA [{schema}]')");
    }

    public SqlConnection Open()
    {
        var connection = new SqlConnection(ConnectionString);
        connection.Open();
        return connection;
    }

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static void Append(IDuckDBAppenderRow row, ColumnKind kind, SqlDataReader reader, int ordinal)
    {
        if (reader.IsDBNull(ordinal))
        {
            row.AppendNullValue();
            return;
        }
        switch (kind)
        {
            case ColumnKind.Key or ColumnKind.Int64:
                row.AppendValue(reader.GetInt64(ordinal));
                break;
            case ColumnKind.Int32 or ColumnKind.DateKey:
                row.AppendValue(reader.GetInt32(ordinal));
                break;
            case ColumnKind.Bool:
                row.AppendValue(reader.GetBoolean(ordinal));
                break;
            case ColumnKind.Decimal:
                row.AppendValue(reader.GetDecimal(ordinal));
                break;
            case ColumnKind.Date:
                row.AppendValue(DateOnly.FromDateTime(reader.GetDateTime(ordinal)));
                break;
            case ColumnKind.Timestamp:
                row.AppendValue(reader.GetDateTime(ordinal));
                break;
            default:
                row.AppendValue(reader.GetString(ordinal));
                break;
        }
    }

    private static string Text(SqlDataReader reader, int ordinal) =>
        reader.IsDBNull(ordinal)
            ? "null"
            : reader.GetValue(ordinal) switch
            {
                DateTime day when reader.GetDataTypeName(ordinal) == "date" => day.ToString(
                    "yyyy-MM-dd",
                    System.Globalization.CultureInfo.InvariantCulture
                ),
                var value => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
            };

    private static string WithDatabase(SqlConnectionStringBuilder settings)
    {
        if (settings.InitialCatalog != "")
            return settings.ConnectionString;
        using (var connection = new SqlConnection(settings.ConnectionString))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"IF DB_ID(N'{OwnDatabase}') IS NULL CREATE DATABASE {OwnDatabase}";
            command.ExecuteNonQuery();
        }
        settings.InitialCatalog = OwnDatabase;
        return settings.ConnectionString;
    }

    public void DropEverything()
    {
        using var connection = Open();
        var objects = new List<(string Schema, string Name, bool IsView)>();
        using (var command = connection.CreateCommand())
        {
            command.CommandText =
                "SELECT TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA IN ('stg', 'dw', 'bi', 'etl')";
            using var reader = command.ExecuteReader();
            while (reader.Read())
                objects.Add(
                    (
                        reader.GetString(0),
                        reader.GetString(1),
                        reader.GetString(2).Equals("VIEW", StringComparison.OrdinalIgnoreCase)
                    )
                );
        }
        var references = Rows(
            "SELECT OBJECT_SCHEMA_NAME(parent_object_id), OBJECT_NAME(parent_object_id), name FROM sys.foreign_keys"
        );
        var statements = objects
            .Where(o => o.IsView)
            .OrderBy(o => o.Schema, StringComparer.Ordinal)
            .Select(o => $"DROP VIEW [{o.Schema}].[{o.Name}]")
            .Concat(
                references
                    .Select(r => r.Split('|'))
                    .Select(r => $"ALTER TABLE [{r[0]}].[{r[1]}] DROP CONSTRAINT [{r[2]}]")
            )
            .Concat(objects.Where(o => !o.IsView).Select(o => $"DROP TABLE [{o.Schema}].[{o.Name}]"));
        foreach (var statement in statements)
        {
            using var command = connection.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }
    }
}
