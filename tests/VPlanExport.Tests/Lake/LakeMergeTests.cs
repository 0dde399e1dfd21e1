using VPlanExport.Model;
using VPlanExport.Package;
using static VPlanExport.Tests.Lake.LakeFixture;

namespace VPlanExport.Tests.Lake;

[Trait("Tier", "unit")]
public sealed class LakeMergeTests : IDisposable
{
    private static readonly DateOnly s_october = new(2026, 10, 7);
    private static readonly DateOnly s_november = new(2026, 11, 2);
    private readonly LakeFixture _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task A_first_load_adopts_the_runs_files_byte_for_byte_in_monthly_partitions()
    {
        var change = await _lake.ChangeAsync(
            Entries,
            Entry(1, s_october, 60),
            Entry(2, s_november, 30),
            Entry(3, null, 5),
            Entry(4, s_october, 1)
        );
        var versions = await _lake.PublishAsync(1, change);
        versions.Should().Equal(new Dictionary<string, long> { ["fact_time_entry"] = 0 });
        _lake
            .DataFiles(Entries)
            .Select(f => Path.GetFileName(Path.GetDirectoryName(f)))
            .Should()
            .BeEquivalentTo(
                "partition_month=2026-10",
                "partition_month=2026-11",
                "partition_month=__HIVE_DEFAULT_PARTITION__"
            );
        foreach (
            var (run, lake) in change.Files.Select(f =>
                (
                    f,
                    _lake
                        .DataFiles(Entries)
                        .Single(d => d.Contains($"={f.Month ?? "__HIVE"}", StringComparison.Ordinal))
                )
            )
        )
            File.ReadAllBytes(lake)
                .AsSpan()
                .SequenceEqual(File.ReadAllBytes(Path.Combine(_lake.Runs.Location, run.Path)))
                .Should()
                .BeTrue();
        StrictDelta
            .Rows(Folder(Entries))
            .Should()
            .SatisfyRespectively(
                r => r.Should().StartWith("1|id-1|2026-10-07|20261007|60|false|").And.EndWith("|r|2026-10"),
                r => r.Should().EndWith("|r|2026-11"),
                r => r.Should().StartWith("3|id-3|-|-1|").And.EndWith("|r|-"),
                r => r.Should().StartWith("4|")
            );
    }

    [Fact]
    public async Task Rows_are_added_and_overwritten_by_key()
    {
        await _lake.PublishAsync(1, await _lake.ChangeAsync(Cards, Card(1, "one"), Card(2, "two")));
        await _lake.PublishAsync(2, await _lake.ChangeAsync(Cards, Card(2, "TWO"), Card(3, "three")));
        (await NamesAsync()).Should().Equal("1 one", "2 TWO", "3 three");
        StrictDelta.Rows(Folder(Cards)).Should().HaveCount(3);
    }

    [Fact]
    public async Task A_row_that_is_lost_while_files_are_written_together_leaves_the_table_as_it_was()
    {
        await _lake.PublishAsync(1, await _lake.ChangeAsync(Cards, Card(1, "one")));
        var change = await _lake.ChangeAsync(Cards, Card(2, "two"), Card(3, "three"));
        var promised = change with { Files = [change.Files.Single() with { Rows = 3 }] };

        await FluentActions
            .Awaiting(() => _lake.PublishAsync(2, promised))
            .Should()
            .ThrowAsync<ReconciliationException>()
            .WithMessage(
                "dim_card does not balance: the lake must gain 3 rows by run run-2 and would gain 2. Nothing was changed in this table. Start again*"
            );

        (await NamesAsync()).Should().Equal("1 one");
        await _lake.PublishAsync(2, change);
        (await NamesAsync()).Should().Equal("1 one", "2 two", "3 three");
    }

