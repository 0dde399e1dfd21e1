using CsCheck;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Tests.Storage;
using VPlanExport.Tests.Support;
using static VPlanExport.Tests.Lake.LakeFixture;

namespace VPlanExport.Tests.Lake;

/// <summary>Random runs leave the lake with the rows that a dictionary would have.</summary>
[Trait("Tier", "platform")]
public sealed class LakeModelTests
{
    private static readonly Gen<DateOnly?> s_day = Gen.Int[0, 70]
        .Select(d => d > 60 ? (DateOnly?)null : new DateOnly(2026, 9, 20).AddDays(d));
    private static readonly Gen<long[]> s_keys = Gen.Long[-1, 12].Array[0, 6].Select(k => k.Distinct().ToArray());

    private static readonly Gen<CardRun> s_cards = Gen.Select(
        s_keys,
        Gen.Bool.Array[13],
        s_keys,
        s_keys,
        Gen.Bool,
        (keys, inferred, gone, safe, all) =>
            new CardRun([.. keys.Select(k => (k, k >= 0 && inferred[k]))], gone, safe, all)
    );

    private static readonly Gen<ChildRun> s_steps = Gen.Select(
        Gen.Long[0, 30].Array[0, 8],
        Gen.Bool,
        Gen.Bool,
        Gen.Long[0, 12].Array[0, 3],
        (keys, replaces, all, safe) => new ChildRun([.. keys.Distinct()], replaces, all, safe)
    );

    private static readonly Gen<EntryRun> s_entries = Gen.Select(
        Gen.Select(Gen.Long[0, 15], s_day).Array[0, 10],
        Gen.Long[0, 15].Array[0, 3],
        Gen.Bool,
        (rows, gone, all) => new EntryRun([.. rows.DistinctBy(r => r.Item1)], gone, all)
    );

    [Fact]
    public Task Random_runs_give_the_rows_of_a_dictionary() => SampleAsync(() => new LakeFixture(), runs: 30);

    [Fact]
    public async Task Random_runs_give_the_rows_of_a_dictionary_in_Azure()
    {
        var azurite = AzuriteServer.Shared;
        await SampleAsync(() => new LakeFixture(azurite.NewPlace()), runs: 6);
    }

    private static Task SampleAsync(Func<LakeFixture> open, int runs) =>
        Gen.Select(s_cards, s_steps, s_entries)
            .Array[1, 12]
            .SampleAsync(
                async changes =>
                {
                    using var lake = open();
                    var (cards, steps, entries) = (new Model(Cards), new Model(Steps), new Model(Entries));
                    for (var i = 0; i < changes.Length; i++)
                    {
                        var set = Set(
                            i + 1,
                            await CardsAsync(lake, changes[i].Item1, i),
                            await StepsAsync(lake, changes[i].Item2, i),
                            await EntriesAsync(lake, changes[i].Item3, i)
                        );
                        await lake.Lake.PublishAsync(
                            set,
                            lake.Runs,
                            [Cards, Steps, Entries],
                            TestContext.Current.CancellationToken
                        );
                        cards.Apply(
                            set,
                            changes[i].Item1.Rows.Select(r => Card(r.Key, $"run {i}", r.Inferred, run: set.RunId)),
                            null,
                            null
                        );
                        steps.Apply(
                            set,
                            changes[i].Item2.Keys.Select(k => Step(k, k % 12, i, set.RunId)),
                            changes[i].Item1,
                            set.Tables[0]
                        );
                        entries.Apply(
                            set,
                            changes[i].Item3.Rows.Select(r => Entry(r.Key, r.Day, i, set.RunId)),
                            null,
                            null
                        );
                    }
                    foreach (var model in new[] { cards, steps, entries })
                    {
                        var rows = await lake.RowsAsync(model.Table);
                        rows.Select(r => string.Join('|', r.Value))
                            .Should()
                            .Equal(model.Rows.Select(r => string.Join('|', r.Value)));
                        await lake.Store.CopyToAsync(lake.LakeFolder, model.Table.Name + "/");
                        StrictDelta
                            .Rows(Path.Combine(lake.LakeFolder, model.Table.Name))
                            .Should()
                            .HaveCount(rows.Count);
                    }
                },
                iter: runs,
                threads: 2
            );

