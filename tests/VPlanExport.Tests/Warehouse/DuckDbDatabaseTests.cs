using DuckDB.NET.Data;
using VPlanExport.Entities;
using VPlanExport.Package;
using VPlanExport.Warehouse.DuckDb;

namespace VPlanExport.Tests.Warehouse;

[Trait("Tier", "unit")]
public class DuckDbDatabaseTests
{
    [Fact]
    public async Task A_file_that_another_program_holds_open_is_a_sink_error_and_stays_whole()
    {
        await using var star = await DuckDbStar.PreparedAsync();
        await star.LoadAsync(new Landing(1).With(Stages.Dim, new { stage_key = 1, stage_id = "s1" }));
        var before = star.Everything();

        using (FileHolder.Hold(star.File))
        {
            var error = (await Preparing(star).Should().ThrowAsync<SinkException>()).Which;
            error.ExitCode.Should().Be(ExitCode.Sink);
            error
                .Message.Should()
                .Contain(star.File)
                .And.Contain("Another program holds it")
                .And.Contain("Close it there and start again.");
            var load = () => star.LoadAsync(new Landing(2));
            (await load.Should().ThrowAsync<SinkException>()).WithMessage("*Another program holds it*");
        }

        star.Everything().Should().Equal(before);
        await star.LoadAsync(new Landing(2));
    }

    [Fact]
    public async Task A_file_that_is_no_warehouse_is_a_sink_error_and_is_left_alone()
    {
        await using var star = DuckDbStar.Unprepared();
        Directory.CreateDirectory(Path.GetDirectoryName(star.File)!);
        await File.WriteAllTextAsync(star.File, new string('x', 20_000), TestContext.Current.CancellationToken);

        (await Preparing(star).Should().ThrowAsync<SinkException>()).WithMessage(
            $"The warehouse {star.File} cannot be opened:*load --all*"
        );
        new FileInfo(star.File).Length.Should().Be(20_000);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_a_sink_error()
    {
        await using var star = DuckDbStar.Unprepared();
        await File.WriteAllTextAsync(
            Path.GetDirectoryName(star.File)!,
            "a file where the folder should be",
            TestContext.Current.CancellationToken
        );

        (await Preparing(star).Should().ThrowAsync<SinkException>()).WithMessage(
            "The folder of the warehouse*cannot be made*"
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=:memory:?cache=shared")]
    [InlineData("no connection string")]
    public void A_connection_string_without_a_file_is_refused(string connectionString)
    {
        var making = () => new DuckDbWarehouse(connectionString, TimeProvider.System);

        making.Should().Throw<ConfigurationException>().WithMessage("*Data Source=./vplan-data/warehouse.duckdb*");
    }

    [Fact]
    public async Task A_setting_that_DuckDB_does_not_know_is_a_configuration_error()
    {
        await using var star = DuckDbStar.Unprepared();
        var making = () =>
            new DuckDbWarehouse($"Data Source={star.File};memory_limt=1GB", TimeProvider.System).PrepareAsync(
                Catalog.Tables,
                TestContext.Current.CancellationToken
            );

        (await making.Should().ThrowAsync<ConfigurationException>()).WithMessage("*memory_limt*");
    }

    [Theory]
    [InlineData(";threads=1", 1, "122.0 MiB")]
    [InlineData(";threads=32", 32, "1.9 GiB")]
    [InlineData(";THREADS=3;memory_limit=1000MB", 3, "953.6 MiB")]
    public async Task Each_thread_has_memory_of_its_own(string settings, int threads, string memory)
    {
        await using var star = await DuckDbStar.PreparedAsync();

        LimitsOf(star, settings).Should().Equal((long)threads, memory);
    }

    [Fact]
    public async Task A_machine_with_many_cores_has_four_threads()
    {
        await using var star = await DuckDbStar.PreparedAsync();

        LimitsOf(star, "").Should().Equal(LimitsOf(star, $";threads={Math.Min(Environment.ProcessorCount, 4)}"));
    }

    private static object?[] LimitsOf(DuckDbStar star, string settings)
    {
        using var answer = new DuckDbWarehouse($"Data Source={star.File}{settings}", TimeProvider.System).Query(
            "SELECT current_setting('threads'), current_setting('memory_limit')",
            asJson: false,
            TestContext.Current.CancellationToken
        );
        return [.. answer.Rows().Single()];
    }

    private static Func<Task> Preparing(DuckDbStar star) =>
        () => star.Warehouse.PrepareAsync(Catalog.Tables, TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_reader_sees_the_state_before_the_load_until_it_is_committed()
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
                }
            )
        );
        using var reader = new DuckDBConnection(
            new DuckDBConnectionStringBuilder { DataSource = star.File }.ConnectionString
        );
        reader.Open();
        Execute(reader, "BEGIN TRANSACTION");
        var before = Execute(reader, "SELECT name FROM dw.dim_stage WHERE stage_key = 1");

        await star.LoadAsync(
            new Landing(2).With(
                Stages.Dim,
                c => c with { DeleteScopes = [new DeleteScope { IsFullSnapshot = true }] },
                new { stage_key = 2, stage_id = "s2" }
            )
        );

        before.Should().Be("Saw");
        Execute(reader, "SELECT string_agg(stage_key || ':' || is_deleted, ' ' ORDER BY stage_key) FROM dw.dim_stage")
            .Should()
            .Be("-1:false 1:false");
        Execute(reader, "COMMIT");
        Execute(reader, "SELECT string_agg(stage_key || ':' || is_deleted, ' ' ORDER BY stage_key) FROM dw.dim_stage")
            .Should()
            .Be("-1:false 1:true 2:false");
    }

    private static object? Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
