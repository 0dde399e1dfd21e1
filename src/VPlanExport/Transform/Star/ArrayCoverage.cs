using VPlanExport.Model;
using VPlanExport.Transform.Parsing;

namespace VPlanExport.Transform.Star;

/// <summary>Of which records a run has read the elements.</summary>
internal sealed class ArrayCoverage(IReadOnlyList<PageReader> readers)
{
    private readonly Dictionary<Table, (bool Any, HashSet<long> Absent, HashSet<long> Apart)> _seen = [];

    /// <summary>Records came with the table's array. One without it says nothing about its elements, which stay as they
    /// are.</summary>
    public bool Any(Table nested) => readers.Any(r => r.Seen(nested).Arrays > 0) || readers.All(r => r.Records == 0);

    /// <param name="isAccepted">The record itself was read and accepted: its elements came with it unless it was silent
    /// about them.</param>
    public bool Of(Table nested, long record, bool isAccepted)
    {
        if (!_seen.TryGetValue(nested, out var seen))
            _seen[nested] = seen = (
                Any(nested),
                [.. readers.SelectMany(r => r.Seen(nested).AbsentIn)],
                [.. readers.SelectMany(r => r.Seen(nested).Apart)]
            );
        return seen.Apart.Contains(record) || (isAccepted && seen.Any && !seen.Absent.Contains(record));
    }
}
