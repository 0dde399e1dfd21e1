using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace VPlanExport.Configuration;

/// <summary>The JSON schema of the settings file, by which editors complete names and say what they mean. Secrets are
/// not in it, because the file takes none.</summary>
internal static class SettingsSchema
{
    /// <summary>The name of its file.</summary>
    public const string File = "appsettings.schema.json";

    /// <summary>As people read and edit JSON.</summary>
    public static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Render()
    {
        var root = new JsonObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "Settings of vplan-export",
            ["description"] = "Generated from the catalog by `vplan-export schema --write`.",
            ["type"] = "object",
            ["properties"] = new JsonObject { ["$schema"] = new JsonObject { ["type"] = "string" } },
        };
        foreach (var setting in Setting.All.Where(s => !s.IsSecret))
            Add(root, setting.Key.Split(':'), setting);
        return root.ToJsonString(Indented) + "\n";
    }

    /// <summary>Sections of other programs may stand beside ours; in ours every name is known.</summary>
    private static void Add(JsonObject parent, string[] path, Setting setting)
    {
        var properties = parent["properties"]!.AsObject();
        if (path is [var name])
        {
            properties[name] = Of(setting);
            return;
        }
        if (properties[path[0]] is not JsonObject section)
            properties[path[0]] = section = new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = false,
                ["properties"] = new JsonObject(),
            };
        Add(section, path[1..], setting);
    }

    private static JsonObject Of(Setting setting)
    {
        var described = new JsonObject { ["description"] = setting.Meaning };
        if (setting.Range is { } range)
        {
            described["type"] = new JsonArray("integer", "string");
            (described["minimum"], described["maximum"]) = (range.Least, range.Most);
        }
        else if (setting.Allowed is { Count: > 0 } allowed)
            described["enum"] = new JsonArray([.. allowed.Select(a => (JsonNode)a), .. Flags(allowed)]);
        else
            described["type"] = "string";
        if (setting.Default != "")
            described["default"] = setting.Range is null
                ? setting.Default
                : int.Parse(setting.Default, CultureInfo.InvariantCulture);
        return described;
    }

    /// <summary>A file may hold true and false without quotation marks.</summary>
    private static IEnumerable<JsonNode> Flags(IReadOnlyList<string> allowed) =>
        allowed.Contains("true") ? [true, false] : [];
}
