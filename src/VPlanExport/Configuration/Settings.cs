using VPlanExport.Entities;
using VPlanExport.Extract;
using VPlanExport.Extract.Http;
using VPlanExport.Storage;
using VPlanExport.Warehouse;
using VPlanExport.Warehouse.DuckDb;
using VPlanExport.Warehouse.SqlServer;

namespace VPlanExport.Configuration;

/// <summary>Every setting, read and checked.</summary>
/// <param name="VPlan">How vPlan is asked; what it signs in with is never printed.</param>
internal sealed record Settings(
    VPlanSettings VPlan,
    TimeZoneInfo TimeZone,
    TimeSpan Overlap,
    LakeSettings Lake,
    WarehouseSettings Warehouse,
    RunSettings Runs,
    CalendarSettings Calendar
)
{
    /// <summary>What becomes of names, e-mail addresses and notes.</summary>
    public PersonalDataPolicy PersonalData { get; init; } = PersonalDataPolicy.Kept;

    /// <summary>The published model that is refreshed after a committed run.</summary>
    public PowerBiSettings PowerBi { get; init; } = PowerBiSettings.None;

    /// <summary>Place that the report of a night is put into; null for none.</summary>
    public StoreLocation? Report { get; init; }

    /// <summary>Warnings of names that are no settings, and probably were to be.</summary>
    public IReadOnlyList<string> Misspelt { get; init; } = [];

    /// <summary>Is given the secrets that come up later, such as tokens, so that nobody is shown them.</summary>
    public Secrets Secrets { get; init; } = new([]);
}

/// <param name="Workspace">Its id; empty where no model is refreshed.</param>
/// <param name="Dataset">Id of the model.</param>
/// <param name="IsDutch">The model was written with Dutch names.</param>
/// <param name="IsIncremental">The model was written with incremental refresh.</param>
/// <param name="Limit">How long a refresh is followed.</param>
internal sealed record PowerBiSettings(
    string Url,
    string Workspace,
    string Dataset,
    bool IsDutch,
    bool IsIncremental,
    TimeSpan Limit
)
{
    public static readonly PowerBiSettings None = new("", "", "", false, false, TimeSpan.Zero);

    public bool IsConfigured => Dataset != "";

    public Uri Address => new($"{Url.TrimEnd('/')}/groups/{Workspace}/datasets/{Dataset}");
}

/// <param name="Location">Place of the Delta tables.</param>
internal sealed record LakeSettings(StoreLocation Location, TimeSpan Retention);

/// <param name="Kind">duckdb or sqlserver.</param>
/// <param name="ConnectionString">May hold a secret; it is never printed.</param>
/// <param name="IsEntra">Signs in to SQL Server as the machine's identity.</param>
/// <param name="Deploys">Makes what is missing in SQL Server; otherwise only checks.</param>
internal record WarehouseSettings(string Kind, string ConnectionString, bool IsEntra = false, bool Deploys = true)
{
    public const string DuckDb = "duckdb";
    public const string SqlServer = "sqlserver";

    /// <summary>The engines by name. Another one is a folder beside theirs and a line here.</summary>
    private static readonly OrderedDictionary<string, Func<WarehouseSettings, TimeProvider, IWarehouse>> Engines = new()
    {
        [DuckDb] = (settings, clock) => new DuckDbWarehouse(settings.ConnectionString, clock),
        [SqlServer] = (settings, clock) =>
            new SqlServerWarehouse(settings.ConnectionString, settings.IsEntra, settings.Deploys, clock),
    };

    public static IReadOnlyList<string> Kinds => Engines.Keys;

    public virtual IWarehouse Open(TimeProvider clock) => Engines[Kind](this, clock);

    public sealed override string ToString() => Kind;
}

/// <param name="MaxRejectShare">0 to 1.</param>
/// <param name="MaxDeleteShare">0 to 1.</param>
/// <param name="SweepDays">Days between two sweeps of an entity's ids.</param>
internal sealed record RunSettings(
    StoreLocation WorkFolder,
    TimeSpan Keep,
    double MaxRejectShare,
    int MinRejects,
    double MaxDeleteShare,
    int MinDeletes,
    int SweepDays
)
{
    /// <summary>So many deleted rows of an entity are allowed this once, whatever the other limits say.</summary>
    public int AllowedDeletes { get; init; }
}
