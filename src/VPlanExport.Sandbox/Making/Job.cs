namespace VPlanExport.Sandbox;

/// <summary>One job on its way through the makers: what is made, for whom, on which board, from which day, made known
/// when.</summary>
internal sealed record Job(
    int Number,
    Shopfloor Floor,
    SandboxRecord Item,
    SandboxRecord Customer,
    int Pieces,
    DateOnly Start,
    DateOnly Due,
    DateOnly Known
)
{
    public string Text { get; } = DutchNames.Job(Number, Item[Items.Description].Text!, Pieces);
}

/// <summary>A board with its stages, statuses and labels at hand.</summary>
internal sealed record Shopfloor(
    SandboxRecord Board,
    IReadOnlyList<SandboxRecord> Stages,
    IReadOnlyList<SandboxRecord> Statuses,
    IReadOnlyList<SandboxRecord> Labels
);
