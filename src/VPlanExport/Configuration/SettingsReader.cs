using Microsoft.Extensions.Configuration;
using VPlanExport.Entities;
using VPlanExport.Extract;
using VPlanExport.Extract.Http;
using VPlanExport.Extract.OAuth;
using VPlanExport.Model;
using VPlanExport.Storage;

namespace VPlanExport.Configuration;

/// <summary>
/// Reads settings: <c>appsettings.json</c> in the current folder, then the environment (<c>VPlan__ApiKey</c>), then
/// <c>--set KEY=VALUE</c>. Secrets come only from the environment, or from a file that the setting of the same name
/// with <c>File</c> behind it names.
/// </summary>
internal static class SettingsReader
{
    /// <summary>The name of the settings file.</summary>
    public const string File = "appsettings.json";

    private static readonly TimeSpan UsualKeep = TimeSpan.FromDays(30);

    private static readonly string[] Sections = [.. Setting.All.Select(s => s.Key.Split(':')[0]).Distinct()];

    /// <param name="folder">Where appsettings.json is looked for.</param>
    /// <param name="overrides">KEY=VALUE, as given on the command line; the last one of a key counts.</param>
    /// <exception cref="ConfigurationException">A setting is unknown, missing, malformed, or contradicts
    /// another.</exception>
    public static Settings Read(string folder, IReadOnlyCollection<string> overrides)
    {
        var file = LoadFile(folder);
        var flags = Flags(overrides.Select(Parse));
        var environment = Environment();
        Refuse(KeysOf(file).Where(IsOurs), "appsettings.json");
        Refuse(KeysOf(flags), "--set");
        RefusePassword(file, "appsettings.json");
        RefusePassword(flags, "--set");
        RefuseUnknown(
            KeysOf(environment).Where(key => IsOurs(key) && key.Contains(':', StringComparison.Ordinal)),
            "the environment"
        );
        var all = new ConfigurationBuilder()
            .AddConfiguration(file)
            .AddConfiguration(environment)
            .AddConfiguration(flags)
            .Build();
        RefuseMisplaced(all);
        return Build(new SettingValues(all)) with
        {
            Misspelt = [.. Misspelt(file, File, ":"), .. Misspelt(environment, "the environment", "__")],
        };
    }

    /// <summary>Every setting with its value and where that comes from, right or wrong, in the order of
    /// <see cref="Setting.All"/>.</summary>
    /// <exception cref="ConfigurationException">A source cannot be understood.</exception>
    public static IReadOnlyList<SettingInForce> InForce(string folder, IReadOnlyCollection<string> overrides)
    {
        (string Origin, IConfiguration Values)[] sources =
        [
            ("--set", Flags(overrides.Select(Parse))),
            ("environment", Environment()),
            (File, LoadFile(folder)),
        ];
        var workFolder = ReadWatch(folder, overrides).WorkFolder;
        return
        [
            .. Setting
                .All.Select(setting => SettingInForce.Of(setting, sources))
                .Select(s =>
                    s is { Key: "Runs:WorkFolder", Origin: SettingInForce.Default } && workFolder is StoreLocation.Blob
                        ? s with
                        {
                            Value = $"{workFolder}",
                        }
                        : s
                ),
        ];
    }

    /// <summary>Every secret that <see cref="Read"/> may meet, whether or not the settings can be read.</summary>
    public static IReadOnlyList<string> SecretsIn(string folder, IEnumerable<string> overrides)
    {
        return
        [
            .. KnownSecrets.In(Readable(folder, overrides)),
            .. KnownSecrets.OfProxies(),
            .. KnownSecrets.OfTelemetry(),
        ];
    }

