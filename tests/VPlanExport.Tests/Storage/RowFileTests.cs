using DuckDB.NET.Data;
using VPlanExport.Model;
using VPlanExport.Storage;

namespace VPlanExport.Tests.Storage;

[Trait("Tier", "unit")]
public class RowFileTests
{
    private static readonly DateTime s_start = new(2026, 10, 25, 1, 59, 59, DateTimeKind.Utc);

    private static object?[] Row(int i) =>
        [
            (long)i,
            $"id-{i}",
            $"name {i % 7}",
            "note",
            i,
            60L * i,
            i % 2 == 0,
            i / 4m,
            -i / 8m,
            new DateOnly(2026, 10, 1).AddDays(i % 30),
            20261001 + (i % 30),
            "07:30",
            s_start.AddTicks(10 * i),
            """{"a": 1}""",
            i + 5L,
            false,
            false,
            s_start,
            s_start,
            s_start,
            "run-1",
        ];

    [Fact]
    public async Task What_is_written_is_read_back_a_batch_per_row_group()
    {
        var batch = Rows.Batch(Rows.Every, 250_000, Row);
        using var file = await Rows.FileAsync(batch);
        var counts = new List<int>();
        var next = 0;
        await foreach (
            var read in RowFile.ReadAsync(
                file,
                Rows.Every,
                columns: null,
                cancellationToken: TestContext.Current.CancellationToken
            )
        )
        {
            counts.Add(read.Count);
            for (var i = 0; i < read.Count; i++, next++)
            for (var c = 0; c < Rows.Every.Columns.Count; c++)
                if (!read[c].SameValue(i, batch[c], next))
                    Assert.Fail(
                        $"row {next}, {Rows.Every.Columns[c].Name}: {read[c].Boxed(i)} instead of {batch[c].Boxed(next)}"
                    );
        }
        counts.Should().Equal(100_000, 100_000, 50_000);
    }

    [Fact]
    public async Task Nulls_stay_nulls_in_every_column()
    {
        using var file = await Rows.FileAsync(Rows.Batch(Rows.Every, 3, i => [(long)i]));
        var rows = await Rows.ReadAsync(file, Rows.Every);
        rows.Should().HaveCount(3);
        rows[2].Where((_, i) => Rows.Every.Columns[i].Type.IsNullable).Should().OnlyContain(v => v == null);
        rows[2][Rows.Every.Ordinal("board_key")].Should().Be(-1L);
    }

    [Fact]
    public async Task An_empty_file_has_a_footer_and_no_rows()
    {
        using var file = await Rows.FileAsync(new RowBatch(Rows.Every));
        (await RowFile.ReadFooterAsync(file, Rows.Every, TestContext.Current.CancellationToken)).Rows.Should().Be(0);
        (await Rows.ReadAsync(file, Rows.Every)).Should().BeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("tab\tnewline\r\nzero\0bell\a")]
    [InlineData("'; DROP TABLE x;-- \"quoted\" \\ %20 &amp;")]
    [InlineData("é ß 漢字 ﬁ 👩‍🔧 \U0010FFFF \u200F\uFEFF")]
    public async Task Strange_text_survives(string text)
    {
        using var file = await Rows.FileAsync(
            Rows.Batch(
                Rows.Every,
                1,
                _ => [1L, text, text, text, null, null, null, null, null, null, null, null, null, text]
            )
        );
        var row = (await Rows.ReadAsync(file, Rows.Every))[0];
        new[] { row[1], row[2], row[3], row[13] }.Should().AllBeEquivalentTo(text);
    }

    [Theory]
    [InlineData("0.00005", "0.0001")]
    [InlineData("-0.00005", "-0.0001")]
    [InlineData("1.99999", "2.0000")]
    [InlineData("99999999999999.9999", "99999999999999.9999")]
    [InlineData("-99999999999999.9999", "-99999999999999.9999")]
    [InlineData("1000.0000000", "1000")]
    public async Task Decimals_are_rounded_half_away_from_zero_never_truncated(string given, string stored)
    {
        using var file = await Rows.FileAsync(
            Rows.Batch(Rows.Every, 1, _ => [1L, null, null, null, null, null, null, null, Number(given)])
        );
        (await Rows.ReadAsync(file, Rows.Every))[0][Rows.Every.Ordinal("money")].Should().Be(Number(stored));
    }

    [Fact]
    public async Task A_decimal_that_does_not_fit_is_refused()
    {
        var write = () =>
            Rows.FileAsync(Rows.Batch(Rows.Every, 1, _ => [1L, null, null, null, null, null, null, 100_000m]));
        (await write.Should().ThrowAsync<ContractException>()).WithMessage("*hours*100000*Decimal(9,4)*");
    }

    [Fact]
    public async Task Only_the_columns_asked_for_are_read_and_always_the_key()
    {
        using var file = await Rows.FileAsync(Rows.Batch(Rows.Every, 2, Row));
        var row = (await Rows.ReadAsync(file, Rows.Every, ["name"]))[1];
        row[..3].Should().Equal(1L, "not read", "name 1");
        row[3..].Should().AllBeEquivalentTo("not read");
    }

    [Fact]
    public async Task A_column_added_later_is_null_or_unknown_in_older_files()
    {
        var before = TableBuilder.Dimension("dim_every", "every", "As it was.").Build();
        using var file = await Rows.FileAsync(Rows.Batch(before, 1, _ => [1L, "id", false]));
        var row = (await Rows.ReadAsync(file, Rows.Every))[0];
        row[1].Should().Be("id");
        row[Rows.Every.Ordinal("name")].Should().BeNull();
        row[Rows.Every.Ordinal("board_key")].Should().Be(-1L);
        row[Rows.Every.Ordinal("work_date_key")].Should().Be(-1);
    }

