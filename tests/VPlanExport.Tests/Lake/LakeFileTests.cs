using VPlanExport.Model;
using static VPlanExport.Tests.Lake.LakeFixture;

namespace VPlanExport.Tests.Lake;

[Trait("Tier", "unit")]
public sealed class LakeFileTests : IDisposable
{
    private readonly LakeFixture _lake = new();

    public void Dispose() => _lake.Dispose();

    [Fact]
    public async Task A_version_consists_of_its_own_files_and_not_of_those_that_were_replaced()
    {
        await _lake.PublishAsync(
            1,
            await _lake.ChangeAsync(
                Entries,
                Entry(1, new DateOnly(2026, 10, 7), 60),
                Entry(2, new DateOnly(2026, 11, 2), 30),
                Entry(3, null, 5)
            )
        );
        var first = await PathsAsync(0);
        await _lake.PublishAsync(2, await _lake.ChangeAsync(Entries, Entry(1, new DateOnly(2026, 10, 7), 61)));
        var second = await PathsAsync(1);

        first.Should().HaveCount(3);
        second
            .Should()
            .HaveCount(3)
            .And.Contain(first.Where(path => !path.Contains("=2026-10/", StringComparison.Ordinal)))
            .And.NotContain(first.Single(path => path.Contains("=2026-10/", StringComparison.Ordinal)));
        (await PathsAsync(0)).Should().Equal(first);
        _lake
            .DataFiles(Entries)
            .Select(file => Path.GetRelativePath(_lake.LakeFolder, file))
            .Should()
            .BeEquivalentTo(first.Union(second));
    }

    [Fact]
    public async Task A_file_that_was_written_before_a_column_was_there_lacks_it()
    {
        var grown = TableBuilder
            .Dimension("dim_card", "card", "One row per card.")
            .Text("name", 200, "Name.")
            .Text("color", 20, "Color.")
            .Text("email", 100, "Address.", personal: true)
            .Decimal("hours", 9, 4, "Hours.")
            .Timestamp("completed_at", "Done.")
            .Build();
        await _lake.PublishAsync(1, await _lake.ChangeAsync(Cards, Card(1, "one")));
        await _lake.Lake.PublishAsync(
            Set(2, await _lake.ChangeAsync(Cards)),
            _lake.Runs,
            [grown, Jobs, Steps, Values, Entries],
            TestContext.Current.CancellationToken
        );

        var columns = (await _lake.Lake.FilesAsync(grown, 1, TestContext.Current.CancellationToken))
            .Should()
            .ContainSingle()
            .Which.Columns;

        columns.Should().Equal(Cards.Columns.Select(c => c.Name)).And.NotContain("color");
    }

    private async Task<IReadOnlyList<string>> PathsAsync(long version) =>
        [.. (await _lake.Lake.FilesAsync(Entries, version, TestContext.Current.CancellationToken)).Select(f => f.Path)];
}