    /// <summary>What a start needs to leave a trace, whether or not the other settings can be read.</summary>
    public static WatchSettings ReadWatch(string folder, IEnumerable<string> overrides)
    {
        var all = new ConfigurationBuilder();
        foreach (var source in Readable(folder, overrides))
            all.AddConfiguration(source);
        var values = new SettingValues(all.Build());
        var lake = Try(() => values.Place("Lake:Location", Secret(values, "Lake:ConnectionString")));
        return new WatchSettings(
            Try(() => WorkFolder(values, lake ?? new StoreLocation.Folder(folder))),
            Try(() => new { Days = KeepDays(values) }) is { } keep ? TimeSpan.FromDays(keep.Days) : UsualKeep,
            new NotifySettings(
                Try(() => UrlOf(values, "Notify:Url")) ?? "",
                Try(() => FormatOf(values)) ?? NotifySettings.Formats[0],
                Try(() => EventsOf(values)) ?? NotifySettings.Events,
                Try(() => UrlOf(values, "Notify:Heartbeat")) ?? ""
            ),
            Try(() => values.Text("VPlan:ApiEnv")) ?? ""
        );
    }

    /// <summary>The sources of settings, the strongest last, without what cannot be understood.</summary>
    private static IReadOnlyList<IConfiguration> Readable(string folder, IEnumerable<string> overrides) =>
        [
            Try(() => LoadFile(folder)) ?? Flags([]),
            Environment(),
            Flags(overrides.Where(pair => pair.IndexOf('=', StringComparison.Ordinal) > 0).Select(Parse)),
        ];

    private static T? Try<T>(Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is ConfigurationException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static IConfigurationRoot Environment() => new ConfigurationBuilder().AddEnvironmentVariables().Build();

    /// <summary>The last one of a key counts.</summary>
    private static IConfigurationRoot Flags(IEnumerable<KeyValuePair<string, string?>> pairs) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(pairs.Reverse().DistinctBy(p => p.Key, StringComparer.OrdinalIgnoreCase))
            .Build();

    private static IConfigurationRoot LoadFile(string folder)
    {
        try
        {
            return new ConfigurationBuilder()
                .SetBasePath(Path.GetFullPath(folder))
                .AddJsonFile(File, optional: true)
                .Build();
        }
        catch (Exception e)
            when (e is InvalidDataException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(
                $"appsettings.json in {Path.GetFullPath(folder)} cannot be read: {e.GetBaseException().Message} "
                    + "Correct the file and run again.",
                e
            );
        }
    }

    private static KeyValuePair<string, string?> Parse(string pair)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        return equals > 0
            ? KeyValuePair.Create<string, string?>(pair[..equals].Trim(), pair[(equals + 1)..])
            : throw new ConfigurationException(
                $"--set takes KEY=VALUE, such as --set VPlan:PageSize=500; it was given '{pair}'."
            );
    }

    private static IEnumerable<string> KeysOf(IConfiguration source) =>
        source.AsEnumerable().Where(p => !string.IsNullOrEmpty(p.Value)).Select(p => p.Key);

    /// <summary>The file and the environment may hold what is meant for other programs.</summary>
    private static bool IsOurs(string key) => Sections.Contains(key.Split(':')[0], StringComparer.OrdinalIgnoreCase);

    /// <summary>A warning for each section that is none of ours, and probably was to be.</summary>
    private static IEnumerable<string> Misspelt(IConfiguration source, string where, string separator) =>
        from key in KeysOf(source)
        where key.Contains(':', StringComparison.Ordinal) && !IsOurs(key)
        let question = NearestName.Question(key.Split(':')[0], Sections)
        where question != ""
        select $"'{key.Replace(":", separator, StringComparison.Ordinal)}' in {where} is no setting and is left out."
            + question;

    private static void Refuse(IEnumerable<string> keys, string where)
    {
        var given = keys.ToList();
        if (
            KnownSecrets.Settings.FirstOrDefault(secret => given.Contains(secret, StringComparer.OrdinalIgnoreCase)) is
            { } named
        )
            throw new ConfigurationException(
                $"{named} is set in {where}. A secret is taken only from the environment variable "
                    + $"{named.Replace(":", "__", StringComparison.Ordinal)} or from the file that {named}File names: "
                    + "move it there."
            );
        RefuseUnknown(given, where);
    }

