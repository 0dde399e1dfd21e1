using VPlanExport.Storage;

namespace VPlanExport.Tests.Storage;

[Trait("Tier", "unit")]
public sealed class FolderStoreTests : StoreTests, IDisposable
{
    private readonly TempFolder _folder = new();

    public FolderStoreTests() => Store = Another();

    public void Dispose() => _folder.Dispose();

    private protected override IStore Store { get; }

    private protected override IStore Another() => new FolderStore(_folder.Path);

    [Fact]
    public async Task Only_the_owner_may_read_what_is_put()
    {
        if (OperatingSystem.IsWindows())
            return;
        await PutAsync("a", "x");
        await Store.PutIfAbsentAsync("b", "x"u8.ToArray(), TestContext.Current.CancellationToken);
        foreach (var name in new[] { "a", "b" })
            File.GetUnixFileMode(Path.Combine(_folder.Path, name))
                .Should()
                .Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task A_full_disk_says_what_to_do()
    {
        var put = () =>
            Store.PutAsync(
                "a.bin",
                _ => throw new IOException("No space left on device", 28),
                TestContext.Current.CancellationToken
            );
        (await put.Should().ThrowAsync<SinkException>()).WithMessage(
            $"*'a.bin' in {_folder.Path}*No space left on device*Free disk space*"
        );
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_says_what_to_do()
    {
        await PutAsync("a", "a file, not a folder");
        var put = () => PutAsync("a/b", "x");
        (await put.Should().ThrowAsync<SinkException>()).WithMessage("*'a/b'*");
        var unwritable = () =>
            new FolderStore("/proc/vplan").PutAsync(
                "x",
                _ => Task.CompletedTask,
                TestContext.Current.CancellationToken
            );
        if (OperatingSystem.IsLinux())
            (await unwritable.Should().ThrowAsync<SinkException>()).WithMessage("*/proc/vplan*");
    }
}
