using VPlanExport.Entities;
using VPlanExport.Warehouse.DuckDb;

namespace VPlanExport.Tests.Warehouse;

[Trait("Tier", "unit")]
public class QueryTests
{
    [Fact]
    public async Task A_query_answers_with_names_types_and_rows()
    {
        await using var star = await DuckDbStar.PreparedAsync();

        using var answer = star.Warehouse.Query(
            "SELECT 1::BIGINT AS a, 'x' AS b, NULL::DATE AS c, 1.50::DECIMAL(9,2) AS d",
            asJson: false,
            TestContext.Current.CancellationToken
        );

        answer
            .Columns.Should()
            .Equal(
                new QueryColumn("a", "BIGINT"),
                new QueryColumn("b", "VARCHAR"),
                new QueryColumn("c", "DATE"),
                new QueryColumn("d", "DECIMAL(9,2)")
            );
        answer.Rows().Should().ContainSingle().Which.Should().Equal(1L, "x", null, 1.50m);
    }

    [Fact]
    public async Task Rows_come_as_they_are_read()
    {
        await using var star = await DuckDbStar.PreparedAsync();

        using var answer = star.Warehouse.Query(
            "SELECT i FROM range(100000000) t(i)",
            asJson: false,
            TestContext.Current.CancellationToken
        );

        answer.Rows().Take(3).Select(row => row[0]).Should().Equal(0L, 1L, 2L);
    }

    [Theory]
    [InlineData("DELETE FROM dw.dim_stage")]
    [InlineData("CREATE TABLE dw.mine (a INTEGER)")]
    [InlineData("COPY (SELECT 1) TO '/tmp/vplan-query-test.csv'")]
    [InlineData("SELECT * FROM read_text('/etc/hostname')")]
    [InlineData("ATTACH '/tmp/vplan-query-test.duckdb'")]
    [InlineData("SET enable_external_access = true")]
    public async Task A_query_can_change_nothing_and_read_nothing_else(string sql)
    {
        await using var star = await DuckDbStar.PreparedAsync();
        await star.LoadAsync(new Landing(1).With(Stages.Dim, new { stage_key = 1, stage_id = "s1" }));

        star.Invoking(s => s.Rows(sql)).Should().Throw<ConfigurationException>();

        star.Rows("SELECT count(*) FROM dw.dim_stage").Should().Equal("2");
        File.Exists("/tmp/vplan-query-test.csv").Should().BeFalse();
    }

    [Fact]
    public async Task An_error_in_the_query_is_told_in_DuckDBs_words()
    {
        await using var star = await DuckDbStar.PreparedAsync();

        star.Invoking(s => s.Rows("SELECT nme FROM dw.dim_stage"))
            .Should()
            .Throw<ConfigurationException>()
            .WithMessage("*\"nme\" not found*");
        star.Invoking(s => s.Rows("SELECT CASE WHEN i = 9000 THEN 'x'::INTEGER ELSE 0 END FROM range(10000) t(i)"))
            .Should()
            .Throw<ConfigurationException>();
    }

    [Fact]
    public async Task Staging_whose_row_files_are_gone_says_where_the_rows_are()
    {
        await using var star = await DuckDbStar.PreparedAsync();
        await star.LoadAsync(new Landing(1).With(Stages.Dim, new { stage_key = 1, stage_id = "s1" }));
        star.Rows("SELECT stage_id FROM stg.dim_stage WHERE stage_key = 1").Should().Equal("s1");
        Directory.Delete(star.Store.Location, recursive: true);

        star.Invoking(s => s.Rows("SELECT stage_id FROM stg.dim_stage"))
            .Should()
            .Throw<ConfigurationException>()
            .WithMessage("*for as long as they are there: dw has the rows.");
        star.Rows("SELECT stage_id FROM dw.dim_stage WHERE stage_key = 1").Should().Equal("s1");
    }

    [Fact]
    public async Task A_warehouse_that_is_not_there_cannot_be_asked()
    {
        await using var star = DuckDbStar.Unprepared();

        star.Invoking(s => s.Rows("SELECT 1"))
            .Should()
            .Throw<ConfigurationException>()
            .WithMessage("There is no warehouse at*Run the export first*");
    }
}
