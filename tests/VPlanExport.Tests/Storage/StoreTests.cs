using System.Text;
using VPlanExport.Storage;

namespace VPlanExport.Tests.Storage;

/// <summary>What every store does.</summary>
public abstract class StoreTests
{
    private protected abstract IStore Store { get; }

    /// <summary>The same place, as another process sees it.</summary>
    private protected abstract IStore Another();

    [Fact]
    public async Task What_is_put_is_read_back_and_replaced_whole()
    {
        await PutAsync("a/b.txt", "one");
        await PutAsync("a/b.txt", "two");
        (await TextAsync("a/b.txt")).Should().Be("two");
        (await TextAsync("a/none.txt")).Should().BeNull();
        (await TextAsync("none/none.txt")).Should().BeNull();
    }

    [Fact]
    public async Task A_file_is_put_once_if_absent()
    {
        (await Store.PutIfAbsentAsync("a/1.json", "one"u8.ToArray(), TestContext.Current.CancellationToken))
            .Should()
            .BeTrue();
        (await Store.PutIfAbsentAsync("a/1.json", "two"u8.ToArray(), TestContext.Current.CancellationToken))
            .Should()
            .BeFalse();
        (await TextAsync("a/1.json")).Should().Be("one");
    }

    [Fact]
    public async Task Of_many_writers_that_race_one_wins_and_its_bytes_are_whole()
    {
        for (var round = 0; round < 20; round++)
        {
            var path = $"log/{round}.json";
            var racers = await Task.WhenAll(
                Enumerable
                    .Range(0, 8)
                    .Select(i =>
                        Task.Run(() =>
                            Another()
                                .PutIfAbsentAsync(
                                    path,
                                    Encoding.UTF8.GetBytes(new string((char)('a' + i), 50_000)),
                                    TestContext.Current.CancellationToken
                                )
                        )
                    )
            );
            var winner = racers.Index().Should().ContainSingle(r => r.Item).Subject.Index;
            (await TextAsync(path)).Should().Be(new string((char)('a' + winner), 50_000));
        }
    }

    [Fact]
    public async Task A_reader_never_sees_a_part_of_a_file_being_written()
    {
        await PutAsync("a.txt", "old");
        await Store.PutAsync(
            "a.txt",
            async stream =>
            {
                await stream.WriteAsync("half of the new"u8.ToArray());
                await stream.FlushAsync();
                (await TextAsync("a.txt")).Should().Be("old");
                (await ListAsync("")).Should().Equal("a.txt");
            },
            TestContext.Current.CancellationToken
        );
        (await TextAsync("a.txt")).Should().Be("half of the new");
    }

    [Fact]
    public async Task A_write_that_fails_leaves_nothing_behind_and_is_the_writers_own_error()
    {
        var put = () =>
            Store.PutAsync(
                "a.txt",
                _ => throw new HttpIOException(HttpRequestError.ResponseEnded, "connection lost"),
                TestContext.Current.CancellationToken
            );
        await put.Should().ThrowAsync<HttpIOException>();
        (await ListAsync("")).Should().BeEmpty();
    }

    [Fact]
    public async Task Files_are_listed_by_prefix_in_ordinal_order()
    {
        foreach (var path in new[] { "t/b", "t/a/z", "t/B", "tt/x", "t/a-b" })
            await PutAsync(path, path);
        (await ListAsync("t/")).Should().Equal("t/B", "t/a-b", "t/a/z", "t/b");
        (await ListAsync("t/a")).Should().Equal("t/a-b", "t/a/z");
        (await ListAsync("t")).Should().HaveCount(5);
        (await ListAsync("none/")).Should().BeEmpty();
    }

    [Fact]
    public async Task A_deleted_file_is_gone_and_deleting_it_again_is_no_error()
    {
        await PutAsync("a/b", "x");
        await Store.DeleteAsync("a/b", TestContext.Current.CancellationToken);
        await Store.DeleteAsync("a/b", TestContext.Current.CancellationToken);
        await Store.DeleteAsync("none/b", TestContext.Current.CancellationToken);
        (await ListAsync("")).Should().BeEmpty();
    }

