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

    /// <summary>A collection of one class is called after it. One with another name shares a server, and has none: it
    /// comes first.</summary>
    private static string? TierOf(string collection) =>
        typeof(LongestFirst)
            .Assembly.GetType(collection.Replace(Before, "", StringComparison.Ordinal).Split(' ')[0])
            ?.GetCustomAttributes<TraitAttribute>()
            .FirstOrDefault(t => t.Name == "Tier")
            ?.Value;
}
