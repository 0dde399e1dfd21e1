using System.Text.Json;

namespace VPlanExport.Tests;

/// <summary>A secret is found in whatever form a text holds it.</summary>
public class SecretsTests
{
    private const string Odd = """a+b/c"d|e""";

    private static readonly Secrets Known = new([Odd, "pin", "s3cret", "s3cret-and-more"], text => text.Replace("|", @"\|", StringComparison.Ordinal));

    public static TheoryData<string> Forms => [Odd, JsonSerializer.Serialize(Odd), Odd.Replace("/", @"\/", StringComparison.Ordinal), Uri.EscapeDataString(Odd), Odd.Replace("|", @"\|", StringComparison.Ordinal)];

    [Theory]
    [MemberData(nameof(Forms))]
    public void It_is_masked_in_every_form(string form) => Known.Mask($"before {form} after").Should().Contain("***").And.NotContain(form);

    [Fact]
    public void One_that_holds_another_is_masked_whole() => Known.Mask("s3cret-and-more, s3cret").Should().Be("***, ***");

    [Fact]
    public void One_that_is_too_short_to_be_one_is_left() => Known.Mask("spinning").Should().Be("spinning");

    [Fact]
    public void Without_any_nothing_changes() => Secrets.None.Mask("text").Should().Be("text");
}
