using static VPlanExport.Tests.Lake.LakeFixture;

namespace VPlanExport.Tests.Lake;

[Trait("Tier", "unit")]
public sealed class DeltaLogTests : IDisposable
{
    private readonly LakeFixture _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task Every_ten_commits_a_checkpoint_holds_the_whole_state_and_others_can_read_it()
    {
        await PublishNightsAsync(12);
        var checkpoint = _lake.LogFile(Entries, 10, ".checkpoint.parquet");
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(checkpoint)!, "_last_checkpoint"))
            .Should()
            .StartWith("""{"version":10,"size":""");
        Ask(
                "SELECT protocol.minReaderVersion || ' ' || protocol.minWriterVersion FROM '{0}' WHERE protocol IS NOT NULL",
                checkpoint
            )
            .Should()
            .Equal("1 2");
        Ask(
                "SELECT metaData.partitionColumns[1] || ' ' || metaData.format.provider FROM '{0}' WHERE metaData IS NOT NULL",
                checkpoint
            )
            .Should()
            .Equal("partition_month parquet");
        Ask("SELECT txn.appId || ' ' || txn.version FROM '{0}' WHERE txn IS NOT NULL", checkpoint)
            .Should()
            .Equal("vplan-export 11");
        Ask(
                "SELECT coalesce(add.partitionValues['partition_month'], 'none') FROM '{0}' WHERE add IS NOT NULL ORDER BY 1",
                checkpoint
            )
            .Should()
            .Equal("2026-10", "none");
        Ask("SELECT sum((add.stats::JSON ->> 'numRecords')::BIGINT) FROM '{0}' WHERE add IS NOT NULL", checkpoint)
            .Should()
            .Equal("22");
        Ask("SELECT count(*) FROM '{0}' WHERE remove IS NOT NULL AND remove.deletionTimestamp > 0", checkpoint)
            .Should()
            .Equal("20");
        Ask(
                "SELECT count(*) FROM '{0}' WHERE (txn IS NOT NULL)::INT + (add IS NOT NULL)::INT + (remove IS NOT NULL)::INT + (metaData IS NOT NULL)::INT + (protocol IS NOT NULL)::INT <> 1",
                checkpoint
            )
            .Should()
            .Equal("0");
    }

    [Fact]
    public async Task Reading_starts_at_the_checkpoint_and_gives_what_the_whole_log_gives()
    {
        await PublishNightsAsync(12);
        var whole = StrictDelta.Rows(Path.Combine(_lake.LakeFolder, Entries.Name));
        for (var version = 0; version <= 10; version++)
            File.Delete(_lake.LogFile(Entries, version));
        (await _lake.RowsAsync(Entries)).Should().HaveCount(whole.Count).And.HaveCount(24);
        await _lake.PublishAsync(13, await _lake.ChangeAsync(Entries, Entry(99, null, 1)));
        (await _lake.RowsAsync(Entries)).Should().HaveCount(25);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_checkpoint_that_is_missing_or_damaged_is_done_without(bool missing)
    {
        await PublishNightsAsync(11);
        var checkpoint = _lake.LogFile(Entries, 10, ".checkpoint.parquet");
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(checkpoint)!, "_last_checkpoint"), "{ half");
        if (missing)
            File.Delete(checkpoint);
        else
            File.WriteAllText(checkpoint, "PAR1 not parquet");
        (await _lake.RowsAsync(Entries)).Should().HaveCount(22);
    }

    [Fact]
    public async Task A_damaged_line_is_named()
    {
        await PublishNightsAsync(2);
        var log = _lake.LogFile(Entries, 1);
        File.WriteAllText(log, File.ReadAllText(log).TrimEnd()[..^5]);
        var read = () => _lake.RowsAsync(Entries);
        (await read.Should().ThrowAsync<SinkException>()).WithMessage(
            "*'fact_time_entry/_delta_log/00000000000000000001.json'*damaged at line*load --all*"
        );
    }

    [Fact]
    public async Task A_gap_is_named()
    {
        await PublishNightsAsync(3);
        File.Delete(_lake.LogFile(Entries, 1));
        var read = () => _lake.RowsAsync(Entries);
        (await read.Should().ThrowAsync<SinkException>()).WithMessage("*fact_time_entry lacks version 1*");
    }

    [Fact]
    public async Task A_missing_data_file_is_named()
    {
        await PublishNightsAsync(1);
        foreach (var file in _lake.DataFiles(Entries))
            File.Delete(file);
        var read = () => _lake.RowsAsync(Entries);
        (await read.Should().ThrowAsync<SinkException>()).WithMessage("*needs 'fact_time_entry/partition_month=*");
    }

    [Fact]
    public async Task A_version_that_was_never_committed_is_refused()
    {
        await PublishNightsAsync(1);
        var read = () => _lake.RowsAsync(Entries, 5);
        (await read.Should().ThrowAsync<SinkException>()).WithMessage("*no version 5*newest*is 0*");
    }

    [Fact]
    public async Task A_table_that_another_program_upgraded_is_left_alone()
    {
        await PublishNightsAsync(1);
        File.WriteAllText(
            _lake.LogFile(Entries, 1),
            """{"protocol":{"minReaderVersion":1,"minWriterVersion":7,"writerFeatures":["rowTracking"]}}"""
        );
        var publish = () => PublishNightsAsync(2);
        (await publish.Should().ThrowAsync<SinkException>()).WithMessage("*writer version 7*");
    }

    [Fact]
    public async Task Vacuum_shortens_a_log_older_than_any_tombstone()
    {
        await PublishNightsAsync(12);
        _lake.Clock.Advance(TimeSpan.FromDays(31));
        await _lake.Lake.VacuumAsync(TimeSpan.FromDays(7), TestContext.Current.CancellationToken);
        File.Exists(_lake.LogFile(Entries, 9)).Should().BeFalse();
        File.Exists(_lake.LogFile(Entries, 10)).Should().BeTrue();
        _lake.DataFiles(Entries).Should().HaveCount(2);
        (await _lake.RowsAsync(Entries)).Should().HaveCount(24);
    }

    private async Task PublishNightsAsync(int nights)
    {
        for (var night = 1; night <= nights; night++)
            await _lake.PublishAsync(
                night,
                await _lake.ChangeAsync(
                    Entries,
                    Entry(night, new DateOnly(2026, 10, night), night),
                    Entry(-10 - night, null, night)
                )
            );
    }

    private static List<string> Ask(string sql, string file) => StrictDelta.Query(string.Format(null, sql, file));
}