    private static async Task<TableChange> CardsAsync(LakeFixture lake, CardRun run, int i) =>
        await lake.ChangeAsync(
            Cards,
            [.. run.Rows.Select(r => Card(r.Key, $"run {i}", r.Inferred, run: $"run-{i + 1}"))]
        ) with
        {
            Deleted = run.Gone,
            DeleteScopes = [new DeleteScope { Excluded = run.Safe, IsFullSnapshot = run.All }],
        };

    private static async Task<TableChange> StepsAsync(LakeFixture lake, ChildRun run, int i) =>
        await lake.ChangeAsync(Steps, [.. run.Keys.Select(k => Step(k, k % 12, i, $"run-{i + 1}"))]) with
        {
            DeleteScopes =
            [
                new DeleteScope(Steps.Parent)
                {
                    ReplacesChildren = run.Replaces,
                    IsFullSnapshot = run.All,
                    Excluded = run.Safe,
                },
            ],
        };

    private static async Task<TableChange> EntriesAsync(LakeFixture lake, EntryRun run, int i) =>
        await lake.ChangeAsync(Entries, [.. run.Rows.Select(r => Entry(r.Key, r.Day, i, $"run-{i + 1}"))]) with
        {
            Deleted = run.Gone,
            DeleteScopes = [new DeleteScope { IsFullSnapshot = run.All }],
        };

    private sealed record CardRun((long Key, bool Inferred)[] Rows, long[] Gone, long[] Safe, bool All);

    private sealed record ChildRun(long[] Keys, bool Replaces, bool All, long[] Safe);

    private sealed record EntryRun((long Key, DateOnly? Day)[] Rows, long[] Gone, bool All);

    /// <summary>The remarks of TableChange, over a dictionary.</summary>
    private sealed class Model(Table table)
    {
        public Table Table { get; } = table;

        public SortedDictionary<long, object?[]> Rows { get; } = [];

        public void Apply(ChangeSet set, IEnumerable<object?[]> read, CardRun? parents, TableChange? parentChange)
        {
            var change = set.Tables.Single(t => t.Table == Table.Name);
            var inFiles = new HashSet<long>();
            foreach (var row in read)
            {
                var key = (long)row[0]!;
                if (!IsInferred(row))
                    inFiles.Add(key);
                if (!(IsInferred(row) || key == -1) || !Rows.ContainsKey(key))
                    Rows[key] = row;
            }
            foreach (var (key, row) in Rows.ToList())
            {
                if (
                    key != -1
                    && !IsInferred(row)
                    && (
                        change.Deleted.Contains(key)
                        || (!inFiles.Contains(key) && IsAbsent(change, row, parents, parentChange))
                    )
                )
                    Close(row, set);
            }
        }

        private static bool IsAbsent(TableChange change, object?[] row, CardRun? parents, TableChange? parentChange)
        {
            var (claim, guarded) = (change.DeleteScopes.Single(), (long)row[parentChange is null ? 0 : 1]!);
            if (parentChange?.Deleted.Contains(guarded) == true)
                return true;
            var wasRead = claim.ReplacesChildren && parents?.Rows.Any(p => p.Key == guarded && !p.Inferred) == true;
            return !claim.Excluded.Contains(guarded) && (claim.IsFullSnapshot || wasRead);
        }

        private bool IsInferred(object?[] row) => Table.Has("is_inferred") && (bool)row[Table.Ordinal("is_inferred")]!;

        private void Close(object?[] row, ChangeSet set)
        {
            if ((bool)row[Table.Ordinal("is_deleted")]!)
                return;
            row[Table.Ordinal("is_deleted")] = true;
            row[Table.Ordinal("extracted_at")] = set.ExtractedAt;
            row[Table.Ordinal("run_id")] = set.RunId;
        }
    }
}
