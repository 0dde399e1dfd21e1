using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Microsoft.Extensions.Time.Testing;
using VPlanExport.Storage;

namespace VPlanExport.Tests.Storage;

/// <summary>Against Azurite.</summary>
[Trait("Tier", "platform")]
public sealed class BlobStoreTests : StoreTests
{
    private readonly StoreLocation.Blob _place = AzuriteServer.Shared.NewPlace();

    public BlobStoreTests() => Store = Another();

    private protected override IStore Store { get; }

    private protected override IStore Another() => _place.Open(TimeProvider.System);

    [Fact]
    public async Task A_large_file_goes_up_in_blocks_and_comes_back_as_it_was()
    {
        var bytes = new byte[30 << 20];
        new Random(1).NextBytes(bytes);

        await Store.PutAsync("large", stream => stream.WriteAsync(bytes).AsTask(), Token);

        await using var back = (await Store.OpenAsync("large", Token))!;
        back.Length.Should().Be(bytes.Length);
        var read = new byte[bytes.Length];
        await back.ReadExactlyAsync(read, Token);
        read.AsSpan().SequenceEqual(bytes).Should().BeTrue();
        back.Seek(-10, SeekOrigin.End);
        (await back.ReadAsync(read.AsMemory(0, 100), Token)).Should().Be(10);
        (
            await new BlobContainerClient(_place.ConnectionString, _place.Container.Segments[^1], AzuriteServer.Options)
                .GetBlockBlobClient($"{_place.Prefix}/large")
                .GetBlockListAsync(cancellationToken: Token)
        )
            .Value.CommittedBlocks.Should()
            .HaveCountGreaterThan(1);
    }

    [Fact]
    public async Task A_page_has_the_type_by_which_a_browser_shows_it()
    {
        await Store.PutAsync("report.html", stream => stream.WriteAsync("<p>"u8.ToArray()).AsTask(), Token);

        var properties = await new BlobContainerClient(
            _place.ConnectionString,
            _place.Container.Segments[^1],
            AzuriteServer.Options
        )
            .GetBlobClient($"{_place.Prefix}/report.html")
            .GetPropertiesAsync(cancellationToken: Token);
        properties.Value.ContentType.Should().Be("text/html; charset=utf-8");
    }

    [Fact]
    public async Task The_prefix_keeps_stores_of_one_container_apart()
    {
        var other = _place with { Prefix = "some/lakeside" };
        await other
            .Open(TimeProvider.System)
            .PutAsync("a", stream => stream.WriteAsync("theirs"u8.ToArray()).AsTask(), Token);

        (await Store.ListAsync("", Token)).Should().BeEmpty();
        (await Store.FoldersAsync("", Token)).Should().BeEmpty();
        var whole = (_place with { Prefix = "" }).Open(TimeProvider.System);
        (await whole.ListAsync("", Token)).Should().ContainSingle().Which.Path.Should().Be("some/lakeside/a");
        (await whole.FoldersAsync("", Token)).Should().Equal("some");
    }

    [Fact]
    public async Task A_folder_that_a_hierarchical_account_lists_as_a_blob_is_no_file()
    {
        await PutAsync("t/a", "a");
        var folder = AzuriteServer.Blob(_place, "t");
        await folder.UploadAsync(BinaryData.Empty, Token);
        await folder.SetMetadataAsync(
            new Dictionary<string, string> { ["hdi_isfolder"] = "true" },
            cancellationToken: Token
        );

        (await Store.ListAsync("", Token)).Should().ContainSingle().Which.Path.Should().Be("t/a");
    }

    [Fact]
    public async Task A_lease_that_was_broken_is_lost()
    {
        await using var held = (await Store.LeaseAsync("run.lock", Token))!;
        AzuriteServer.BreakLease(_place, "run.lock");

        var ensure = () => held.EnsureHeldAsync(Token);

        (await ensure.Should().ThrowAsync<LockedException>()).WithMessage(
            "The lock 'run.lock' in http://127.0.0.1:*was lost*"
        );
        held.Lost.IsCancellationRequested.Should().BeTrue();
    }

    [Fact]
    public async Task A_container_that_is_not_there_is_named_with_what_to_do()
    {
        var nowhere = new StoreLocation.Blob(
            new Uri($"{AzuriteServer.Shared.Url}/nowhere"),
            "lake",
            _place.ConnectionString
        ).Open(TimeProvider.System);
        foreach (
            var use in new Func<Task>[]
            {
                () => nowhere.PutAsync("a", _ => Task.CompletedTask, Token),
                () => nowhere.OpenAsync("a", Token),
                () => nowhere.ReadAsync("a", Token),
                () => nowhere.ReplaceAsync("a", null, default, Token),
                () => nowhere.ListAsync("", Token),
                () => nowhere.LeaseAsync("a", Token),
            }
        )
            (await use.Should().ThrowAsync<SinkException>()).WithMessage(
                "Cannot use *nowhere*ContainerNotFound*create it, or correct Lake:Location."
            );
    }

    [Fact]
    public async Task A_wrong_key_is_refused_and_not_told()
    {
        var key = Convert.ToBase64String(new byte[64]);
        var wrong = (
            _place with
            {
                ConnectionString =
                    $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={key};BlobEndpoint={AzuriteServer.Shared.Url};",
            }
        ).Open(TimeProvider.System);

        var put = () => wrong.PutAsync("a", _ => Task.CompletedTask, Token);

        (await put.Should().ThrowAsync<SinkException>())
            .WithMessage("*AuthorizationFailure*")
            .Which.ToString()
            .Should()
            .NotContain(key);
    }

    [Fact]
    public async Task A_machine_whose_clock_is_wrong_is_told_so()
    {
        var wrong = _place with
        {
            ConnectionString =
                $"DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey={Convert.ToBase64String(new byte[64])};BlobEndpoint={AzuriteServer.Shared.Url};",
        };

        var put = () =>
            wrong
                .Open(new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddHours(-1)))
                .PutAsync("a", _ => Task.CompletedTask, Token);

        (await put.Should().ThrowAsync<SinkException>()).WithMessage(
            "*This machine's clock is wrong: it says * and the server *. Set the clock."
        );
    }
}
