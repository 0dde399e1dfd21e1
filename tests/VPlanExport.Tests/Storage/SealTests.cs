using System.Text;
using VPlanExport.Storage;

namespace VPlanExport.Tests.Storage;

/// <summary>A box opens with its key, for what it was closed for, as it was closed.</summary>
[Trait("Tier", "unit")]
public class SealTests
{
    private const string Content = "what nobody else reads";

    private static readonly Seal Mine = new([.. Enumerable.Range(0, Seal.KeyBytes).Select(i => (byte)i)]);
    private static readonly Seal Another = new(new byte[Seal.KeyBytes]);

    [Fact]
    public void It_opens_what_it_closed_and_hides_it()
    {
        var box = Close();

        Open(box).Should().Be(Content);
        box.Should().MatchRegex("^[A-Za-z0-9_-]{100,}$");
        Close().Should().NotBe(box, "each box has a salt and a nonce of its own");
    }

    [Fact]
    public void It_opens_nothing_of_another_key_or_for_something_else()
    {
        Another.Open(Close(), "a").Should().BeNull();
        Another.IsOfAnotherKey(Close()).Should().BeTrue();
        Mine.Open(Close(), "b").Should().BeNull();
        Mine.IsOfAnotherKey(Close()).Should().BeFalse();
    }

    [Fact]
    public void A_changed_character_anywhere_is_found_unless_it_only_names_the_key()
    {
        var box = Close();
        for (var at = 0; at < box.Length; at++)
        {
            var changed = box[..at] + (box[at] == 'A' ? 'B' : 'A') + box[(at + 1)..];
            Open(changed).Should().Match(text => text == null || (text == Content && at < 12), "character {0}", at);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("no base64 at all!")]
    public void What_is_no_box_does_not_open(string text) => Open(text).Should().BeNull();

    private static string Close() => Mine.Close(Encoding.UTF8.GetBytes(Content), "a");

    private static string? Open(string box) =>
        Mine.Open(box, "a") is { } content ? Encoding.UTF8.GetString(content) : null;
}
