namespace VPlanExport.Extractors;

/// <summary>Ways of paging, from the best to the most forgiving.</summary>
internal enum Step
{
    Seek,
    SeekWithoutId,
    Offsets,
    OffsetsWithoutId,

    /// <summary>Without the condition on the timestamp either: more rows than were asked for, but none too few.</summary>
    Everything,
}

/// <summary>What an endpoint was found not to understand, remembered over the walks of an entity.</summary>
internal sealed class Concessions(IReadOnlyList<string> hide)
{
    public Step Step { get; set; }

    /// <summary>Properties to leave out.</summary>
    public IReadOnlyList<string> Hide { get; private set; } = hide;

    /// <summary>Gives in to a refusal and says how; null when nothing is left to give in to.</summary>
    /// <param name="refused">The way of paging that was refused.</param>
    /// <param name="said">What vPlan said. A property it does not know cannot be hidden, and need not be.</param>
    public string? Concede(Step refused, string said)
    {
        if (Hide.FirstOrDefault(name => IsNamed(name, said)) is { } unknown)
        {
            Hide = [.. Hide.Where(name => name != unknown)];
            return $"without hiding {unknown}";
        }
        if (refused < Step.Everything)
        {
            Step = refused + 1;
            return $"to page by {Step}";
        }
        if (Hide.Count == 0)
            return null;
        (Hide, Step) = ([], Step.Seek);
        return "without hiding anything";
    }

    private static bool IsNamed(string name, string said) =>
        said.Split(' ', ',', ':', '.', ';', '\'', '"', '`', '(', ')').Contains(name, StringComparer.OrdinalIgnoreCase);
}
