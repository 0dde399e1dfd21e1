using System.Text.Json.Serialization;

namespace VPlanExport.Loaders.Lake;

/// <summary>Which versions of the tables belong together: <c>lake.json</c>, put when a run has been published whole.</summary>
public sealed record ConsistentSet(
    [property: JsonPropertyName("run")] string Run,
    [property: JsonPropertyName("versions")] IReadOnlyDictionary<string, long> Versions,
    [property: JsonPropertyName("publishedAt")] DateTimeOffset PublishedAt);
