using System.Text;
using VPlanExport.Extract.Http;

namespace VPlanExport.Tests.Extract;

/// <summary>A body from which the keys are taken while it is read.</summary>
[Trait("Tier", "unit")]
public class RedactingStreamTests
{
    private static readonly Secrets Keys = new(["key-one", "another-key"]);

    [Theory]
    [InlineData("", "")]
    [InlineData("short", "short")]
    [InlineData("key-one", "*******")]
    [InlineData("Basic dTprZXktb25l", "Basic dTp*********")]
    [InlineData("""{"a":"a2V5LW9uZQ=="}""", """{"a":"************"}""")]
    [InlineData("6b65792d6f6e65 6b65792d6f6e", "************** 6b65792d6f6e")]
    [InlineData("kkey-onekey-one another-key key-on", "k************** *********** key-on")]
    public async Task A_key_becomes_as_many_stars_wherever_the_network_cuts_it(string body, string expected)
    {
        for (var piece = 1; piece <= body.Length + 1; piece++)
        {
            await using var stream = new RedactingStream(new InPieces(Encoding.UTF8.GetBytes(body), piece), Keys);
            using var reader = new StreamReader(stream);
            (await reader.ReadToEndAsync(TestContext.Current.CancellationToken))
                .Should()
                .Be(expected, "pieces have {0} bytes", piece);
        }
    }

    [Fact]
    public async Task A_body_larger_than_its_buffer_comes_whole()
    {
        var body = string.Concat(Enumerable.Range(0, 40_000).Select(i => $"{i} key-one "));
        await using var stream = new RedactingStream(new MemoryStream(Encoding.UTF8.GetBytes(body)), Keys);
        using var reader = new StreamReader(stream);

        (await reader.ReadToEndAsync(TestContext.Current.CancellationToken))
            .Should()
            .Be(body.Replace("key-one", "*******", StringComparison.Ordinal));
    }

    /// <summary>Gives at most so many bytes at a time.</summary>
    private sealed class InPieces(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) =>
            base.ReadAsync(buffer[..Math.Min(most, buffer.Length)], cancellationToken);
    }
}
