using System.Text.Json;
using VPlanExport.Extract.Http;

namespace VPlanExport.Extract;

/// <summary>What <c>GET /me</c> says (M, J).</summary>
/// <param name="Name">The environment's name; null when vPlan does not tell.</param>
/// <param name="Features">Features that are switched on.</param>
/// <param name="ServerTime">vPlan's clock, from its <c>Date</c> header, UTC; null when it sends none.</param>
/// <param name="Warning">Set when this key may not ask: not an error, since the lists may still be open to it.</param>
internal sealed record EnvironmentInfo(
    string? Name,
    IReadOnlyList<string> Features,
    DateTime? ServerTime,
    string? Warning
)
{
    private const int Attempts = 4;

    /// <summary>Who consented, with an access token; null when vPlan does not say (gap P19).</summary>
    public string? User { get; init; }

    internal static async Task<EnvironmentInfo> AskAsync(VPlanClient client, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetAsync(
                "/me",
                Math.Min(Attempts, client.Settings.MaxAttempts),
                ReadAsync,
                null,
                cancellationToken
            );
        }
        catch (NotAvailableException e)
        {
            return new EnvironmentInfo(null, [], null, $"{e.Message}. The environment's name stays unknown.");
        }
    }

    private static async Task<EnvironmentInfo> ReadAsync(ApiResponse reply, CancellationToken cancellationToken)
    {
        using var whole = new MemoryStream();
        await using var body = reply.Body(whole);
        await body.CopyToAsync(Stream.Null, cancellationToken);
        try
        {
            using var json = WholeJson.Parse(whole.GetBuffer().AsSpan(0, (int)whole.Length));
            return new EnvironmentInfo(NameIn(json.RootElement), FeaturesIn(json.RootElement), reply.Date, null)
            {
                User = UserIn(json.RootElement),
            };
        }
        catch (InvalidOperationException e)
        {
            throw new UnreadableException($"a name in it is not valid Unicode ({e.Message.TrimEnd('.')})", e);
        }
    }

    private static string? NameIn(JsonElement me) =>
        VPlanError.Property(me, "environment") is { } environment
        && VPlanError.Property(environment, "name") is { ValueKind: JsonValueKind.String } name
            ? name.GetString()
            : null;

    private static string? UserIn(JsonElement me) =>
        VPlanError.Property(me, "user") is { } user
        && VPlanError.Property(user, "name") is { ValueKind: JsonValueKind.String } name
            ? name.GetString()
            : null;

    private static string[] FeaturesIn(JsonElement me) =>
        VPlanError.Property(me, "features") is { ValueKind: JsonValueKind.Array } features
            ?
            [
                .. features
                    .EnumerateArray()
                    .Where(feature => feature.ValueKind == JsonValueKind.String)
                    .Select(feature => feature.GetString()!),
            ]
            : [];
}