    [Fact]
    public async Task A_row_whose_date_moves_leaves_its_month_and_other_months_stay_untouched()
    {
        await _lake.PublishAsync(
            1,
            await _lake.ChangeAsync(
                Entries,
                Entry(1, s_october, 60),
                Entry(2, s_october, 30),
                Entry(3, s_november, 9),
                Entry(4, null, 9)
            )
        );
        var untouched = _lake.DataFiles(Entries).Single(f => f.Contains("DEFAULT", StringComparison.Ordinal));
        await _lake.PublishAsync(2, await _lake.ChangeAsync(Entries, Entry(1, s_november, 61)));
        StrictDelta
            .Rows(Folder(Entries))
            .Select(r => r.Split('|'))
            .Select(r => $"{r[0]} {r[^1]}")
            .Should()
            .Equal("1 2026-11", "2 2026-10", "3 2026-11", "4 -");
        StrictDelta
            .Read(Folder(Entries))
            .Files.Keys.Select(Path.GetFileName)
            .Should()
            .Contain(Path.GetFileName(untouched));
    }

    [Fact]
    public async Task An_inferred_row_fills_a_gap_and_never_overwrites()
    {
        await _lake.PublishAsync(1, await _lake.ChangeAsync(Cards, Card(1, "real")));
        await _lake.PublishAsync(
            2,
            await _lake.ChangeAsync(
                Cards,
                Card(1, "(not exported)", inferred: true),
                Card(2, "(not exported)", inferred: true)
            )
        );
        (await NamesAsync()).Should().Equal("1 real", "2 (not exported)");
        await _lake.PublishAsync(3, await _lake.ChangeAsync(Cards, Card(2, "real now")));
        (await NamesAsync()).Should().Equal("1 real", "2 real now");
    }

    [Fact]
    public async Task A_complete_read_closes_what_is_absent_but_not_the_unknown_inferred_or_protected()
    {
        await _lake.PublishAsync(
            1,
            await _lake.ChangeAsync(
                Cards,
                Card(-1, "Unknown"),
                Card(1, "stays"),
                Card(2, "goes"),
                Card(3, "rejected"),
                Card(4, "inferred", inferred: true),
                Card(5, "long gone", deleted: true, run: "r0")
            )
        );
        await _lake.PublishAsync(
            2,
            (await _lake.ChangeAsync(Cards, Card(1, "stays"))) with
            {
                DeleteScopes = [new DeleteScope { IsFullSnapshot = true, Excluded = [3] }],
            }
        );
        var rows = await _lake.RowsAsync(Cards);
        rows.Where(r => (bool)r.Value[Cards.Ordinal("is_deleted")]!).Select(r => r.Key).Should().Equal(2, 5);
        rows[2][^2..].Should().Equal(Night.AddDays(2), "run-2");
        rows[5][^1].Should().Be("r0", "a row that is closed already is not closed again");
    }

    [Fact]
    public async Task Gone_rows_are_closed_even_when_they_are_in_the_files_or_the_first_load()
    {
        await _lake.PublishAsync(
            1,
            (await _lake.ChangeAsync(Cards, Card(1, "read and gone"), Card(2, "stays"))) with
            {
                Deleted = [1, 99],
            }
        );
        (await DeletedAsync(Cards)).Should().Equal(1);
        await _lake.PublishAsync(2, (await _lake.ChangeAsync(Cards)) with { Deleted = [2] });
        (await DeletedAsync(Cards)).Should().Equal(1, 2);
    }

    [Fact]
    public async Task Children_are_replaced_per_parent_that_was_read()
    {
        await _lake.PublishAsync(
            1,
            await _lake.ChangeAsync(Cards, Card(1, "a"), Card(2, "b"), Card(3, "c"), Card(4, "d")),
            await _lake.ChangeAsync(
                Steps,
                Step(11, 1, 5),
                Step(12, 1, 6),
                Step(21, 2, 7),
                Step(31, 3, 8),
                Step(41, 4, 9)
            )
        );
        await _lake.PublishAsync(
            2,
            (await _lake.ChangeAsync(Cards, Card(1, "a"), Card(2, "(not exported)", inferred: true), Card(4, "d"))) with
            {
                Deleted = [3],
            },
            (await _lake.ChangeAsync(Steps, Step(11, 1, 50))) with
            {
                DeleteScopes = [new DeleteScope(Steps.Parent) { ReplacesChildren = true, Excluded = [4] }],
            }
        );
        (await DeletedAsync(Steps)).Should().Equal(12, 31);
        (await _lake.RowsAsync(Steps))[11][2].Should().Be(50L);
    }

