using System.Text.Json;

namespace VPlanExport.Sandbox;

/// <summary>`GET /me`: the credential and its environment, not an envelope; note the hyphen in `api-key` (M,
/// J).</summary>
internal static class Me
{
    public static ApiResponse Write(SandboxOptions options) =>
        ApiResponse.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("type", "api-key");
            WriteNamed(json, "environment", options.ApiEnv, options.EnvironmentName);
            json.WriteStartArray("features");
            foreach (var feature in (string[])["planning", "time_tracking", "schedules", "orders", "api"])
                json.WriteStringValue(feature);
            json.WriteEndArray();
            json.WriteStartArray("settings");
            json.WriteEndArray();
            json.WriteStartObject("board_permission_set");
            json.WriteEndObject();
            WriteNamed(json, "host", "api", "api.vplan.com");
            WriteNamed(json, "api-key", "sandbox", "Export");
            json.WriteBoolean("next", false);
            json.WriteBoolean("show_nps", false);
            json.WriteEndObject();
        });

    private static void WriteNamed(Utf8JsonWriter json, string property, string id, string name)
    {
        json.WriteStartObject(property);
        json.WriteString("id", id);
        json.WriteString("name", name);
        json.WriteEndObject();
    }
}
