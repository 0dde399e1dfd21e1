using System.Text.Json.Serialization;

namespace VPlanExport.Package;

/// <summary>One of vPlan's environments, which is a company's own data.</summary>
/// <param name="Id">As VPlan:ApiEnv has it; empty where OAuth signs in without it.</param>
/// <param name="Name">As vPlan calls it; null when it does not say.</param>
internal sealed record VPlanEnvironment(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("name")] string? Name
)
{
    public bool Is(string id) => string.Equals(Id, id, StringComparison.OrdinalIgnoreCase);

    public override string ToString() => Name ?? Id;
}
