using VPlanExport.Extract.Http;
using VPlanExport.Extract.Paging;
using VPlanExport.Model;
using VPlanExport.Package;

namespace VPlanExport.Extract;

/// <summary>
/// Asks vPlan by id which rows it still has. Rows it has are landed as further pages. An id counts as gone only when an
/// answer that was shown to have understood the filter leaves it out: each question also holds ids that the walk has
/// just read, first and last, and one of each must come back.
/// </summary>
internal sealed class IdLookup(
    Entity entity,
    ListRequest about,
    RawPages landing,
    int pageSize,
    IReadOnlyList<string> witnesses,
    CancellationToken cancellationToken
)
{
    /// <summary>Ids that were just read and are asked for with the others.</summary>
    public const int MostWitnesses = 4;

    /// <summary>A condition on an id, as sent, with what joins it to the next one.</summary>
    private const int ConditionLength = 60;

    private readonly List<string> _first = [.. witnesses.Take((witnesses.Count + 1) / 2)];
    private readonly List<string> _last = [.. witnesses.Skip((witnesses.Count + 1) / 2)];

    private readonly HashSet<string> _read = new(witnesses, Ids.Comparer);

    /// <summary>Last places of ids that were read before.</summary>
    public Dictionary<long, RowPosition> Repeats { get; } = [];

    /// <summary>Ids of records that were too large for vPlan with their relations, and were read without
    /// them.</summary>
    public List<string> Bare { get; } = [];

    /// <summary>How many of the ids vPlan still has.</summary>
    public int Found => _read.Count - witnesses.Count;

    /// <summary>The ids vPlan has no longer, in its lists or in its archive. Those that no filter can hold stay: nobody
    /// can ask for them.</summary>
    public async Task<IReadOnlyList<string>> GoneAsync(IReadOnlyCollection<string> ids)
    {
        var missing = await MissingAsync([.. ids.Where(Filters.CanHold)], archived: false);
        if (missing.Count == 0 || entity.Endpoint.Archived == ArchivedRows.None)
            return missing;
        try
        {
            return await MissingAsync(missing, archived: true);
        }
        catch (RejectedRequestException) when (entity.Endpoint.Archived == ArchivedRows.Tried)
        {
            return missing;
        }
    }

    private async Task<List<string>> MissingAsync(IReadOnlyCollection<string> ids, bool archived)
    {
        var missing = new List<string>();
        var group = new List<string>();
        foreach (var id in ids)
        {
            if (group.Count > 0 && !Fits(group, id))
            {
                missing.AddRange(await AskAsync(group, archived));
                group.Clear();
            }
            group.Add(id);
        }
        if (group.Count > 0)
            missing.AddRange(await AskAsync(group, archived));
        return missing;
    }

    private async Task<List<string>> AskAsync(List<string> group, bool archived)
    {
        List<string> asked = [.. _first, .. group, .. _last];
        try
        {
            var page = await landing.AskAsync(
                about with
                {
                    Seek = Filters.AnyId(asked),
                    Limit = asked.Count,
                    Archived = archived,
                },
                cancellationToken
            );
            var found = page.Rows.Select(row => row.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
            NoteRepeats(page);
            var isUnderstood = archived || (Heard(_first, found) && Heard(_last, found));
            if (page.Count != page.Rows.Count || !isUnderstood || !found.IsSubsetOf(asked))
                throw Misunderstood(asked.Count);
            return group.FindAll(id => !found.Contains(id));
        }
        catch (PageTooLargeException) when (group.Count > 1)
        {
            var half = group.Count / 2;
            return [.. await AskAsync(group[..half], archived), .. await AskAsync(group[half..], archived)];
        }
        catch (PageTooLargeException)
        {
            await AskBareAsync(group[0], archived);
            return [];
        }
    }

    /// <summary>Alone and without relations; without witnesses, too, so that a record that does not come is not taken
    /// for gone.</summary>
    private async Task AskBareAsync(string id, bool archived)
    {
        var page = await landing.AskAsync(
            about with
            {
                Seek = Filters.Is("id", "eq", id),
                Limit = 1,
                With = [],
                Archived = archived,
            },
            cancellationToken
        );
        if (page.Rows.Any(row => !string.Equals(row.Id, id, StringComparison.OrdinalIgnoreCase)))
            throw Misunderstood(1);
        NoteRepeats(page);
        Bare.Add(id);
    }

    private void NoteRepeats(PageScan page)
    {
        for (var row = 0; row < page.Rows.Count; row++)
        {
            var id = page.Rows[row].Id;
            if (!_read.Add(id))
                Repeats[SurrogateKey.Of(SeenIds.KeyEntity(entity), id)] = new RowPosition(landing.Number, row);
        }
    }

    /// <summary>So many ids fit into a question, whatever the number of witnesses.</summary>
    public static int IdsAQuestion(int pageSize) =>
        Math.Max(1, Math.Min(Filters.MaxLength / ConditionLength, pageSize) - MostWitnesses);

    private static bool Heard(List<string> side, HashSet<string> found) =>
        side.Count == 0 || side.Exists(found.Contains);

    private bool Fits(List<string> group, string id) =>
        group.Count + witnesses.Count < pageSize && Filters.Fits([.. witnesses, .. group, id]);

    private ContractException Misunderstood(int asked) =>
        new(
            $"{entity.Endpoint.Path}: vPlan's answer about {asked} ids does not fit the question, so no row is "
                + "taken for deleted. Run again; if it stays, report it."
        );
}
