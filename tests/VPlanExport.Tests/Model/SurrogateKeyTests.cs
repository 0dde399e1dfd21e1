using VPlanExport.Model;

namespace VPlanExport.Tests.Model;

[Trait("Tier", "unit")]
public class SurrogateKeyTests
{
    /// <summary>Computed apart from this program, from the definition of XXH3-128 written out in Python: the high 64 bits, shifted right by one.</summary>
    [Theory]
    [InlineData("card", "b7a6c5d4-e3f2-4a1b-9c8d-7e6f5a4b3c0c", 1720769604860667244)]
    [InlineData("time_entry", "6e5d4c3b-2a19-4087-9f6e-5d4c3b2a190f", 2352163698208176409)]
    [InlineData(
        "card_activity",
        "b7a6c5d4-e3f2-4a1b-9c8d-7e6f5a4b3c0c|9b2a5f64-0c53-44a0-9c39-0c6f5e3c4d04",
        7641647007785096891
    )]
    [InlineData(
        "card_activity",
        "b7a6c5d4-e3f2-4a1b-9c8d-7e6f5a4b3c0c|9b2a5f64-0c53-44a0-9c39-0c6f5e3c4d04|2",
        5097762355080842674
    )]
    [InlineData("board", "één 日本 bord", 6774872759272378879)]
    public void A_key_is_the_first_63_bits_of_XxHash3_128(string entity, string id, long expected) =>
        SurrogateKey.Of(entity, id).Should().Be(expected);
}
