using Microsoft.Extensions.Configuration;
using VPlanExport.Storage;

namespace VPlanExport.Configuration;

/// <summary>A setting as it counts.</summary>
/// <param name="Value">Stars for a secret.</param>
/// <param name="Origin">Where the value comes from: <see cref="Default"/>, the settings file, the environment or the
/// command line.</param>
internal sealed record SettingInForce(string Key, string Value, string Origin)
{
    public const string Default = "default";

    private const string Hidden = "***";

    /// <param name="sources">The strongest first.</param>
    public static SettingInForce Of(Setting setting, IEnumerable<(string Origin, IConfiguration Values)> sources)
    {
        var (origin, value) = sources
            .Select(s => (s.Origin, Value: s.Values[setting.Key]))
            .FirstOrDefault(s => s.Value is not null);
        return string.IsNullOrWhiteSpace(value)
            ? new SettingInForce(setting.Key, setting.Default, Default)
            : new SettingInForce(setting.Key, IsHidden(setting, value.Trim()) ? Hidden : value.Trim(), origin);
    }

    /// <summary>A secret, or the name of a file that is not there: that may be the secret itself.</summary>
    private static bool IsHidden(Setting setting, string value) =>
        setting.IsSecret
        || (
            Setting.All.Any(s => s.IsSecret && setting.Key == $"{s.Key}File")
            && !Path.IsPathRooted(value)
            && !File.Exists(HomeFolder.Expanded(value))
        );
}
