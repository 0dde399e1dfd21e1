using System.Globalization;
using System.Text.Json.Nodes;
using VPlanExport.Configuration;
using VPlanExport.Extract.Http;
using VPlanExport.Storage;

namespace VPlanExport.Commands.Init;

/// <summary>What the export is to be set up with: settings by key, and secrets by the key of theirs.</summary>
internal sealed class InitAnswers
{
    private const string SecretsFolder = "secrets";

    public Dictionary<string, string> Settings { get; } = [];

    public Dictionary<string, string> Secrets { get; } = [];

    public bool UsesOAuth => Value("VPlan:Auth") == "oauth";

    public string Value(string key) => Settings.GetValueOrDefault(key) ?? Setting.Find(key)!.Default;

    /// <summary>A connection string of SQL Server names its server; everything else is a file of DuckDB.</summary>
    public void UseWarehouse(string place)
    {
        var isSqlServer = place.Contains("Server=", StringComparison.OrdinalIgnoreCase);
        Settings["Warehouse:Kind"] = isSqlServer ? WarehouseSettings.SqlServer : WarehouseSettings.DuckDb;
        if (KnownSecrets.HoldsOne(place))
            Secrets["Warehouse:ConnectionString"] = place;
        else
            Settings["Warehouse:ConnectionString"] =
                isSqlServer || place.Contains('=', StringComparison.Ordinal) ? place : $"Data Source={place}";
    }

    /// <exception cref="ConfigurationException">vPlan cannot be asked with these answers.</exception>
    public void Require()
    {
        if (UsesOAuth)
            return;
        if (Value("VPlan:ApiEnv") == "" && !IsInEnvironment("VPlan:ApiEnv"))
            throw new ConfigurationException(
                $"The environment is not given: name it with --environment. {VPlanSettings.WhereToFind}"
            );
        if (
            !Secrets.ContainsKey("VPlan:ApiKey")
            && Value("VPlan:ApiKeyFile") == ""
            && !IsInEnvironment("VPlan:ApiKey")
            && !IsInEnvironment("VPlan:ApiKeyFile")
        )
            throw new ConfigurationException(
                "The API key is not given: name a file that holds it with --api-key-file, or set the environment "
                    + $"variable VPlan__ApiKey. {VPlanSettings.WhereToFind}"
            );
    }

    /// <summary>Every file to write, the settings last.</summary>
    /// <param name="program">Path of this program.</param>
    public IReadOnlyList<InitFile> Files(string program, string folder) =>
        [
            .. Secrets.Select(s => new InitFile(SecretFile(s.Key), s.Value + "\n")),
            .. Schedules.Files(program, folder, Value("VPlan:TimeZone"), UsesOAuth),
            new InitFile(SettingsSchema.File, SettingsSchema.Render()),
            new InitFile(SettingsReader.File, SettingsFile()),
        ];

    /// <summary>Settings as KEY=VALUE that stand for those of the files while these are not in their place: relative
    /// paths start from the folder, secrets lie where they are staged. What the environment sets is stronger.</summary>
    public IReadOnlyCollection<string> From(string folder, string staged) =>
        [
            .. Paths().Where(p => !IsInEnvironment(p.Key)).Select(p => $"{p.Key}={PlacedFile(folder, p.Value)}"),
            .. Secrets.Keys.Select(key => $"{key}File={Path.Combine(staged, SecretFile(key))}"),
        ];

    private IEnumerable<(string Key, string Value)> Paths()
    {
        const string Warehouse = "Warehouse:ConnectionString";
        yield return ("Lake:Location", Value("Lake:Location"));
        if (!Secrets.ContainsKey(Warehouse) && Value(Warehouse + "File") == "")
            yield return (Warehouse, Value(Warehouse));
        if (!IsInAzure || Settings.ContainsKey("Runs:WorkFolder"))
            yield return ("Runs:WorkFolder", Value("Runs:WorkFolder"));
        foreach (var key in Settings.Keys.Where(k => k.EndsWith("File", StringComparison.Ordinal)))
            yield return (key, Value(key));
        if (Settings.TryGetValue("Calendar:Holidays", out var holidays))
            yield return ("Calendar:Holidays", holidays);
    }

    private bool IsInAzure =>
        (InEnvironment("Lake:Location") ?? Value("Lake:Location")).Contains("://", StringComparison.Ordinal);

    private static string Placed(string folder, string place) =>
        place.Contains("://", StringComparison.Ordinal) ? place : Path.Combine(folder, HomeFolder.Expanded(place));

    /// <summary>A path, or the file in a connection string of DuckDB.</summary>
    private static string PlacedFile(string folder, string value)
    {
        const string File = "Data Source=";
        if (!value.StartsWith(File, StringComparison.OrdinalIgnoreCase))
            return value.Contains("Server=", StringComparison.OrdinalIgnoreCase) ? value : Placed(folder, value);
        var parts = value[File.Length..].Split(';', 2);
        return File + string.Join(';', [Placed(folder, parts[0].Trim()), .. parts[1..]]);
    }

    private static bool IsInEnvironment(string key) => InEnvironment(key) is { Length: > 0 };

    private static string? InEnvironment(string key) =>
        Environment.GetEnvironmentVariable(key.Replace(":", "__", StringComparison.Ordinal));

    private static string SecretFile(string key) =>
        $"{SecretsFolder}/{key switch
        {
            "VPlan:ApiKey" => "vplan-api-key",
            "VPlan:OAuth:ClientSecret" => "vplan-oauth-client-secret",
            "VPlan:OAuth:TokenKey" => "vplan-oauth-token-key",
            _ => "warehouse-connection-string",
        }}";

    private string SettingsFile()
    {
        var root = new JsonObject { ["$schema"] = $"./{SettingsSchema.File}" };
        var files = Secrets.Keys.Select(key => KeyValuePair.Create($"{key}File", $"./{SecretFile(key)}"));
        foreach (var (key, value) in Settings.Concat(files))
            Add(root, key.Split(':'), Number(key, value));
        return root.ToJsonString(SettingsSchema.Indented) + "\n";
    }

    private static void Add(JsonObject section, string[] path, JsonNode value)
    {
        foreach (var name in path[..^1])
            section = (section[name] ??= new JsonObject()).AsObject();
        section[path[^1]] = value;
    }

    private static JsonNode Number(string key, string value) =>
        Setting.Find(key) is { Range: not null }
        && int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number
            : value;
}
