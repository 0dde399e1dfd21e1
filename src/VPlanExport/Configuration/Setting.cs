namespace VPlanExport.Configuration;

/// <summary>One setting: its key, default and meaning. The table in Configuration/README.md is checked against this
/// list.</summary>
internal sealed record Setting(string Key, string Default, string Meaning)
{
    public static readonly IReadOnlyList<Setting> All =
    [
        new("VPlan:BaseUrl", "https://api.vplan.com/v1", "Base URL of the API; plain http only to this machine."),
        new("VPlan:ApiKey", "", "API key: only from the environment (`VPlan__ApiKey`)."),
        new("VPlan:ApiKeyFile", "", "A file that holds the API key, instead of VPlan:ApiKey."),
        new(
            "VPlan:ApiKeyNext",
            "",
            "A key to go on with when vPlan refuses VPlan:ApiKey: only from the environment (`VPlan__ApiKeyNext`)."
        ),
        new("VPlan:ApiKeyNextFile", "", "A file that holds that key, instead of VPlan:ApiKeyNext."),
        new(
            "VPlan:KeyAgeDays",
            "180",
            "check and status warn of an API key that was first used longer ago than this many days, 1 to 3650."
        )
        {
            Range = (1, 3650),
        },
        new("VPlan:ApiEnv", "", "The vPlan environment's identifier; with oauth it may be empty."),
        new(
            "VPlan:Auth",
            "key",
            "key: signs in with VPlan:ApiKey; oauth: with the tokens that `vplan-export connect` has got."
        )
        {
            Allowed = ["key", "oauth"],
        },
        new("VPlan:OAuth:ClientId", "", "oauth: the app's client id, from https://developer.vplan.com."),
        new(
            "VPlan:OAuth:ClientSecret",
            "",
            "oauth: the app's client secret: only from the environment (`VPlan__OAuth__ClientSecret`)."
        ),
        new("VPlan:OAuth:ClientSecretFile", "", "A file that holds that secret, instead of VPlan:OAuth:ClientSecret."),
        new(
            "VPlan:OAuth:RedirectUri",
            "",
            "oauth: the app's redirect address, as it is registered: any public https address of yours."
        ),
        new(
            "VPlan:OAuth:AuthorizeUrl",
            "https://developer.mostwanted.io/api/v1/oauth/authorize",
            "oauth: where a person consents; plain http only on this machine."
        ),
        new(
            "VPlan:OAuth:TokenUrl",
            "https://api.vplan.com/v1/oauth/token",
            "oauth: where tokens come from; plain http only on this machine."
        ),
        new(
            "VPlan:OAuth:TokenKey",
            "",
            "oauth: base64 of 32 random bytes (`openssl rand -base64 32`), which encrypts the tokens that are "
                + "kept: only from the environment (`VPlan__OAuth__TokenKey`)."
        ),
        new("VPlan:OAuth:TokenKeyFile", "", "A file that holds that key, instead of VPlan:OAuth:TokenKey."),
        new("VPlan:OAuth:Pkce", "off", "oauth: on: sends a proof key (PKCE, S256), which vPlan does not document; off.")
        {
            Allowed = ["off", "on"],
        },
        new(
            "VPlan:OAuth:Vault",
            "",
            "oauth: https://NAME.vault.azure.net: keeps the tokens in that Key Vault, encrypted all the same, "
                + "instead of in `auth` below Runs:WorkFolder."
        ),
        new(
            "VPlan:OAuth:SpareFile",
            "",
            "oauth: a file in which new tokens are saved, encrypted, while their own place cannot be written; "
                + "when empty, one in this machine's temporary folder."
        ),
        new(
            "VPlan:RequestsPerDay",
            "8000",
            "Requests this tool may send in one UTC day, at least 1; vPlan allows about 10,000."
        )
        {
            Range = (1, 1_000_000),
        },
        new("VPlan:Concurrency", "4", "Requests in flight at once, 1 to 16.") { Range = (1, 16) },
        new("VPlan:PageSize", "1000", "Rows asked for in one request, 1 to 1000.") { Range = (1, 1000) },
        new(
            "VPlan:TimeZone",
            "Europe/Amsterdam",
            "The environment's time zone: it decides business dates. Another one reads everything again."
        ),
        new(
            "VPlan:OverlapMinutes",
            "15",
            "An incremental read starts this long before the last run's start, 5 to 1440."
        )
        {
            Range = (5, 1440),
        },
        new("VPlan:MaxBodyMegabytes", "256", "An answer larger than this many megabytes is refused, 1 to 4096.")
        {
            Range = (1, 4096),
        },
        new(
            "Calendar:Holidays",
            "",
            "CSV of holidays: columns date (yyyy-MM-dd) and name; when empty, the Dutch public holidays from "
                + "2010 to 2035."
        ),
        new(
            "Calendar:FiscalYearStart",
            "1",
            "Month in which a fiscal year starts, 1 to 12; it is named after the calendar year in which it ends."
        )
        {
            Range = (1, 12),
        },
        new(
            "Calendar:Language",
            "en",
            "Language of the names of months, weekdays and the shipped holidays in dim_date: en or nl."
        )
        {
            Allowed = ["en", "nl"],
        },
        new(
            "Lake:Location",
            "./vplan-data/lake",
            "Place of the Delta tables: a folder, or https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX, "
                + "signing in as the machine's identity."
        ),
        new(
            "Lake:ConnectionString",
            "",
            "Connection string of the storage account, to sign in with a key or a signature (sp=rwdl, srt=co): "
                + "only from the environment (`Lake__ConnectionString`)."
        ),
        new(
            "Lake:ConnectionStringFile",
            "",
            "A file that holds that connection string, instead of Lake:ConnectionString."
        ),
        new("Lake:RetentionDays", "7", "Replaced files stay readable this many days, 0 to 30.") { Range = (0, 30) },
        new("Warehouse:Kind", "duckdb", "duckdb: the embedded warehouse; sqlserver: SQL Server or Azure SQL Database.")
        {
            Allowed = WarehouseSettings.Kinds,
        },
        new(
            "Warehouse:ConnectionString",
            "Data Source=./vplan-data/warehouse.duckdb",
            "Where the warehouse is. duckdb: its file, and DuckDB settings after it. sqlserver: "
                + "'Server=…;Database=…', encrypted unless it says otherwise; with a password in it only from the "
                + "environment (`Warehouse__ConnectionString`)."
        ),
        new(
            "Warehouse:ConnectionStringFile",
            "",
            "A file that holds that connection string, instead of Warehouse:ConnectionString."
        ),
        new(
            "Warehouse:Authentication",
            "connectionString",
            "sqlserver: connectionString: as it says; entra: as the machine's identity in Microsoft Entra."
        )
        {
            Allowed = ["connectionString", "entra"],
        },
        new(
            "Warehouse:Deploy",
            "true",
            "sqlserver: true: missing schemas, tables, columns and views are made; false: they are only checked."
        )
        {
            Allowed = ["true", "false"],
        },
        new(
            "Privacy:PersonalData",
            "keep",
            "Names, e-mail addresses and notes: keep, pseudonymise (the same value always gives the same "
                + "pseudonym) or omit."
        )
        {
            Allowed = ["keep", "pseudonymise", "omit"],
        },
        new(
            "Privacy:Key",
            "",
            "Secret for pseudonyms, at least 16 characters: only from the environment (`Privacy__Key`)."
        ),
        new("Privacy:KeyFile", "", "A file that holds that secret, instead of Privacy:Key."),
        new(
            "PowerBi:Workspace",
            "",
            "Id of the Power BI workspace whose model is refreshed after a committed run, signing in as the machine's "
                + "identity; empty: none is."
        ),
        new("PowerBi:Dataset", "", "Id of the model in it: run refreshes the tables that it changed."),
        new("PowerBi:Language", "en", "Names of that model: en or nl, as `powerbi --language` was given.")
        {
            Allowed = ["en", "nl"],
        },
        new(
            "PowerBi:Incremental",
            "false",
            "true where that model was written with `powerbi --incremental`: its two large facts are then refreshed by "
                + "month."
        )
        {
            Allowed = ["true", "false"],
        },
        new("PowerBi:RefreshMinutes", "60", "A refresh is followed for this many minutes, 1 to 1440.")
        {
            Range = (1, 1440),
        },
        new("PowerBi:Url", "https://api.powerbi.com/v1.0/myorg", "Base URL of Power BI's REST API."),
        new(
            "Runs:WorkFolder",
            "./vplan-data/work",
            "Place of the runs (raw pages, row files, manifests, lock, request count): a folder or an https URL; "
                + "with a lake in Azure, unless it is set, `_work` below Lake:Location."
        ),
        new(
            "Runs:KeepDays",
            "30",
            "Pages and rows of runs older than this many days are removed after a commit, once both sinks hold "
                + "them; the runs, too, once a later one has read everything. 1 to 3650."
        )
        {
            Range = (1, 3650),
        },
        new("Runs:MaxRejectPercent", "1", "More rejected rows of an entity than this stop the run.")
        {
            Range = (0, 100),
        },
        new("Runs:MinRejects", "10", "Up to this many rejected rows of an entity never stop the run.")
        {
            Range = (0, int.MaxValue),
        },
        new(
            "Runs:MaxDeletePercent",
            "10",
            "A run that would delete more of an entity than this, and more than Runs:MinDeletes rows, is refused (8)."
        )
        {
            Range = (0, 100),
        },
        new(
            "Runs:MinDeletes",
            "1000",
            "Up to this many deleted rows of an entity are not refused, unless they are more than half of 20 "
                + "rows or more: that takes --allow-deletes."
        )
        {
            Range = (0, int.MaxValue),
        },
        new(
            "Runs:SweepDays",
            "7",
            "A nightly looks for deleted rows of an entity when this many days have passed since it last did, 1 "
                + "to 365: it reads the entity whole, or compares its ids with vPlan's where that costs fewer requests "
                + "or the day has too few left."
        )
        {
            Range = (1, 365),
        },
        new(
            "Report:Location",
            "",
            "Place that run and report put the report of the night into, as `report.html` and under its date for "
                + "Runs:KeepDays: a folder, or an https URL in the lake's storage account; empty: none."
        ),
        new(
            "Notify:Url",
            "",
            "Where a message goes when a command that works has ended, such as a webhook of Teams or Slack: only "
                + "from the environment (`Notify__Url`), because the address is all that sending takes."
        ),
        new("Notify:UrlFile", "", "A file that holds that URL, instead of Notify:Url."),
        new("Notify:Format", "json", "How the message is written: json, slack or teams.")
        {
            Allowed = NotifySettings.Formats,
        },
        new(
            "Notify:On",
            "failed, recovered",
            "Which ends are sent: failed, recovered (good after a failure), warning (good, with warnings), "
                + "succeeded (any good end)."
        ),
        new(
            "Notify:Heartbeat",
            "",
            "URL of a dead-man's switch, which raises the alarm when `run` does not start: called with /start "
                + "behind it when `run` begins, as it stands when it ends well, with /fail when it does not."
        ),
    ];

    /// <summary>Its whole value is never shown.</summary>
    public bool IsSecret => KnownSecrets.Settings.Contains(Key);

    /// <summary>The numbers that it takes, both ends included; null when it takes no number.</summary>
    public (int Least, int Most)? Range { get; init; }

    /// <summary>The words that it takes, one of them; empty when it takes any text.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    /// <summary>The setting of that key, without regard to case; null when there is none.</summary>
    public static Setting? Find(string key) =>
        All.FirstOrDefault(s => string.Equals(s.Key, key, StringComparison.OrdinalIgnoreCase));
}
