using CsCheck;
using VPlanExport.Model;

namespace VPlanExport.Tests.Model;

[Trait("Tier", "unit")]
public class KeySetTests
{
    [Fact]
    public void A_key_is_found_if_and_only_if_it_is_there() =>
        Gen.Select(
                Gen.OneOf(Gen.Long[-1, 50], Gen.Long[0, long.MaxValue], Gen.Long[20260101, 20261231]).Array[0, 300],
                Gen.Long[-1, 60].Array[1, 50]
            )
            .Sample(
                (keys, asked) =>
                {
                    var set = new KeySet([.. keys]);
                    return keys.Concat(asked).All(k => set.Contains(k) == keys.Contains(k));
                }
            );
}
