namespace VPlanExport.Sandbox;

/// <summary>How much data is laid out: resources / cards / time entries.</summary>
public enum SandboxSize
{
    /// <summary>For tests: 4 / 120 / 500.</summary>
    Tiny,

    /// <summary>10 / 5,000 / 20,000.</summary>
    Small,

    /// <summary>50 / 50,000 / 250,000.</summary>
    Medium,

    /// <summary>200 / 300,000 / 1,500,000.</summary>
    Large,
}

/// <summary>What `archived=true` answers; the vendor does not say (gaps P12).</summary>
public enum ArchivedMode
{
    /// <summary>Archived records as well as the others.</summary>
    InAddition,

    /// <summary>Archived records only.</summary>
    Only,
}

/// <summary>How `count` is written: PHP and what stands before it write whole numbers in several ways.</summary>
public enum CountForm
{
    /// <summary>60</summary>
    Number,

    /// <summary>"60"</summary>
    Text,

    /// <summary>60.0, as PHP writes a float with JSON_PRESERVE_ZERO_FRACTION.</summary>
    Fraction,

    /// <summary>6e1</summary>
    Exponent,
}

/// <summary>Every switch of the sandbox. The defaults are the best reading of the fact sheet; the switches are its
/// gaps.</summary>
public sealed record SandboxOptions
{
    /// <summary>TCP port on the loopback address; 0 takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>How much data is laid out.</summary>
    public SandboxSize Size { get; init; } = SandboxSize.Small;

    /// <summary>The same seed, size and day give the same bytes.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The day the data is laid around; the default is the clock's day in UTC.</summary>
    public DateOnly? Today { get; init; }

    /// <summary>Source of the `Date` header and of `created_at` and `updated_at` of edits.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Whether some texts are hard on parsers and spreadsheets: quotes, new lines, formulas, other
    /// scripts.</summary>
    public bool HasOddTexts { get; init; } = true;

    /// <summary>The key `X-Api-Key` must hold (A:`authentication-377764f0`).</summary>
    public string ApiKey { get; init; } = "sandbox-key";

    /// <summary>Keys that are accepted besides, as while one is replaced.</summary>
    public IReadOnlySet<string> OtherApiKeys { get; init; } = new HashSet<string>();

    /// <summary>The environment `X-Api-Env` must hold (A:`authentication-377764f0`).</summary>
    public string ApiEnv { get; init; } = "sandbox";

    /// <summary>What `/me` calls the environment.</summary>
    public string EnvironmentName { get; init; } = "Metaalwerken De Vries B.V.";

    /// <summary>The app that may ask with `Authorization: Bearer` instead of a key.</summary>
    public SandboxOAuth OAuth { get; init; } = new();

    /// <summary>Real time added to every answer.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Requests per window before 429 (S:`4403771042706`: 10,000 a day).</summary>
    public int RateLimit { get; init; } = 10_000;

    /// <summary>Length of the window on the clock; its length is not documented (gaps P1).</summary>
    public TimeSpan RateWindow { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Whether a 429 also carries `Retry-After`, which is not documented (gaps P3).</summary>
    public bool SendRetryAfter { get; init; }

    /// <summary>Whether `RateLimit-Reset` is an epoch second instead of a number of seconds (gaps P2).</summary>
    public bool RateLimitResetAsEpoch { get; init; }

    /// <summary>Rows x (1 + eager relations) above this answer 10005 (A:`memory-exhausted-344714m0`).</summary>
    public int HeavyPageUnits { get; init; } = 20_000;

    /// <summary>Relations so large, as `id.relation`, that no page with that record and relation is answered but by
    /// 10005.</summary>
    public IReadOnlySet<string> HeavyRelations { get; init; } = new HashSet<string>();

    /// <summary>What `archived=true` answers (gaps P12).</summary>
    public ArchivedMode ArchivedMode { get; init; } = ArchivedMode.InAddition;

    /// <summary>Whether `/board` and `/activity` take `archived` too; if not they answer 400 (gaps P13).</summary>
    public bool ArchivedOnBoardAndActivity { get; init; } = true;

    /// <summary>Whether planned times sit in a `pivot` object instead of flat on the activity (gaps E3).</summary>
    public bool PlannedTimesInPivot { get; init; }

    /// <summary>Whether the flat list `/card` exists; if not it answers 404 (gaps E26).</summary>
    public bool FlatCards { get; init; } = true;

    /// <summary>Whether a change of a card's links or an order's rows moves the parent's `updated_at` (gaps
    /// P15).</summary>
    public bool ChildChangesMoveParent { get; init; } = true;

    /// <summary>Relations that answer 400 as unknown ones do, as `entity.relation`, for example `order.order_rows`
    /// (gaps E27).</summary>
    public IReadOnlySet<string> RejectedRelations { get; init; } = new HashSet<string>();

    /// <summary>Whether a byte order mark stands before each body, as a PHP file that is saved with one puts it
    /// there.</summary>
    public bool ByteOrderMark { get; set; }

    /// <summary>How lists say how many rows match.</summary>
    public CountForm CountForm { get; set; }

    /// <summary>Whether `data` is an object with numbers for names: what PHP makes of a list from which it has filtered
    /// an element.</summary>
    public bool NumberedData { get; set; }

    /// <summary>How far the `Date` header of an answer is from the clock; null leaves it empty. The request says which
    /// answer.</summary>
    public Func<RequestInfo, TimeSpan?> DateSkew { get; set; } = _ => TimeSpan.Zero;

    /// <summary>Faults that answer instead of the real reply.</summary>
    public FaultSchedule Faults { get; init; } = FaultSchedule.None;

    /// <summary>Edits made before each request, as planners do while pages are read.</summary>
    public EditSchedule Edits { get; init; } = EditSchedule.None;
}
