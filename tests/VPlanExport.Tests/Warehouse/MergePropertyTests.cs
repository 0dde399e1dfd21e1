using CsCheck;
using VPlanExport.Entities;
using VPlanExport.Package;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Warehouse;

[Collection(SqlServerFixture.Collection)]
[Trait("Tier", "platform")]
public class MergePropertyTests
{
    private const int Boards = 5;
    private const int Labels = 12;

    // A label's board follows from its key, as it does where keys are hashes of ids.
    private static readonly Gen<(ModelChange Boards, ModelChange Labels)> Run = Gen.Select(
        Change(Boards, Boards, _ => 0),
        Change(Labels, Boards, Parent)
    );

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public Task Random_runs_leave_what_the_rules_say(string engine)
    {
        if (engine == "sqlserver")
            SqlServerFixture.SkipWithout();
        return Run.Array[1, 5].SampleAsync(runs => LeavesWhatTheRulesSayAsync(engine, runs), iter: 8, threads: 1);
    }

    private static async Task LeavesWhatTheRulesSayAsync(string engine, (ModelChange Boards, ModelChange Labels)[] runs)
    {
        await using var star = await Star.PreparedAsync(engine);
        var (boards, labels) = (new Dictionary<long, ModelRow>(), new Dictionary<long, ModelRow>());
        var everyBoard = new ModelChange(
            [.. Enumerable.Range(1, Boards).Select(k => new ModelRow(k, 0, "", true, false, ""))],
            false,
            false,
            [],
            []
        );
        foreach (var (i, run) in runs.Prepend((everyBoard, new ModelChange([], false, false, [], []))).Index())
        {
            var load = await star.LoadAsync(
                new Landing(i + 1)
                    .With(VPlanExport.Entities.Boards.Dim, run.Item1.Say, [.. run.Item1.Rows.Select(Board)])
                    .With(VPlanExport.Entities.Boards.Labels, run.Item2.Say, [.. run.Item2.Rows.Select(Label)])
            );
            var (before, labelsBefore) = (boards.ToDictionary(), labels.ToDictionary());
            MergeModel.Apply(boards, run.Item1, null, $"run-{i + 1}");
            MergeModel.Apply(labels, run.Item2, run.Item1, $"run-{i + 1}");
            Counts(load, "dim_label").Should().Be(Expected(labelsBefore, run.Item2, labels, $"run-{i + 1}"));
            Rows(star, "dim_board", "board", "0").Should().Equal(Text(boards));
            Rows(star, "dim_label", "label", "board_key").Should().Equal(Text(labels));
        }
    }

    private static int Parent(int label) => 1 + (label % Boards);

    private static Gen<ModelChange> Change(int keys, int parents, Func<int, int> parent)
    {
        var row = Gen.Select(
            Gen.Int[1, keys],
            Gen.Char['a', 'b'],
            Gen.Int[0, 3],
            Gen.Int[0, 3],
            (key, name, inferred, deleted) =>
                new ModelRow(
                    key,
                    parent(key),
                    inferred == 0 ? "" : name.ToString(),
                    inferred == 0,
                    inferred > 0 && deleted == 0,
                    ""
                )
        );
        var some = Gen.Int[0, 4];
        return Gen.Select(
            row.Array[0, keys],
            some,
            Gen.Bool,
            Gen.Int[1, keys].Array[0, 2],
            Gen.Int[1, parents].Array[0, 2],
            (rows, complete, replaces, gone, kept) =>
                new ModelChange(
                    [.. rows.DistinctBy(r => r.Key)],
                    complete == 0,
                    replaces,
                    [.. gone.Select(k => (long)k)],
                    [.. kept.Select(k => (long)k)]
                )
        );
    }

    private static object Board(ModelRow row) =>
        new
        {
            board_key = row.Key,
            board_id = $"b{row.Key}",
            name = row.Name,
            is_inferred = row.IsInferred,
            is_deleted = row.IsDeleted,
        };

    private static object Label(ModelRow row) =>
        new
        {
            label_key = row.Key,
            label_id = $"l{row.Key}",
            board_key = row.Parent,
            name = row.Name,
            is_inferred = row.IsInferred,
            is_deleted = row.IsDeleted,
        };

    private static TableCounts Counts(LoadResult load, string table) =>
        load.Tables.Single(t => t.Table == table) with
        {
            Loaded = null,
        };

    private static TableCounts Expected(
        Dictionary<long, ModelRow> before,
        ModelChange change,
        Dictionary<long, ModelRow> after,
        string runId
    )
    {
        var unknown = runId == "run-1";
        var inserted = change.Rows.Count(r => !before.ContainsKey(r.Key)) + (unknown ? 1 : 0);
        var changed = change.Rows.Count(r =>
            !r.IsInferred && before.TryGetValue(r.Key, out var old) && old with { RunId = "" } != r
        );
        var deleted = after.Values.Count(r =>
            r.IsDeleted && r.RunId == runId && Landed(before, change, r.Key) is { IsDeleted: false }
        );
        return new TableCounts(
            "dim_label",
            change.Rows.Length + 1,
            inserted,
            changed,
            change.Rows.Length + 1 - inserted - changed,
            deleted
        );
    }

    private static ModelRow? Landed(Dictionary<long, ModelRow> before, ModelChange change, long key) =>
        change.Rows.FirstOrDefault(r => r.Key == key && (!r.IsInferred || !before.ContainsKey(key)))
        ?? before.GetValueOrDefault(key);

    private static string[] Rows(Star star, string table, string entity, string parent) =>
        star.Rows(
            $"SELECT {entity}_key, {parent}, name, is_inferred, is_deleted, run_id FROM dw.{table} WHERE {entity}_key > 0 ORDER BY 1"
        );

    private static IEnumerable<string> Text(Dictionary<long, ModelRow> rows) =>
        rows
            .Values.OrderBy(r => r.Key)
            .Select(r => $"{r.Key}|{r.Parent}|{r.Name}|{r.IsInferred}|{r.IsDeleted}|{r.RunId}");
}
