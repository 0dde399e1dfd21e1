using VPlanExport.Entities;

namespace VPlanExport.Tests.Warehouse;

[Trait("Tier", "unit")]
public class DuckDbSchemaTests
{
    [Fact]
    public async Task A_new_file_gets_every_table_and_view_and_preparing_again_changes_nothing()
    {
        await using var star = await DuckDbStar.PreparedAsync();
        await star.LoadAsync(new Landing(1).With(Stages.Dim, new { stage_key = 1, stage_id = "s1" }));
        var before = star.Everything();

        await star.Warehouse.PrepareAsync(Catalog.Tables, TestContext.Current.CancellationToken);

        star.Everything().Should().Equal(before);
        star.Rows("SELECT DISTINCT table_schema FROM information_schema.tables ORDER BY 1")
            .Should()
            .Equal("bi", "dw", "etl", "stg");
        star.Rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'dw' ORDER BY 1")
            .Should()
            .Equal(Catalog.Tables.Select(t => t.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_column_that_is_missing_is_added_and_rows_keep_their_values()
    {
        await using var star = await DuckDbStar.PreparedAsync();
        await star.LoadAsync(
            new Landing(1).With(
                Stages.Dim,
                new
                {
                    stage_key = 1,
                    stage_id = "s1",
                    name = "Saw",
                    sequence = 3,
                }
            )
        );
        star.Tamper("ALTER TABLE dw.dim_stage DROP COLUMN sequence; ALTER TABLE dw.dim_stage DROP COLUMN board_key");

        (await star.Warehouse.PrepareAsync(Catalog.Tables, TestContext.Current.CancellationToken))
            .Added.Should()
            .BeEquivalentTo("dw.dim_stage.board_key", "dw.dim_stage.sequence");
        star.Rows("SELECT name, sequence, board_key FROM dw.dim_stage WHERE stage_key = 1")
            .Should()
            .Equal("Saw|null|-1");

        await star.LoadAsync(
            new Landing(2).With(
                Stages.Dim,
                new
                {
                    stage_key = 1,
                    stage_id = "s1",
                    name = "Saw",
                    sequence = 3,
                }
            )
        );
        star.Rows("SELECT name, sequence FROM dw.dim_stage WHERE stage_key = 1").Should().Equal("Saw|3");
    }

    [Fact]
    public async Task A_table_that_runs_were_loaded_into_and_that_is_gone_is_refused()
    {
        await using var star = await DuckDbStar.PreparedAsync();
        await star.LoadAsync(new Landing(1).With(Stages.Dim, new { stage_key = 1, stage_id = "s1" }));
        star.Tamper("DROP TABLE dw.dim_stage");

        (await Preparing(star).Should().ThrowAsync<ContractException>()).WithMessage(
            "*no longer has dw.dim_stage*load --all*"
        );
    }

    [Fact]
    public async Task A_renamed_column_is_refused_with_the_statement_that_mends_it()
    {
        await using var star = await DuckDbStar.PreparedAsync();
        star.Tamper("ALTER TABLE dw.dim_stage RENAME COLUMN delay_days TO delay");
        star.Tamper("ALTER TABLE dw.dim_board RENAME COLUMN color TO colour");
        var before = star.Rows("SELECT table_name, column_name, data_type FROM duckdb_columns() ORDER BY ALL");

        var error = (await Preparing(star).Should().ThrowAsync<ContractException>()).Which;

        error.ExitCode.Should().Be(ExitCode.Contract);
        error
            .Message.Should()
            .Contain(star.File)
            .And.Contain(
                "dw.dim_stage.delay (INTEGER) is not declared, and delay_days (INTEGER) is not there; if it was renamed: ALTER TABLE dw.dim_stage RENAME COLUMN \"delay\" TO delay_days;"
            )
            .And.Contain("dw.dim_board.colour (VARCHAR) is not declared, and color (VARCHAR) is not there")
            .And.Contain("load --all");
        star.Rows("SELECT table_name, column_name, data_type FROM duckdb_columns() ORDER BY ALL")
            .Should()
            .Equal(before);

        star.Tamper(
            "ALTER TABLE dw.dim_stage RENAME COLUMN \"delay\" TO delay_days; ALTER TABLE dw.dim_board RENAME COLUMN \"colour\" TO color"
        );
        await Preparing(star).Should().NotThrowAsync();
    }

    [Fact]
    public async Task A_column_of_another_type_is_refused_with_both_types()
    {
        await using var star = await DuckDbStar.PreparedAsync();
        star.Tamper("ALTER TABLE dw.fact_time_entry ALTER COLUMN minutes SET DATA TYPE VARCHAR");

        (await Preparing(star).Should().ThrowAsync<ContractException>()).WithMessage(
            "*dw.fact_time_entry.minutes is VARCHAR, declared is BIGINT: ALTER TABLE dw.fact_time_entry ALTER COLUMN minutes SET DATA TYPE BIGINT;*"
        );
    }

    [Fact]
    public async Task A_column_that_nobody_declared_is_refused()
    {
        await using var star = await DuckDbStar.PreparedAsync();
        star.Tamper("ALTER TABLE dw.dim_board ADD COLUMN mine DOUBLE");

        (await Preparing(star).Should().ThrowAsync<ContractException>()).WithMessage(
            "*dw.dim_board.mine (DOUBLE) is not declared: ALTER TABLE dw.dim_board DROP COLUMN \"mine\";*"
        );
    }

    [Fact]
    public async Task A_warehouse_that_is_not_there_has_no_runs()
    {
        await using var star = DuckDbStar.Unprepared();

        (await star.Warehouse.LastSequenceAsync(TestContext.Current.CancellationToken)).Should().BeNull();
        File.Exists(star.File).Should().BeFalse();
    }

    private static Func<Task> Preparing(DuckDbStar star) =>
        () => star.Warehouse.PrepareAsync(Catalog.Tables, TestContext.Current.CancellationToken);
}
