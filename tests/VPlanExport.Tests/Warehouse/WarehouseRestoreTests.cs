using VPlanExport.Entities;
using VPlanExport.Package;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Warehouse;

/// <summary>A star goes back to what it was after an earlier run, in every engine.</summary>
[Collection(SqlServerFixture.Collection)]
[Trait("Tier", "unit")]
public class WarehouseRestoreTests
{
    private static Landing First =>
        new Landing(1)
            .With(
                Stages.Dim,
                Stage(1, "Saw"),
                Stage(2, "Weld"),
                new
                {
                    stage_key = 3,
                    stage_id = "s3",
                    is_inferred = true,
                    run_id = (string?)null,
                    extracted_at = (DateTime?)null,
                }
            )
            .With(
                Activities.Dim,
                new
                {
                    activity_key = 1,
                    activity_id = "a1",
                    name = "Sawing",
                }
            );

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task Rows_and_journal_are_what_they_were_whatever_later_runs_did(string engine)
    {
        await using var star = await Star.PreparedAsync(engine);
        var first = await LoadFirstAsync(star);
        var before = star.Everything();
        await star.LoadAsync(
            new Landing(2).With(
                Stages.Dim,
                change => change with { Deleted = [2] },
                Stage(1, "Saw faster"),
                Stage(3, "Paint"),
                Stage(4, "Pack")
            )
        );
        await star.LoadAsync(
            new Landing(3)
                .With(Stages.Dim, Stage(1, "Saw"), Stage(2, "Weld"))
                .With(
                    Activities.Dim,
                    new
                    {
                        activity_key = 2,
                        activity_id = "a2",
                        is_inferred = true,
                        run_id = (string?)null,
                    }
                )
        );

        await RestoreAsync(star, first);
        star.Everything().Should().Equal(before);
        await RestoreAsync(star, first);

        star.Everything().Should().Equal(before);
        (await star.Loader.LastSequenceAsync(TestContext.Current.CancellationToken)).Should().Be(1);
        (await star.LoadAsync(new Landing(4).With(Stages.Dim, Stage(1, "Saw"), Stage(5, "Ship")), Stages.Dim))
            .Inserted.Should()
            .Be(1);
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task What_is_not_whole_is_refused_and_nothing_is_changed(string engine)
    {
        await using var star = await Star.PreparedAsync(engine);
        var first = await LoadFirstAsync(star);
        await star.LoadAsync(new Landing(2).With(Stages.Dim, Stage(1, "Saw faster")));
        var before = star.Everything();
        var unknown = await new Landing(1) { RunId = "without" }
            .With(
                Stages.Dim,
                new
                {
                    stage_key = 1,
                    stage_id = "s1",
                    board_key = 77,
                }
            )
            .StoreAsync(star.Store);

        await star.Awaiting(s => RestoreAsync(s, unknown))
            .Should()
            .ThrowAsync<ContractException>()
            .WithMessage(
                "dim_stage.board_key is 77 in row 1, and dim_board has no such board_key. Nothing was changed.*"
            );
        await using (
            var file = File.Open(
                await star.Store.LocalAsync(first.Tables[0].Files[^1].Path, TestContext.Current.CancellationToken),
                FileMode.Open
            )
        )
            file.SetLength(file.Length / 2);
        await star.Awaiting(s => RestoreAsync(s, first))
            .Should()
            .ThrowAsync<SinkException>()
            .WithMessage("*dim_stage*Nothing was changed*");

        star.Everything().Should().Equal(before);
    }

    private static object Stage(int key, string name) =>
        new
        {
            stage_key = key,
            stage_id = $"s{key}",
            name,
        };

    private static async Task<ChangeSet> LoadFirstAsync(Star star)
    {
        var first = await First.StoreAsync(star.Store);
        await star.LoadAsync(first, First.Log);
        return first;
    }

    /// <summary>To a run that has brought every row there was.</summary>
    private static Task RestoreAsync(Star star, ChangeSet run) =>
        star.Loader.RestoreAsync(
            run with
            {
                Tables =
                [
                    .. Catalog.Tables.Select(t =>
                        run.Tables.FirstOrDefault(c => c.Table == t.Name) ?? new TableChange(t.Name, [])
                    ),
                ],
            },
            star.Store,
            Catalog.Tables,
            TestContext.Current.CancellationToken
        );
}
