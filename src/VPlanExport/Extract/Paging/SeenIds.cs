using System.Text;
using VPlanExport.Model;
using VPlanExport.Package;

namespace VPlanExport.Extract.Paging;

/// <summary>
/// Which ids an entity's pages have brought so far, as vPlan spells them: so it counts them. A walk answers one
/// question about the entity; a pass is one attempt at a walk. The sets of the first walk and of its first pass are one
/// and the same, so that a large entity is remembered once.
/// </summary>
internal sealed class SeenIds(string keyEntity)
{
    private readonly HashSet<long> _all = [];
    private readonly Dictionary<long, RowPosition> _repeats = [];

    /// <summary>Keys of ids that are spelled otherwise than their key is made.</summary>
    private readonly HashSet<long> _respelled = [];
    private readonly List<string> _twins = [];
    private HashSet<long>? _walk;
    private HashSet<long>? _pass;
    private long _walksExpected;
    private long _walksSeen;

    public long Rows { get; private set; }

    /// <summary>Answers so far, refusals included: also the number of the latest page.</summary>
    public int Questions { get; private set; }

    /// <summary>Distinct ids of this walk.</summary>
    public long SeenInWalk => _walk!.Count;

    public IReadOnlyDictionary<long, RowPosition> Repeats => _repeats;

    /// <summary>Ids that stand for the same row as another one that differs only by case.</summary>
    public IReadOnlyList<string> Twins => _twins;

    /// <summary>The word an entity's rows are keyed with.</summary>
    public static string KeyEntity(Entity entity) => entity.Main.KeyEntity ?? entity.Name;

    /// <summary>True when any page brought the id.</summary>
    public bool HasSeen(string id) =>
        SurrogateKey.Of(keyEntity, id) is var key && (_all.Contains(key) || _respelled.Contains(key));

    public void StartWalk()
    {
        _walk = _walk is null ? _all : [];
        _pass = null;
    }

    public void StartPass() => _pass = _pass is null ? _walk : [];

    public void Refused() => Questions++;

    /// <summary>Adds an answer; says how many of its ids are new to this pass.</summary>
    public int Add(PageScan page)
    {
        Questions++;
        var fresh = 0;
        for (var row = 0; row < page.Rows.Count; row++)
        {
            var id = page.Rows[row].Id;
            var key = SurrogateKey.Of(keyEntity, id);
            var spelled = Ids.Canonical(id) == id ? key : SurrogateKey.Of(Encoding.UTF8.GetBytes($"{keyEntity}|{id}"));
            var isFresh = _pass!.Add(spelled);
            var isNewToWalk = ReferenceEquals(_pass, _walk) ? isFresh : _walk!.Add(spelled);
            var isNew = ReferenceEquals(_walk, _all) ? isNewToWalk : _all.Add(spelled);
            if (!isNew || IsTwin(id, key, spelled))
                _repeats[key] = new RowPosition(Questions, row);
            if (isFresh)
                fresh++;
        }
        Rows += page.Rows.Count;
        return fresh;
    }

    /// <summary>True when the id, which comes for the first time, is another spelling of one that came
    /// before.</summary>
    private bool IsTwin(string id, long key, long spelled)
    {
        var isTwin =
            spelled == key
                ? _respelled.Count > 0 && _respelled.Contains(key)
                : !_respelled.Add(key) || _all.Contains(key);
        if (isTwin)
            _twins.Add(id);
        return isTwin;
    }

    public void EndWalk(long expected)
    {
        _walksExpected += expected;
        _walksSeen += SeenInWalk;
    }

    /// <summary>Over all walks: an id that two walks brought counts once, on both sides.</summary>
    public Certificate Certify()
    {
        var inTwo = _walksSeen - _all.Count;
        var expected = _walksExpected - inTwo;
        return new Certificate(expected, _all.Count, Rows - _all.Count, _all.Count - expected, Questions);
    }
}
