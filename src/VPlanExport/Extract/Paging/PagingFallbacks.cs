using VPlanExport.Model;

namespace VPlanExport.Extract.Paging;

/// <summary>Ways of paging, from the best to the most forgiving.</summary>
internal enum PagingMode
{
    Seek,
    SeekWithoutId,
    Offsets,
    OffsetsWithoutId,

    /// <summary>Without the condition on the timestamp either: more rows than were asked for, but none too
    /// few.</summary>
    Everything,
}

/// <summary>What an endpoint was found not to understand, remembered over the walks of an entity.</summary>
internal sealed class PagingFallbacks(Endpoint endpoint)
{
    public PagingMode Step { get; set; }

    /// <summary>Relations to load eagerly.</summary>
    public IReadOnlyList<string> With { get; private set; } = [.. endpoint.With.Select(w => w.Name)];

    /// <summary>Properties to leave out.</summary>
    public IReadOnlyList<string> Hide { get; private set; } = endpoint.Hide;

    /// <summary>Gives in to a refusal and says how; null when nothing is left to give in to.</summary>
    /// <param name="refused">The way of paging that was refused.</param>
    /// <param name="said">What vPlan said. A relation it does not know has another name or is left out; a property it
    /// does not know cannot be hidden, and need not be.</param>
    public string? Concede(PagingMode refused, string said)
    {
        if (
            said.Contains("relation", StringComparison.OrdinalIgnoreCase)
            && With.FirstOrDefault(name => IsNamed(name, said)) is { } relation
        )
            return Replace(relation, endpoint.With.FirstOrDefault(w => w.Name == relation)?.Or);
        if (Hide.FirstOrDefault(name => IsNamed(name, said)) is { } unknown)
        {
            Hide = [.. Hide.Where(name => name != unknown)];
            return $"without hiding {unknown}";
        }
        if (refused < PagingMode.Everything)
        {
            Step = refused + 1;
            return $"to page by {Step}";
        }
        if (Hide.Count == 0)
            return null;
        (Hide, Step) = ([], PagingMode.Seek);
        return "without hiding anything";
    }

    private string Replace(string relation, string? other)
    {
        With = [.. With.Select(name => name == relation ? other : name).OfType<string>()];
        return other is null ? $"without the relation {relation}" : $"the relation {other} for {relation}";
    }

    private static bool IsNamed(string name, string said) =>
        said.Split(' ', ',', ':', '.', ';', '\'', '"', '`', '(', ')').Contains(name, StringComparer.OrdinalIgnoreCase);
}