    [Fact]
    public async Task A_local_file_is_moved_in_and_replaces_what_is_there()
    {
        using var elsewhere = new TempFolder();
        var local = Path.Combine(elsewhere.Path, "local");
        await File.WriteAllTextAsync(local, "moved", TestContext.Current.CancellationToken);
        await PutAsync("a", "old");
        await Store.PutFileAsync("a", local, TestContext.Current.CancellationToken);
        (await TextAsync("a")).Should().Be("moved");
        (
            await File.ReadAllTextAsync(
                await Store.LocalAsync("a", TestContext.Current.CancellationToken),
                TestContext.Current.CancellationToken
            )
        )
            .Should()
            .Be("moved");
        File.Exists(local).Should().BeFalse();
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a/../../x")]
    [InlineData("/etc/passwd")]
    [InlineData("")]
    [InlineData("a\\..\\..\\x")]
    public async Task A_path_that_leaves_the_root_is_refused(string path)
    {
        var put = () => PutAsync(path, "x");
        await put.Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task Folders_are_those_right_below()
    {
        foreach (var path in new[] { "runs/b/x/1", "runs/a/2", "runs/3", "4" })
            await PutAsync(path, path);

        (await Store.FoldersAsync("", Token)).Should().Equal("runs");
        (await Store.FoldersAsync("runs", Token)).Should().Equal("a", "b");
        (await Store.FoldersAsync("none", Token)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_store_below_has_its_own_paths()
    {
        await Store.Below("runs/a").PutAsync("x/1", stream => stream.WriteAsync("one"u8.ToArray()).AsTask(), Token);

        (await TextAsync("runs/a/x/1")).Should().Be("one");
        (await Store.Below("runs").Below("a").ListAsync("x/", Token))
            .Should()
            .ContainSingle()
            .Which.Path.Should()
            .Be("x/1");
    }

    [Fact]
    public async Task A_deleted_folder_is_gone_and_its_neighbours_are_not()
    {
        foreach (var path in new[] { "runs/a/1", "runs/a/x/2", "runs/a/last", "runs/ab/3" })
            await PutAsync(path, path);

        await Store.DeleteFolderAsync("runs/a", "runs/a/last", Token);
        await Store.DeleteFolderAsync("runs/none", "runs/none/last", Token);

        (await ListAsync("")).Should().Equal("runs/ab/3");
        (await Store.FoldersAsync("runs", Token)).Should().Equal("ab");
    }

    [Fact]
    public async Task A_file_is_replaced_only_in_the_version_that_was_read()
    {
        (await Store.ReadAsync("a", Token)).Should().BeNull();
        (await Store.ReplaceAsync("a", "0x123", "none"u8.ToArray(), Token)).Should().BeNull("there is no such version");
        var first = await Store.ReplaceAsync("a", null, "one"u8.ToArray(), Token);
        (await Store.ReplaceAsync("a", null, "two"u8.ToArray(), Token)).Should().BeNull("there is one");

        var read = (await Another().ReadAsync("a", Token))!;
        read.Version.Should().Be(first);
        Encoding.UTF8.GetString(read.Content).Should().Be("one");
        (await Another().ReplaceAsync("a", read.Version, "two"u8.ToArray(), Token))
            .Should()
            .NotBeNull()
            .And.NotBe(first);
        (await Store.ReplaceAsync("a", first, "three"u8.ToArray(), Token)).Should().BeNull("another has replaced it");
        (await TextAsync("a")).Should().Be("two");
    }

    [Fact]
    public async Task Replacers_that_race_lose_nothing()
    {
        await Store.ReplaceAsync("count", null, "0"u8.ToArray(), Token);

        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        var store = Another();
                        for (var i = 0; i < 5; )
                        {
                            var (content, version) = (await store.ReadAsync("count", Token))!;
                            var next = Encoding.UTF8.GetBytes(
                                $"{int.Parse(Encoding.UTF8.GetString(content), null) + 1}"
                            );
                            i += await store.ReplaceAsync("count", version, next, Token) is null ? 0 : 1;
                        }
                    })
                )
        );

        (await TextAsync("count")).Should().Be("20");
    }

    [Fact]
    public async Task A_name_is_held_by_one_at_a_time()
    {
        var held = (await Store.LeaseAsync("run.lock", Token))!;
        (await Another().LeaseAsync("run.lock", Token)).Should().BeNull();
        await held.EnsureHeldAsync(Token);

        await held.DisposeAsync();

        await using var next = await Another().LeaseAsync("run.lock", Token);
        next.Should().NotBeNull();
    }

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected Task PutAsync(string path, string text) =>
        Store.PutAsync(
            path,
            stream => stream.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask(),
            TestContext.Current.CancellationToken
        );

    private async Task<string?> TextAsync(string path)
    {
        await using var stream = await Store.OpenAsync(path, TestContext.Current.CancellationToken);
        return stream is null ? null : await new StreamReader(stream).ReadToEndAsync();
    }

    private async Task<IEnumerable<string>> ListAsync(string prefix) =>
        (await Store.ListAsync(prefix, TestContext.Current.CancellationToken)).Select(f => f.Path);
}
