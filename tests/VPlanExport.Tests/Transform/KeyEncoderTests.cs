using System.Text;
using CsCheck;
using VPlanExport.Model;
using VPlanExport.Transform.Parsing;

namespace VPlanExport.Tests.Transform;

[Trait("Tier", "unit")]
public class KeyEncoderTests
{
    [Fact]
    public void A_cached_key_is_the_hash_of_the_id_whatever_came_before()
    {
        var cache = new KeyEncoders().Reference("dim_card", "card");
        Gen.OneOf(
                Gen.Guid.Select(g => g.ToString()),
                Gen.Int[0, 50].Select(i => $"b7a6c5d4-e3f2-4a1b-9c8d-7e6f5a4b3c{i:00}"),
                Gen.String[Gen.Char['a', 'c'], 1, 36]
            )
            .Array[1, 50]
            .Sample(
                ids =>
                {
                    foreach (var id in ids)
                        cache.Of(Encoding.UTF8.GetBytes(id)).Should().Be(SurrogateKey.Of("card", id));
                    ids.Should().OnlyContain(id => cache.References[SurrogateKey.Of("card", id)] == id);
                },
                threads: 1
            );
    }

    [Fact]
    public void What_only_a_dropped_record_referred_to_is_forgotten_and_can_come_back()
    {
        var keys = new KeyEncoders();
        var cache = keys.Reference("dim_card", "card");
        var (first, second) = (
            "b7a6c5d4-e3f2-4a1b-9c8d-7e6f5a4b3c01"u8.ToArray(),
            "b7a6c5d4-e3f2-4a1b-9c8d-7e6f5a4b3c02"u8.ToArray()
        );
        cache.Of(first);
        var mark = keys.Mark;
        cache.Of(first);
        cache.Of(second);
        keys.DropTo(mark);
        cache.References.Should().HaveCount(1);
        cache.Of(second);
        cache.References.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("b7a6c5d4-e3f2-4a1b-9c8d-7e6f5a4b3c0c", true)]
    [InlineData("b7a6c5d4-e3f2-4a1b-9c8d-7e6f5a4b3c0cx", false)]
    [InlineData("日本語日本語日本語日本語日本語日本語", true)]
    public void An_id_has_at_most_36_characters(string id, bool expected) =>
        KeyEncoder.IsId(Encoding.UTF8.GetBytes(id)).Should().Be(expected);

    [Fact]
    public void Bytes_that_are_no_text_are_no_id() => KeyEncoder.IsId([0xff, 0x41]).Should().BeFalse();
}
