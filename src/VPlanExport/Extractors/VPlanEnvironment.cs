using System.Text.Json;

namespace VPlanExport.Extractors;

/// <summary>What <c>GET /me</c> says (M, J).</summary>
/// <param name="Name">The environment's name; null when vPlan does not tell.</param>
/// <param name="Features">Features that are switched on.</param>
/// <param name="ServerTime">vPlan's clock, from its <c>Date</c> header. UTC.</param>
/// <param name="Warning">Set when this key may not ask: not an error, since the lists may still be open to it.</param>
public sealed record VPlanEnvironment(string? Name, IReadOnlyList<string> Features, DateTime ServerTime, string? Warning)
{
    private const int Attempts = 4;

    internal static async Task<VPlanEnvironment> AskAsync(VPlanClient client, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetAsync("/me", Math.Min(Attempts, client.Settings.MaxAttempts), ReadAsync, null, cancellationToken);
        }
        catch (NotAvailableException e)
        {
            return new VPlanEnvironment(null, [], time.GetUtcNow().UtcDateTime, $"{e.Message}. The environment's name stays unknown.");
        }
    }

    private static async Task<VPlanEnvironment> ReadAsync(Reply reply, CancellationToken cancellationToken)
    {
        try
        {
            await using var body = reply.Body(Stream.Null);
            using var json = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
            return new VPlanEnvironment(NameIn(json.RootElement), FeaturesIn(json.RootElement), reply.SentAt, null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new TransientException($"the answer is not whole JSON ({e.Message})", inner: e);
        }
    }

    private static string? NameIn(JsonElement me) =>
        VPlanError.Property(me, "environment") is { } environment && VPlanError.Property(environment, "name") is { ValueKind: JsonValueKind.String } name ? name.GetString() : null;

    private static string[] FeaturesIn(JsonElement me) => VPlanError.Property(me, "features") is { ValueKind: JsonValueKind.Array } features
        ? [.. features.EnumerateArray().Where(feature => feature.ValueKind == JsonValueKind.String).Select(feature => feature.GetString()!)]
        : [];
}
