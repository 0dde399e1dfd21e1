using Microsoft.SqlServer.TransactSql.ScriptDom;
using VPlanExport.Dialects;
using VPlanExport.Entities;
using VPlanExport.Tests.Support;
using VPlanExport.Warehouse.DuckDb;

namespace VPlanExport.Tests.Warehouse;

/// <summary>The warehouse says itself what its tables, views and columns are for.</summary>
[Trait("Tier", "scenario")]
public sealed class DescriptionTests(ExportFixture export) : IClassFixture<ExportFixture>
{
    private const string Columns =
        "SELECT schema_name || '.' || table_name || '.' || column_name FROM duckdb_columns() WHERE schema_name IN ('stg', 'dw', 'etl', 'bi')";

    [Fact]
    public async Task Every_table_view_and_column_says_what_it_is_for()
    {
        (await AskAsync($"{Columns} AND comment IS NULL")).Should().BeEmpty();
        (
            await AskAsync(
                "SELECT schema_name || '.' || table_name FROM duckdb_tables() WHERE comment IS NULL UNION ALL "
                    + "SELECT schema_name || '.' || view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL"
            )
        )
            .Should()
            .BeEmpty();
        (
            await AskAsync(
                "SELECT comment FROM duckdb_columns() WHERE table_name = 'dim_user' AND column_name = 'email' AND schema_name IN ('stg', 'dw', 'bi')"
            )
        )
            .Should()
            .Equal("E-mail address.", "E-mail address.", "E-mail address.");
    }

    [Fact]
    public async Task The_columns_that_are_described_are_those_that_are_there() =>
        (await AskAsync(Columns))
            .Should()
            .BeEquivalentTo(
                Descriptions
                    .All("duckdb", Catalog.Tables)
                    .Where(d => d.Column is not null)
                    .Select(d => $"{d.Object}.{d.Column}")
            );

    [Fact]
    public async Task A_warehouse_without_descriptions_has_them_after_its_next_start_and_then_nothing_more_is_sent()
    {
        var file = Path.Combine(export.Place.Folder, "older.duckdb");
        File.Copy(export.Place.Warehouse, file);
        await using (var connection = new DuckDB.NET.Data.DuckDBConnection($"Data Source={file}"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText =
                "COMMENT ON TABLE dw.dim_user IS 'vplan-export'; COMMENT ON COLUMN dw.dim_user.email IS NULL";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        var sent = await PrepareAsync(file);
        var again = await PrepareAsync(file);

        again.Should().BeLessThan(sent);
        (await PrepareAsync(file)).Should().Be(again);
        await using var reading = new DuckDB.NET.Data.DuckDBConnection($"Data Source={file}");
        await reading.OpenAsync(TestContext.Current.CancellationToken);
        await using var ask = reading.CreateCommand();
        ask.CommandText =
            "SELECT count(*) FROM duckdb_columns() WHERE schema_name IN ('dw', 'etl', 'bi', 'stg') AND comment IS NULL";
        (await ask.ExecuteScalarAsync(TestContext.Current.CancellationToken)).Should().Be(0L);
    }

    /// <returns>How many statements it took.</returns>
    private static async Task<long> PrepareAsync(string file)
    {
        using var meter = new MeteredWarehouse(file);
        await using var warehouse = new DuckDbWarehouse($"Data Source={file}", TimeProvider.System);
        await warehouse.PrepareAsync(Catalog.Tables, TestContext.Current.CancellationToken);
        return meter.Statements;
    }

    private async Task<List<string>> AskAsync(string sql) =>
        [
            .. (await export.Place.InvokeAsync("query", "--format", "csv", sql))
                .ShouldBe(ExitCode.Ok)
                .Lines.Skip(1)
                .Select(line => line.TrimEnd('\r')),
        ];
}

/// <summary>The same in T-SQL.</summary>
[Trait("Tier", "unit")]
public sealed class DescriptionSqlTests
{
    [Fact]
    public void Every_description_is_a_statement_that_SQL_Server_reads()
    {
        var statements = Descriptions
            .All("sqlserver", Catalog.Tables)
            .SelectMany(d => new[] { SqlServerTables.Describe(d, true), SqlServerTables.Describe(d, false) })
            .ToList();
        statements.Should().HaveCountGreaterThan(4000);

        using var text = new StringReader(string.Join(";\n", statements));
        var parsed = new TSql150Parser(initialQuotedIdentifiers: true).Parse(text, out var errors);

        errors.Should().BeEmpty();
        ((TSqlScript)parsed).Batches.Single().Statements.Should().HaveCount(statements.Count);
    }
}
