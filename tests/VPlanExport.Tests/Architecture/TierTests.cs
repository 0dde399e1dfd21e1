using System.Reflection;

namespace VPlanExport.Tests.Architecture;

/// <summary>Every test belongs to one tier, so that each tier can be run alone: <c>tests/README.md</c> says how.</summary>
[Trait("Tier", "unit")]
public sealed class TierTests
{
    private static readonly string[] Tiers = ["unit", "scenario", "platform"];

    public static TheoryData<string> Classes =>
        [
            .. typeof(TierTests)
                .Assembly.GetTypes()
                .Where(t => !t.IsAbstract && t.GetMethods().Any(IsTest))
                .Select(t => t.FullName!),
        ];

    [Theory]
    [MemberData(nameof(Classes))]
    public void A_class_of_tests_has_one_tier(string name)
    {
        var traits = typeof(TierTests).Assembly.GetType(name)!.GetCustomAttributes<TraitAttribute>();

        traits
            .Where(t => t.Name == "Tier")
            .Select(t => t.Value)
            .Should()
            .ContainSingle($"{name} needs [Trait(\"Tier\", …)]: {string.Join(", ", Tiers)}")
            .Which.Should()
            .BeOneOf(Tiers);
    }

    private static bool IsTest(MethodInfo method) => method.GetCustomAttributes().Any(a => a is FactAttribute);
}
