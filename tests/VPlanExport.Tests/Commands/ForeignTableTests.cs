using DuckDB.NET.Data;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>Tables of another tool under our names are left alone; what an earlier version made is known as ours.</summary>
[Trait("Tier", "scenario")]
public sealed class ForeignTableTests : IAsyncLifetime
{
    private readonly CliHost _place = new();
    private SandboxServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await _place.StartVPlanAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _place.Dispose();
    }

    [Theory]
    [InlineData(
        "stg.dim_date",
        "CREATE SCHEMA stg; CREATE TABLE stg.dim_date (day DATE); INSERT INTO stg.dim_date VALUES ('2026-01-01')"
    )]
    [InlineData(
        "stg.dim_label",
        "CREATE SCHEMA stg; CREATE TABLE stg.dim_label (label_key BIGINT, name VARCHAR); INSERT INTO stg.dim_label VALUES (1, 'x')"
    )]
    [InlineData(
        "dw.dim_date",
        "CREATE SCHEMA dw; CREATE TABLE dw.dim_date (date_key INTEGER); INSERT INTO dw.dim_date VALUES (1)"
    )]
    [InlineData("etl.run", "CREATE SCHEMA etl; CREATE TABLE etl.run (run_id INTEGER); INSERT INTO etl.run VALUES (1)")]
    [InlineData("etl.load", "CREATE SCHEMA etl; CREATE TABLE etl.load (id INTEGER); INSERT INTO etl.load VALUES (1)")]
    [InlineData("bi.card", "CREATE SCHEMA bi; CREATE VIEW bi.card AS SELECT 1 AS x")]
    public async Task A_table_of_another_tool_is_named_and_left_alone(string name, string made)
    {
        Execute(made);

        (await _place.InvokeAsync("run"))
            .ShouldBe(ExitCode.Configuration)
            .Naming(name, "did not make", "a database of its own");

        _server.Requests.Should().BeEmpty();
        Count($"SELECT count(*) FROM {name}").Should().Be(1);
        Count("SELECT count(*) FROM duckdb_tables()").Should().Be(name == "bi.card" ? 0 : 1);
    }

    [Fact]
    public async Task What_an_earlier_version_left_unmarked_is_ours_by_its_journal_and_marked_by_the_next_run()
    {
        (await _place.InvokeAsync("run", "--entity", "board")).ShouldBe(ExitCode.Ok);
        var marked = Count("SELECT count(*) FROM duckdb_tables() WHERE comment LIKE '%[vplan-export]'");
        marked.Should().Be(Count("SELECT count(*) FROM duckdb_tables()"));
        Unmark();
        Execute("DROP VIEW stg.dim_label; CREATE TABLE stg.dim_label AS SELECT * EXCLUDE (color) FROM dw.dim_label");

        (await _place.InvokeAsync("run", "--entity", "board")).ShouldBe(ExitCode.Ok);

        Count("SELECT count(*) FROM duckdb_tables() WHERE comment LIKE '%[vplan-export]'").Should().Be(marked);
    }

    [Fact]
    public async Task A_table_that_another_tool_put_in_place_of_ours_is_named_and_left_alone()
    {
        (await _place.InvokeAsync("run", "--entity", "board")).ShouldBe(ExitCode.Ok);
        Execute(
            "DROP VIEW stg.dim_date; CREATE TABLE stg.dim_date (day DATE); INSERT INTO stg.dim_date VALUES ('2026-01-01')"
        );

        (await _place.InvokeAsync("run", "--entity", "board")).ShouldBe(ExitCode.Configuration).Naming("stg.dim_date");

        Count("SELECT count(*) FROM stg.dim_date").Should().Be(1);
    }

    private void Unmark()
    {
        using var connection = Open();
        var tables = new List<string>();
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "SELECT schema_name || '.\"' || table_name || '\"' FROM duckdb_tables()";
            using var reader = command.ExecuteReader();
            while (reader.Read())
                tables.Add(reader.GetString(0));
        }
        foreach (var table in tables)
            Execute(connection, $"COMMENT ON TABLE {table} IS NULL");
    }

    private void Execute(string sql)
    {
        using var connection = Open();
        Execute(connection, sql);
    }

    private static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private long Count(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), null);
    }

    private DuckDBConnection Open()
    {
        var connection = new DuckDBConnection($"Data Source={_place.Warehouse}");
        connection.Open();
        return connection;
    }
}