    [Fact]
    public async Task Where_two_entities_fill_a_table_each_gives_up_its_own_rows_only()
    {
        var ofJobs = new Parent(Jobs.Name, "collection_key");
        await _lake.PublishAsync(
            1,
            await _lake.ChangeAsync(Cards, Card(1, "a"), Card(2, "b"), Card(3, "c")),
            await _lake.ChangeAsync(Jobs, Job(1), Job(2), Job(3)),
            await _lake.ChangeAsync(
                Values,
                Value(11, 1, -1),
                Value(21, 2, -1),
                Value(31, 3, -1),
                Value(12, -1, 1),
                Value(22, -1, 2),
                Value(32, -1, 3)
            )
        );
        await _lake.PublishAsync(
            2,
            (await _lake.ChangeAsync(Cards, Card(1, "a"))) with
            {
                Deleted = [2],
            },
            await _lake.ChangeAsync(Jobs, Job(1)),
            (await _lake.ChangeAsync(Values)) with
            {
                DeleteScopes =
                [
                    new DeleteScope(Values.Parent) { ReplacesChildren = true, Excluded = [3] },
                    new DeleteScope(ofJobs) { Excluded = [1] },
                ],
            }
        );
        (await DeletedAsync(Values)).Should().Equal(11, 21);
        await _lake.PublishAsync(
            3,
            await _lake.ChangeAsync(Jobs, Job(1), Job(3)),
            (await _lake.ChangeAsync(Values, Value(12, -1, 1))) with
            {
                DeleteScopes =
                [
                    new DeleteScope(ofJobs)
                    {
                        IsFullSnapshot = true,
                        ReplacesChildren = true,
                        Excluded = [3],
                    },
                ],
            }
        );
        (await DeletedAsync(Values)).Should().Equal(11, 21, 22);
    }

    [Fact]
    public async Task The_children_of_a_parent_that_is_gone_are_gone_however_they_were_listed()
    {
        await _lake.PublishAsync(
            1,
            await _lake.ChangeAsync(Cards, Card(1, "a"), Card(2, "b")),
            await _lake.ChangeAsync(Steps, Step(11, 1, 5), Step(21, 2, 7))
        );
        await _lake.PublishAsync(
            2,
            (await _lake.ChangeAsync(Cards, Card(1, "a"))) with
            {
                Deleted = [2],
            },
            (await _lake.ChangeAsync(Steps)) with
            {
                DeleteScopes = [new DeleteScope(Steps.Parent)],
            }
        );
        (await DeletedAsync(Steps)).Should().Equal(21);
    }

