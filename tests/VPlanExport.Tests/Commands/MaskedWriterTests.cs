using VPlanExport.Commands.Output;

namespace VPlanExport.Tests.Commands;

/// <summary>Output in which no secret is shown.</summary>
[Trait("Tier", "unit")]
public class MaskedWriterTests
{
    [Fact]
    public void A_secret_that_is_written_in_pieces_is_masked()
    {
        using var output = new StringWriter();
        using var masked = new MaskedWriter(output, new Secrets(["s3cret"]).Mask, () => false);

        masked.Write("one s3c");
        masked.Write(['r', 'e'], 0, 2);
        masked.Write('t');
        masked.Write(" two\nthree s3cr");
        var whole = output.ToString();
        masked.Write("et");
        masked.Flush();

        whole.Should().Be("one *** two\n");
        output.ToString().Should().Be("one *** two\nthree ***");
    }
}
