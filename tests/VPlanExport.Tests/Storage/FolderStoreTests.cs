using System.Text;
using VPlanExport.Storage;

namespace VPlanExport.Tests.Storage;

public sealed class FolderStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FolderStore _store;

    public FolderStoreTests() => _store = new FolderStore(_folder.Path);

    public void Dispose() => _folder.Dispose();

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
        (await _store.PutIfAbsentAsync("a/1.json", "one"u8.ToArray(), TestContext.Current.CancellationToken)).Should().BeTrue();
        (await _store.PutIfAbsentAsync("a/1.json", "two"u8.ToArray(), TestContext.Current.CancellationToken)).Should().BeFalse();
        (await TextAsync("a/1.json")).Should().Be("one");
    }

    [Fact]
    public async Task Of_many_writers_that_race_one_wins_and_its_bytes_are_whole()
    {
        for (var round = 0; round < 20; round++)
        {
            var path = $"log/{round}.json";
            var racers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() =>
                new FolderStore(_folder.Path).PutIfAbsentAsync(path, Encoding.UTF8.GetBytes(new string((char)('a' + i), 50_000))))));
            var winner = racers.Index().Should().ContainSingle(r => r.Item).Subject.Index;
            (await TextAsync(path)).Should().Be(new string((char)('a' + winner), 50_000));
        }
    }

    [Fact]
    public async Task A_reader_never_sees_a_part_of_a_file_being_written()
    {
        await PutAsync("a.txt", "old");
        await _store.PutAsync("a.txt", async stream =>
        {
            await stream.WriteAsync("half of the new"u8.ToArray());
            await stream.FlushAsync();
            (await TextAsync("a.txt")).Should().Be("old");
            (await ListAsync("")).Should().Equal("a.txt");
        }, TestContext.Current.CancellationToken);
        (await TextAsync("a.txt")).Should().Be("half of the new");
    }

    [Fact]
    public async Task A_write_that_fails_leaves_nothing_behind_and_is_the_writers_own_error()
    {
        var put = () => _store.PutAsync("a.txt", _ => throw new HttpIOException(HttpRequestError.ResponseEnded, "connection lost"));
        await put.Should().ThrowAsync<HttpIOException>();
        Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Should().BeEmpty();
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
        await _store.DeleteAsync("a/b", TestContext.Current.CancellationToken);
        await _store.DeleteAsync("a/b", TestContext.Current.CancellationToken);
        await _store.DeleteAsync("none/b", TestContext.Current.CancellationToken);
        (await ListAsync("")).Should().BeEmpty();
    }

    [Fact]
    public async Task A_local_file_is_moved_in_and_replaces_what_is_there()
    {
        var local = Path.Combine(_folder.Path, "..", Path.GetFileName(_folder.Path) + ".local");
        await File.WriteAllTextAsync(local, "moved", TestContext.Current.CancellationToken);
        await PutAsync("a", "old");
        await _store.PutFileAsync("a", local, TestContext.Current.CancellationToken);
        (await TextAsync("a")).Should().Be("moved");
        (await File.ReadAllTextAsync(await _store.LocalAsync("a", TestContext.Current.CancellationToken), TestContext.Current.CancellationToken)).Should().Be("moved");
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
    public async Task Only_the_owner_may_read_what_is_put()
    {
        if (OperatingSystem.IsWindows())
            return;
        await PutAsync("a", "x");
        await _store.PutIfAbsentAsync("b", "x"u8.ToArray(), TestContext.Current.CancellationToken);
        foreach (var name in new[] { "a", "b" })
            File.GetUnixFileMode(Path.Combine(_folder.Path, name)).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task A_full_disk_says_what_to_do()
    {
        var put = () => _store.PutAsync("a.bin", _ => throw new IOException("No space left on device", 28));
        (await put.Should().ThrowAsync<SinkException>()).WithMessage($"*'a.bin' in {_folder.Path}*No space left on device*Free disk space*");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_says_what_to_do()
    {
        await PutAsync("a", "a file, not a folder");
        var put = () => PutAsync("a/b", "x");
        (await put.Should().ThrowAsync<SinkException>()).WithMessage("*'a/b'*");
        var unwritable = () => new FolderStore("/proc/vplan").PutAsync("x", _ => Task.CompletedTask);
        if (OperatingSystem.IsLinux())
            (await unwritable.Should().ThrowAsync<SinkException>()).WithMessage("*/proc/vplan*");
    }

    private Task PutAsync(string path, string text) => _store.PutAsync(path, stream => stream.WriteAsync(Encoding.UTF8.GetBytes(text)).AsTask());

    private async Task<string?> TextAsync(string path)
    {
        await using var stream = await _store.OpenAsync(path);
        return stream is null ? null : await new StreamReader(stream).ReadToEndAsync();
    }

    private async Task<IEnumerable<string>> ListAsync(string prefix) => (await _store.ListAsync(prefix)).Select(f => f.Path);
}
