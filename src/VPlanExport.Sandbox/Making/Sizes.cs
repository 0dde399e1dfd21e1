namespace VPlanExport.Sandbox;

/// <summary>Numbers of records per size; `Archived` resources come on top of `Resources`.</summary>
internal sealed record Sizes(
    int Resources,
    int Cards,
    int TimeEntries,
    int Boards,
    int Archived,
    int Relations,
    int Items,
    int Projects,
    int Imported,
    int Touched,
    int ScheduleDays
)
{
    public static Sizes Of(SandboxSize size) =>
        size switch
        {
            SandboxSize.Tiny => new(4, 120, 500, 2, 1, 8, 12, 3, 60, 40, 60),
            SandboxSize.Small => new(10, 5_000, 20_000, 3, 2, 60, 120, 20, 1_600, 1_550, 800),
            SandboxSize.Medium => new(50, 50_000, 250_000, 6, 6, 400, 900, 120, 5_000, 4_000, 800),
            SandboxSize.Large => new(200, 300_000, 1_500_000, 12, 20, 1_500, 4_000, 600, 20_000, 12_000, 800),
        };
}