    /// <summary>A connection string may stand anywhere as long as it holds no password.</summary>
    private static void RefusePassword(IConfiguration source, string where)
    {
        const string Key = "Warehouse:ConnectionString";
        if (KnownSecrets.HoldsOne(source[Key] ?? ""))
            throw new ConfigurationException(
                $"{Key} is set in {where} and holds a password. A secret is taken only from the environment "
                    + $"variable {Key.Replace(":", "__", StringComparison.Ordinal)} or from the file that {Key}File "
                    + "names: move it there."
            );
    }

    /// <summary>A setting that is shown takes no connection string with a secret in it.</summary>
    private static void RefuseMisplaced(IConfiguration all)
    {
        if (
            Setting.All.FirstOrDefault(s =>
                !s.Key.Contains("ConnectionString", StringComparison.Ordinal)
                && !KnownSecrets.Settings.Contains(s.Key)
                && KnownSecrets.HoldsOne(all[s.Key] ?? "")
            ) is
            { } shown
        )
            throw new ConfigurationException(
                $"{shown.Key} holds a password or a key, and is no place for a secret: connection strings belong "
                    + "into the environment variables Lake__ConnectionString and Warehouse__ConnectionString."
            );
    }

    private static void RefuseUnknown(IEnumerable<string> keys, string where)
    {
        if (keys.FirstOrDefault(key => Setting.Find(key) is null) is not { } unknown)
            return;
        var section = unknown.Split(':', '_')[0];
        var near = Setting.All.Where(s => s.Key.StartsWith(section + ":", StringComparison.OrdinalIgnoreCase)).ToList();
        throw new ConfigurationException(
            $"There is no setting '{unknown}', which {where} sets. There are: "
                + $"{string.Join(", ", (near.Count > 0 ? near : Setting.All).Select(s => s.Key))}."
                + NearestName.Question(unknown, Setting.All.Select(s => s.Key))
        );
    }

    private static Settings Build(SettingValues values)
    {
        CheckNotify(values);
        var perDay = values.Integer("VPlan:RequestsPerDay");
        var concurrency = values.Integer("VPlan:Concurrency");
        if (concurrency > perDay)
            throw new ConfigurationException(
                $"VPlan:Concurrency is {concurrency} and VPlan:RequestsPerDay is {perDay}: the first may not be "
                    + "larger than the second."
            );
        var overlap = TimeSpan.FromMinutes(values.Integer("VPlan:OverlapMinutes"));
        var lake = values.Place("Lake:Location", Secret(values, "Lake:ConnectionString"));
        return new Settings(
            new VPlanSettings
            {
                BaseUrl = values.Url("VPlan:BaseUrl"),
                ApiKey = Secret(values, "VPlan:ApiKey"),
                ApiKeyNext = Secret(values, "VPlan:ApiKeyNext"),
                KeyAgeDays = values.Integer("VPlan:KeyAgeDays"),
                ApiEnv = values.Text("VPlan:ApiEnv"),
                UsesOAuth = values.OneOf("VPlan:Auth") == "oauth",
                OAuth = OAuthOf(values),
                Overlap = overlap,
                RequestsPerDay = perDay,
                Concurrency = concurrency,
                PageSize = values.Integer("VPlan:PageSize"),
                MaxBodyBytes = values.Integer("VPlan:MaxBodyMegabytes") * 1024L * 1024L,
            },
            values.Zone("VPlan:TimeZone"),
            overlap,
            new LakeSettings(lake, TimeSpan.FromDays(values.Integer("Lake:RetentionDays"))),
            WarehouseOf(values),
            new RunSettings(
                WorkFolder(values, lake),
                TimeSpan.FromDays(KeepDays(values)),
                values.Integer("Runs:MaxRejectPercent") / 100.0,
                values.Integer("Runs:MinRejects"),
                values.Integer("Runs:MaxDeletePercent") / 100.0,
                values.Integer("Runs:MinDeletes"),
                values.Integer("Runs:SweepDays")
            ),
            CalendarOf(values)
        )
        {
            PersonalData = PersonalDataOf(values),
            PowerBi = PowerBiOf(values),
            Report = ReportOf(values, lake),
        };
    }