    [Fact]
    public async Task Children_stay_when_the_answer_did_not_hold_their_array()
    {
        await _lake.PublishAsync(
            1,
            await _lake.ChangeAsync(Cards, Card(1, "a")),
            await _lake.ChangeAsync(Steps, Step(11, 1, 5))
        );
        await _lake.PublishAsync(2, await _lake.ChangeAsync(Cards, Card(1, "a")), await _lake.ChangeAsync(Steps));
        (await DeletedAsync(Steps)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_run_is_applied_exactly_once()
    {
        await _lake.PublishAsync(1, await _lake.ChangeAsync(Cards, Card(1, "one")));
        await _lake.PublishAsync(2, await _lake.ChangeAsync(Cards, Card(1, "two")));
        (await _lake.PublishAsync(2, await _lake.ChangeAsync(Cards, Card(1, "again"))))["dim_card"].Should().Be(1);
        (await _lake.PublishAsync(1, await _lake.ChangeAsync(Cards, Card(1, "older"))))["dim_card"].Should().Be(1);
        (await NamesAsync()).Should().Equal("1 two");
        (await _lake.Lake.LastAppliedAsync(Cards, TestContext.Current.CancellationToken)).Should().Be(2);
        (await _lake.Lake.LastAppliedAsync(Steps, TestContext.Current.CancellationToken)).Should().BeNull();
    }

    [Fact]
    public async Task Nightly_additions_do_not_pile_up_as_small_files()
    {
        for (var night = 1; night <= 5; night++)
            await _lake.PublishAsync(night, await _lake.ChangeAsync(Entries, Entry(night, s_october, night)));
        StrictDelta.Read(Folder(Entries)).Files.Should().ContainSingle();
        (await _lake.RowsAsync(Entries)).Keys.Should().Equal(1, 2, 3, 4, 5);
    }

    [Fact]
    public async Task A_large_file_without_a_changed_key_stays_and_one_with_is_rewritten()
    {
        await _lake.PublishAsync(
            1,
            await _lake.ChangeAsync(Entries, [.. Enumerable.Range(0, 60_000).Select(i => Entry(i, s_october, i))])
        );
        var first = StrictDelta.Read(Folder(Entries)).Files.Keys.Single();
        await _lake.PublishAsync(2, await _lake.ChangeAsync(Entries, Entry(70_000, s_october, 1)));
        StrictDelta.Read(Folder(Entries)).Files.Keys.Should().HaveCount(2).And.Contain(first);
        await _lake.PublishAsync(3, await _lake.ChangeAsync(Entries, Entry(5, s_october, -5)));
        StrictDelta.Read(Folder(Entries)).Files.Keys.Should().ContainSingle().And.NotContain(first);
        (await _lake.RowsAsync(Entries)).Should().HaveCount(60_001).And.ContainKey(5).WhoseValue[4].Should().Be(-5L);
    }

    [Fact]
    public async Task An_empty_change_makes_an_empty_table_that_others_can_open()
    {
        await _lake.PublishAsync(1, await _lake.ChangeAsync(Entries));
        StrictDelta.Rows(Folder(Entries)).Should().BeEmpty();
        (await _lake.RowsAsync(Entries)).Should().BeEmpty();
        (await _lake.RowsAsync(Cards)).Should().BeEmpty("a table that does not exist has no rows");
    }

    [Fact]
    public async Task Strange_text_nulls_and_long_names_arrive_and_personal_values_stay_out_of_the_log()
    {
        string[] names = ["", "\0\u0001\r\n\t\"\\'", "é漢👩‍🔧\uFFFD", new string('ÿ', 200), "../../etc", "a=b&c%20d"];
        var rows = names.Select((n, i) => Card(i, n)).Append([.. new object?[] { 99L }]).ToArray();
        rows[0][3] = "secret@example.org";
        await _lake.PublishAsync(1, await _lake.ChangeAsync(Cards, rows));
        (await _lake.RowsAsync(Cards)).Values.Select(r => (string?)r[2]).Should().Equal([.. names, null]);
        StrictDelta.Read(Folder(Cards));
        (await File.ReadAllTextAsync(_lake.LogFile(Cards, 0), TestContext.Current.CancellationToken))
            .Should()
            .NotContain("secret@");
    }

    private string Folder(Table table) => Path.Combine(_lake.LakeFolder, table.Name);

    private async Task<IEnumerable<string>> NamesAsync() =>
        (await _lake.RowsAsync(Cards)).Select(r => $"{r.Key} {r.Value[2]}");

    private async Task<IEnumerable<long>> DeletedAsync(Table table) =>
        (await _lake.RowsAsync(table))
            .Where(r => (bool?)r.Value[table.Ordinal("is_deleted")] == true)
            .Select(r => r.Key);
}
