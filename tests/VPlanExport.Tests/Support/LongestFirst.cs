using System.Reflection;
using VPlanExport.Tests.Support;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace VPlanExport.Tests.Support;

/// <summary>
/// Begins with the tier that waits for other processes and ends with the tests that take a moment, so that the longest
/// classes do not run alone at the end. Within a tier the order is random, as it is without this.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private const string Before = "Test collection for ";
    private static readonly string[] Tiers = ["platform", "scenario", "unit"];

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections
    )
        where TTestCollection : notnull, ITestCollection =>
        [
            .. DefaultTestCollectionOrderer
                .Instance.OrderTestCollections(testCollections)
                .OrderBy(c => Array.IndexOf(Tiers, TierOf(c.TestCollectionDisplayName))),
        ];

    /// <summary>Every class is a collection of its own, which is called after it.</summary>
    private static string? TierOf(string collection) =>
        typeof(LongestFirst)
            .Assembly.GetType(collection[Before.Length..].Split(' ')[0])
            ?.GetCustomAttributes<TraitAttribute>()
            .FirstOrDefault(t => t.Name == "Tier")
            ?.Value;
}