    private static void CheckNotify(SettingValues values)
    {
        FormatOf(values);
        EventsOf(values);
        UrlOf(values, "Notify:Url");
        UrlOf(values, "Notify:Heartbeat");
    }

    private static string FormatOf(SettingValues values) => values.OneOf("Notify:Format");

    private static IReadOnlyList<string> EventsOf(SettingValues values) =>
        values.AllOf("Notify:On", NotifySettings.Events);

    /// <summary>A URL that is not shown, because it is all that a caller needs.</summary>
    private static string UrlOf(SettingValues values, string key)
    {
        var url = key == "Notify:Heartbeat" ? values.Text(key) : Secret(values, key);
        return url == "" || (Uri.TryCreate(url, UriKind.Absolute, out var parts) && parts.Scheme is ("http" or "https"))
            ? url
            : throw new ConfigurationException(
                $"{key} is no web address, and it is not shown because it may be a secret; it takes one such as "
                    + "https://example.com/hook."
            );
    }

    private static int KeepDays(SettingValues values) => values.Integer("Runs:KeepDays");

    /// <summary>Beside a lake in Azure, so that a run can be gone on with on another machine.</summary>
    private static StoreLocation WorkFolder(SettingValues values, StoreLocation lake) =>
        lake is StoreLocation.Blob && !values.IsSet("Runs:WorkFolder")
            ? lake.Below("_work")
            : values.Place("Runs:WorkFolder", KeyOf(values, "Runs:WorkFolder", lake));

    /// <summary>What signs in to another place in the lake's storage account; empty for a folder.</summary>
    private static string KeyOf(SettingValues values, string key, StoreLocation lake) =>
        lake is StoreLocation.Blob blob && values.Text(key).Contains("://", StringComparison.Ordinal)
            ? blob.ConnectionString
            : "";

    private static StoreLocation? ReportOf(SettingValues values, StoreLocation lake) =>
        values.IsSet("Report:Location")
            ? values.Place("Report:Location", KeyOf(values, "Report:Location", lake))
            : null;

    private static WarehouseSettings WarehouseOf(SettingValues values)
    {
        var kind = values.OneOf("Warehouse:Kind");
        var isGiven = values.IsSet("Warehouse:ConnectionString") || values.IsSet("Warehouse:ConnectionStringFile");
        if (kind == WarehouseSettings.SqlServer && !isGiven)
            throw new ConfigurationException(
                "Warehouse:Kind is 'sqlserver', and Warehouse:ConnectionString is not set: name server and "
                    + "database, as 'Server=tcp:NAME.database.windows.net,1433;Database=NAME'."
            );
        return new WarehouseSettings(
            kind,
            isGiven ? Secret(values, "Warehouse:ConnectionString") : values.Text("Warehouse:ConnectionString"),
            values.OneOf("Warehouse:Authentication") == "entra",
            values.OneOf("Warehouse:Deploy") == "true"
        );
    }

    private static OAuthSettings OAuthOf(SettingValues values) =>
        new()
        {
            ClientId = values.Text("VPlan:OAuth:ClientId"),
            ClientSecret = Secret(values, "VPlan:OAuth:ClientSecret"),
            RedirectUri = values.Url("VPlan:OAuth:RedirectUri"),
            AuthorizeUrl = values.Url("VPlan:OAuth:AuthorizeUrl"),
            TokenUrl = values.Url("VPlan:OAuth:TokenUrl"),
            TokenKey = TokenKeyOf(Secret(values, "VPlan:OAuth:TokenKey")),
            UsesPkce = values.OneOf("VPlan:OAuth:Pkce") == "on",
            Vault = values.Url("VPlan:OAuth:Vault") is { Length: > 0 } vault ? new Uri(vault) : null,
            SpareFile = values.FilePath("VPlan:OAuth:SpareFile"),
        };

    private static byte[] TokenKeyOf(string text)
    {
        var key = new byte[Seal.KeyBytes];
        if (text == "")
            return [];
        return Convert.TryFromBase64String(text, key, out var length) && length == Seal.KeyBytes
            ? key
            : throw new ConfigurationException(
                $"VPlan:OAuth:TokenKey is not base64 of {Seal.KeyBytes} bytes, so it is no key; it is a secret, "
                    + "and is not shown. Make one with: openssl rand -base64 32"
            );
    }

