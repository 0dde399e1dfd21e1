using System.Text;
using VPlanExport.Extract.Http;
using VPlanExport.Extract.Paging;

namespace VPlanExport.Tests.Extract;

[Trait("Tier", "unit")]
public class PageScannerTests
{
    [Theory]
    [InlineData(
        """{"count":2,"limit":2,"offset":0,"data":[{"id":"a","created_at":"T1","activities":[{"id":"x","created_at":"no"}]},{"id":"b","created_at":null}]}"""
    )]
    [InlineData(
        """{"Data":[{"ID":"a","nested":{"id":"x","data":[{"id":"y"}]},"Created_At":"T1"},{"id":"b"}],"COUNT":"2","errors":[]}"""
    )]
    public async Task Only_ids_and_timestamps_of_the_rows_are_taken(string json)
    {
        var page = await ScanAsync(json);
        page.Count.Should().Be(2);
        page.Rows.Should().Equal(new ScannedRow("a", "T1"), new ScannedRow("b", null));
    }

    [Theory]
    [InlineData("""{"count":2.0,"data":{"0":{"id":"a","created_at":"T1"},"2":{"id":"b","sub":{"id":"x"}}}}""")]
    [InlineData("""{"data":{"7":{"id":"a","created_at":"T1"},"3":{"id":"b"}},"count":"2e0"}""")]
    public async Task A_list_may_be_numbered_and_its_count_have_any_form(string json)
    {
        var page = await ScanAsync(json + "\n\uFEFF");
        page.Count.Should().Be(2);
        page.Rows.Should().Equal(new ScannedRow("a", "T1"), new ScannedRow("b", null));
    }

    [Fact]
    public async Task Ids_may_be_numbers() =>
        (await ScanAsync("""{"count":1,"data":[{"id":12345678901,"created_at":"T"}]}"""))
            .Rows.Should()
            .Equal(new ScannedRow("12345678901", "T"));

    [Fact]
    public async Task A_value_larger_than_the_buffer_is_skipped() =>
        (
            await ScanAsync(
                $$"""{"count":1,"data":[{"note":"{{new string('x', 300_000)}}","id":"a","created_at":"T"}]}"""
            )
        )
            .Rows.Should()
            .Equal(new ScannedRow("a", "T"));

    [Fact]
    public async Task A_value_that_goes_on_and_on_is_not_scanned_anew_with_each_piece_of_it()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var json = $$"""{"count":1,"data":[{"note":"{{new string('x', 8 << 20)}}","id":"a"}]}""";
        (await PageScanner.ScanAsync(new Trickle(Encoding.UTF8.GetBytes(json)), "created_at", patience.Token))
            .Rows.Should()
            .ContainSingle();
    }

    [Fact]
    public async Task An_answer_without_a_count_has_none() =>
        (await ScanAsync("""{"data":[]}""")).Count.Should().BeNull();

    [Theory]
    [InlineData("""{"count":1,"data":[{"id":"a"}],"Data":[]}""")]
    [InlineData("""{"count":1,"data":8,"data":[{"id":"a"}]}""")]
    public async Task An_answer_with_two_lists_of_rows_is_no_answer(string json) =>
        await FluentActions
            .Awaiting(() => ScanAsync(json))
            .Should()
            .ThrowAsync<UnreadableException>()
            .WithMessage("*'data' stands in it twice*");

    private static async Task<PageScan> ScanAsync(string json) =>
        await PageScanner.ScanAsync(new Trickle(Encoding.UTF8.GetBytes(json)), "created_at", CancellationToken.None);

    /// <summary>Gives a few bytes at a time, so that every token is cut somewhere.</summary>
    private sealed class Trickle(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 7)], cancellationToken);
    }
}
