using VPlanExport.Storage;

namespace VPlanExport.Tests.Storage;

[Trait("Tier", "unit")]
public sealed class VerifiedReadTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_is_read_from_its_start_when_it_is_what_was_written_and_named_when_it_is_not()
    {
        var store = new FolderStore(_folder.Path);
        await store.PutAsync("rows/a.parquet", stream => stream.WriteAsync("rows"u8.ToArray(), Token).AsTask(), Token);
        var checksum = await store.ChecksumAsync("rows/a.parquet", Token);
        await using (var whole = await store.OpenAsync("rows/a.parquet", checksum, "Do something.", Token))
            (await new StreamReader(whole!).ReadToEndAsync(Token)).Should().Be("rows");

        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "rows", "a.parquet"), "cows", Token);

        await store
            .Awaiting(s => s.OpenAsync("rows/a.parquet", checksum, "Do something.", Token))
            .Should()
            .ThrowAsync<SinkException>()
            .WithMessage("'rows/a.parquet' in *is damaged*Do something.");
        (await store.OpenAsync("rows/b.parquet", checksum, "", Token)).Should().BeNull();
    }
}
