namespace VPlanExport.Sandbox;

/// <summary>One job on its way through the makers: what is made, for whom, on which board, from which day, made known
/// when, and its collection's status.</summary>
internal sealed record Job(
    int Number,
    Shopfloor Floor,
    SandboxRecord Item,
    SandboxRecord Customer,
    int Pieces,
    DateOnly Start,
    DateOnly Due,
    DateOnly Known,
    string Text,
    string Status
)
{
    public bool IsPlanned => Status == "planned";

    /// <summary>Nobody waits for it: it has no order and no due date.</summary>
    public bool IsIgnored => Status == "ignored";
}

/// <summary>A board with its stages, statuses and labels at hand.</summary>
internal sealed record Shopfloor(
    SandboxRecord Board,
    IReadOnlyList<SandboxRecord> Stages,
    IReadOnlyList<SandboxRecord> Statuses,
    IReadOnlyList<SandboxRecord> Labels
);