    [Fact]
    public async Task A_column_of_another_type_is_refused()
    {
        var before = TableBuilder.Dimension("dim_every", "every", "As it was.").Int32("name", "A number once.").Build();
        using var file = await Rows.FileAsync(Rows.Batch(before, 1, _ => [1L, "id", 3]));
        var read = () => Rows.ReadAsync(file, Rows.Every);
        (await read.Should().ThrowAsync<SinkException>()).WithMessage("*dim_every.name is Text(200)*");
    }

    [Fact]
    public async Task Half_a_file_is_refused()
    {
        using var file = await Rows.FileAsync(Rows.Batch(Rows.Every, 10, Row));
        file.SetLength(file.Length / 2);
        var read = () => RowFile.ReadFooterAsync(file, Rows.Every, TestContext.Current.CancellationToken);
        (await read.Should().ThrowAsync<SinkException>()).WithMessage("*dim_every*not a whole Parquet file*");
    }

    [Fact]
    public async Task The_footer_tells_rows_bounds_and_nulls_over_all_row_groups()
    {
        using var file = await Rows.FileAsync(
            Rows.Batch(Rows.Every, 10, Row),
            Rows.Batch(Rows.Every, 2, i => [i - 5L]),
            Rows.Batch(Rows.Every, 20, Row)
        );
        var footer = await RowFile.ReadFooterAsync(file, Rows.Every, TestContext.Current.CancellationToken);
        footer.Rows.Should().Be(32);
        footer.Columns["every_key"].Should().Be(new ColumnStats(-5L, 19L, 0));
        footer.Columns["name"].Should().Be(new ColumnStats("name 0", "name 6", 2));
        footer.Columns["money"].Should().Be(new ColumnStats(-19 / 8m, 0m, 2));
        footer
            .Columns["work_date"]
            .Should()
            .Be(new ColumnStats(new DateOnly(2026, 10, 1), new DateOnly(2026, 10, 20), 2));
        footer.Columns["started_at"].Should().Be(new ColumnStats(s_start, s_start.AddTicks(190), 2));
        footer.Columns["note"].Should().Be(new ColumnStats(null, null, 2));
    }

    [Fact]
    public async Task Text_that_UTF8_and_UTF16_order_differently_has_no_bounds_and_is_found_by_others()
    {
        string[] names = ["\uFB01ne", "\U0001F600", "a"];
        using var file = await Rows.FileAsync(Rows.Batch(Rows.Every, 3, i => [(long)i, null, names[i]]));
        (await RowFile.ReadFooterAsync(file, Rows.Every, TestContext.Current.CancellationToken))
            .Columns["name"]
            .Min.Should()
            .BeNull();
        using var disk = await OnDisk(file);
        Query(disk, "SELECT count(*) FROM read_parquet('{0}') WHERE name = '\U0001F600'").Should().Equal("1");
    }

    [Fact]
    public async Task DuckDB_reads_the_declared_types_and_the_same_values()
    {
        using var file = await Rows.FileAsync(Rows.Batch(Rows.Every, 5, Row));
        using var disk = await OnDisk(file);
        Query(disk, "SELECT column_name || ' ' || column_type FROM (DESCRIBE SELECT * FROM read_parquet('{0}'))")
            .Should()
            .StartWith([
                "every_key BIGINT",
                "every_id VARCHAR",
                "name VARCHAR",
                "note VARCHAR",
                "count INTEGER",
                "minutes BIGINT",
                "is_locked BOOLEAN",
                "hours DECIMAL(9,4)",
                "money DECIMAL(18,4)",
                "work_date DATE",
                "work_date_key INTEGER",
                "start_time VARCHAR",
                "started_at TIMESTAMP WITH TIME ZONE",
                "raw VARCHAR",
                "board_key BIGINT",
            ]);
        Query(
                disk,
                "SELECT name || ' ' || type || ' ' || logical_type FROM parquet_schema('{0}') WHERE name IN ('hours', 'money', 'started_at')"
            )
            .Should()
            .Equal(
                "hours INT32 DecimalType(scale=4, precision=9)",
                "money INT64 DecimalType(scale=4, precision=18)",
                "started_at INT64 TimestampType(isAdjustedToUTC=1, unit=TimeUnit(MILLIS=<null>, MICROS=MicroSeconds(), NANOS=<null>))"
            );
        Query(
                disk,
                "SELECT concat_ws('|', name, minutes, hours, money, work_date, epoch_us(started_at)) FROM read_parquet('{0}') WHERE every_key = 3"
            )
            .Should()
            .Equal($"name 3|180|0.7500|-0.3750|2026-10-04|{(s_start.Ticks - DateTime.UnixEpoch.Ticks) / 10 + 3}");
    }

    private static decimal Number(string text) =>
        decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<TempFolder> OnDisk(MemoryStream file)
    {
        var folder = new TempFolder();
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "f.parquet"), file.ToArray());
        return folder;
    }

    private static List<string> Query(TempFolder disk, string sql)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = string.Format(null, sql, Path.Combine(disk.Path, "f.parquet"));
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
            rows.Add(Convert.ToString(reader.GetValue(0), System.Globalization.CultureInfo.InvariantCulture)!);
        return rows;
    }
}
