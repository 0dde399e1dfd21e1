using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace VPlanExport.Tests;

/// <summary>A secret is found in whatever form a text holds it.</summary>
[Trait("Tier", "unit")]
public class SecretsTests
{
    private const string Odd = """a+b/c"d|e""";

    private static readonly Secrets Known = new(
        [Odd, "pin", "s3cret", "s3cret-and-more"],
        text => text.Replace("|", @"\|", StringComparison.Ordinal)
    );

    public static TheoryData<string> Forms =>
        [
            Odd,
            JsonSerializer.Serialize(Odd),
            Odd.Replace("/", @"\/", StringComparison.Ordinal),
            Uri.EscapeDataString(Odd),
            Odd.Replace("|", @"\|", StringComparison.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Forms))]
    public void It_is_masked_in_every_form(string form) =>
        Known.Mask($"before {form} after").Should().Contain("***").And.NotContain(form);

    [Fact]
    public void One_that_holds_another_is_masked_whole() =>
        Known.Mask("s3cret-and-more, s3cret").Should().Be("***, ***");

    [Fact]
    public void One_that_is_too_short_to_be_one_is_left() => Known.Mask("spinning").Should().Be("spinning");

    [Fact]
    public void Without_any_nothing_changes() => new Secrets([]).Mask("text").Should().Be("text");

    private const string Secret = "k3y/that+is>nowhere?else&\"";

    private static readonly Secrets Masking = new([Secret]);

    public static TheoryData<int, int> Neighbours
    {
        get
        {
            var data = new TheoryData<int, int>();
            foreach (var before in Enumerable.Range(0, 7))
            {
                foreach (var after in Enumerable.Range(0, 4))
                    data.Add(before, after);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Neighbours))]
    public void A_secret_inside_a_Base64_text_is_masked_whatever_stands_beside_it(int before, int after)
    {
        var bytes = Encoding.UTF8.GetBytes(new string('u', before) + Secret + new string('v', after));
        var base64 = Convert.ToBase64String(bytes);

        foreach (
            var text in new[]
            {
                base64,
                Base64Url.EncodeToString(bytes),
                base64.Replace("/", @"\/", StringComparison.Ordinal),
                Uri.EscapeDataString(base64),
                base64.Replace("+", "\\u002B", StringComparison.Ordinal),
            }
        )
        {
            var masked = Masking.Mask($"Authorization: Basic {text} was refused");

            masked.Should().StartWith("Authorization: Basic ").And.Contain("***").And.EndWith(" was refused");
            masked
                .Replace("***", "", StringComparison.Ordinal)
                .Length.Should()
                .BeLessThan("Authorization: Basic  was refused".Length + (before + after) * 4 / 3 + 12, text);
        }
    }

    [Fact]
    public void A_secret_alone_in_Base64_leaves_nothing()
    {
        foreach (var secret in new[] { "secret", "secret1", "secret12", Secret })
            new Secrets([secret]).Mask(Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))).Should().Be("***");
    }

    [Theory]
    [InlineData("6b33792f746861742b69733e6e6f77686572653f656c73652622")]
    [InlineData("6B33792F746861742B69733E6E6F77686572653F656C73652622")]
    [InlineData("k3y%2fthat%2bis%3enowhere%3felse%26%22")]
    [InlineData("k3y/that+is&gt;nowhere?else&amp;&quot;")]
    public void A_secret_in_hex_in_a_URL_or_in_HTML_is_masked(string text) =>
        Masking.Mask($"<{text}22>").Should().Match("<***22>");

    [Fact]
    public void Other_Base64_is_left_as_it_is()
    {
        var text = Convert.ToBase64String(Encoding.UTF8.GetBytes("a board called nowhere, with a + and a /"));

        Masking.Mask(text).Should().Be(text);
    }
}
