using Microsoft.SqlServer.TransactSql.ScriptDom;
using VPlanExport.Dialects;
using VPlanExport.Entities;

namespace VPlanExport.Tests.Dialects;

[Trait("Tier", "unit")]
public class TSqlTests
{
    public static TheoryData<string> Files => [.. TSqlFiles.All];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_file_is_read_by_SQL_Server_2019_and_by_Azure_SQL(string path)
    {
        TSqlFiles.Parse(path, SqlEngineType.Standalone).Batches.Should().NotBeEmpty();
        TSqlFiles.Parse(path, SqlEngineType.SqlAzure).Batches.Should().NotBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_statement_is_a_batch(string path) =>
        TSqlFiles.Parse(path).Batches.Should().AllSatisfy(batch => batch.Statements.Should().ContainSingle());

    [Fact]
    public void A_file_of_the_journal_or_of_the_views_is_one_statement() =>
        TSqlFiles
            .All.Where(path =>
                !path.StartsWith("sqlserver/dw/", StringComparison.Ordinal)
                && !path.StartsWith("sqlserver/references/", StringComparison.Ordinal)
                && path is not ("sqlserver/schema/grants.sql" or "sqlserver/marks/marks.sql")
            )
            .Should()
            .AllSatisfy(path => TSqlFiles.Parse(path).Batches.Should().ContainSingle());

    [Fact]
    public void Nothing_but_the_index_of_a_large_fact_is_more_than_plain_T_SQL()
    {
        var lacking = TSqlFiles
            .All.ToDictionary(path => path, path => Lacking(TSqlFiles.Parse(path)))
            .Where(file => file.Value.Count > 0)
            .ToList();

        lacking
            .Should()
            .AllSatisfy(file => file.Value.Should().ContainSingle().Which.Should().EndWith(": columnstore"));
        lacking
            .Select(file => file.Key)
            .Should()
            .Equal(
                Catalog
                    .Tables.Where(t => SqlServerTables.CreateColumnstore(t) is not null)
                    .Select(t => $"sqlserver/dw/{t.Name}.sql")
                    .Order(StringComparer.Ordinal)
            );
    }

    [Theory]
    [InlineData("CREATE OR ALTER VIEW v AS SELECT 1 AS x", "CREATE OR ALTER")]
    [InlineData("ALTER VIEW v AS SELECT 1 AS x", "ALTER VIEW")]
    [InlineData("MERGE t USING s ON t.x = s.x WHEN MATCHED THEN DELETE;", "MERGE")]
    [InlineData("CREATE CLUSTERED COLUMNSTORE INDEX i ON t", "columnstore")]
    [InlineData("CREATE TABLE t (x int, INDEX i CLUSTERED COLUMNSTORE)", "columnstore")]
    [InlineData("ALTER INDEX i ON t REBUILD", "ALTER INDEX")]
    [InlineData("UPDATE STATISTICS t", "UPDATE STATISTICS")]
    [InlineData("CREATE SYNONYM s FOR t", "CREATE SYNONYM")]
    [InlineData("ALTER SCHEMA a TRANSFER b.t", "ALTER SCHEMA")]
    [InlineData("WAITFOR DELAY '00:00:01'", "WAITFOR")]
    [InlineData("ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON", "ALTER DATABASE SET")]
    [InlineData("BULK INSERT t FROM 'f'", "BULK INSERT")]
    [InlineData("CREATE TABLE t (x char(3))", "char(n)")]
    [InlineData("SELECT least(1, 2)", "least")]
    [InlineData("SELECT value FROM generate_series(1, 2)", "generate_series")]
    public void What_is_more_than_plain_T_SQL_is_found(string sql, string what)
    {
        using var text = new StringReader(sql);
        Lacking(new TSql160Parser(initialQuotedIdentifiers: true).Parse(text, out _))
            .Should()
            .ContainSingle()
            .Which.Should()
            .EndWith($": {what}");
    }

    private static List<string> Lacking(TSqlFragment fragment)
    {
        var visitor = new PlainTSql();
        fragment.Accept(visitor);
        return visitor.Lacking;
    }
}