    private static PowerBiSettings PowerBiOf(SettingValues values)
    {
        var (workspace, dataset) = (Id(values, "PowerBi:Workspace"), Id(values, "PowerBi:Dataset"));
        if ((workspace == "") != (dataset == ""))
            throw new ConfigurationException(
                $"{(workspace == "" ? "PowerBi:Dataset" : "PowerBi:Workspace")} is set and "
                    + $"{(workspace == "" ? "PowerBi:Workspace" : "PowerBi:Dataset")} is not: a model is found "
                    + $"by both. Set both, or neither."
            );
        return new PowerBiSettings(
            values.Url("PowerBi:Url"),
            workspace,
            dataset,
            values.OneOf("PowerBi:Language") == "nl",
            values.OneOf("PowerBi:Incremental") == "true",
            TimeSpan.FromMinutes(values.Integer("PowerBi:RefreshMinutes"))
        );
    }

    private static CalendarSettings CalendarOf(SettingValues values)
    {
        var isDutch = values.OneOf("Calendar:Language") == "nl";
        var shipped = isDutch ? Holidays.DutchInDutch : Holidays.Dutch;
        return new CalendarSettings(
            values.FilePath("Calendar:Holidays") is { Length: > 0 } file ? Holidays.Read(file) : shipped,
            values.Integer("Calendar:FiscalYearStart")
        )
        {
            IsDutch = isDutch,
        };
    }

    private static string Id(SettingValues values, string key) =>
        values.Text(key) is var text && (text == "" || Guid.TryParse(text, out _))
            ? text
            : throw new ConfigurationException(
                $"{key} is '{text}'; it takes the id that the address of the model has in the browser, such as "
                    + $"3f2504e0-4f89-41d3-9a0c-0305e82c3301."
            );

    private static PersonalDataPolicy PersonalDataOf(SettingValues values)
    {
        var mode = Enum.Parse<PersonalDataMode>(values.OneOf("Privacy:PersonalData"), ignoreCase: true);
        var key = Secret(values, "Privacy:Key");
        if (mode == PersonalDataMode.Pseudonymise && key.Length < PersonalDataPolicy.ShortestKey)
            throw new ConfigurationException(
                "Privacy:PersonalData is 'pseudonymise', which needs a secret of at least "
                    + $"{PersonalDataPolicy.ShortestKey} characters; the one that is set has {key.Length}. Put a "
                    + "random one into the environment variable Privacy__Key, or into a file that Privacy:KeyFile "
                    + "names, and keep it: with another one the pseudonyms change."
            );
        return new PersonalDataPolicy(mode, mode == PersonalDataMode.Pseudonymise ? key : "");
    }

    /// <summary>What is shorter could not be kept out of what is shown.</summary>
    private static string LongEnough(string name, string secret) =>
        secret.Length is 0 or >= Secrets.Shortest || !KnownSecrets.Settings.Contains(name)
            ? secret
            : throw new ConfigurationException(
                $"{name} has {secret.Length} characters, and no secret is shorter than {Secrets.Shortest}. Copy "
                    + "it again."
            );

    private static string Secret(SettingValues values, string name)
    {
        var (key, file) = (values.IsSet(name) ? values.Text(name) : "", values.FilePath($"{name}File"));
        if (key != "" && file != "")
            throw new ConfigurationException($"{name} and {name}File are both set: remove one.");
        try
        {
            return LongEnough(name, file == "" ? key : System.IO.File.ReadAllText(file).Trim());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException(
                Path.IsPathRooted(file)
                    ? $"{name}File names '{file}', which cannot be read: {e.Message} Correct the name or the "
                        + "file's rights."
                    : $"{name}File names a file that cannot be read in {Directory.GetCurrentDirectory()}. It may "
                        + $"be the secret itself, so it is not shown: {name}File takes the path of a file that holds "
                        + "it."
            );
        }
    }
}
