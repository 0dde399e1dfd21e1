using System.Text.RegularExpressions;
using VPlanExport.Extract.Http;
using VPlanExport.Extract.Paging;
using VPlanExport.Model;

namespace VPlanExport.Tests.Extract;

/// <summary>What an unruly API gets wrong.</summary>
[Flags]
public enum Quirks
{
    None = 0,
    IgnoresSort = 1,
    IgnoresFilter = 2,
    IgnoresDescending = 4,
    RefusesIdInSort = 8,
    RefusesSeekFilter = 16,
    RefusesDescending = 32,

    /// <summary>Ids sort and compare in an order of the server's own.</summary>
    OwnCollation = 64,

    /// <summary>Ids sort in one order and compare in another.</summary>
    TwoCollations = 128,

    /// <summary>Timestamps are kept to the tenth of a second and shown to the second.</summary>
    HidesFractions = 256,
    EmptyTimestampsLast = 512,

    /// <summary>Never sends more than five rows, whatever the limit.</summary>
    CapsTheLimit = 1024,
}

/// <summary>An in-memory vPlan whose rows change between any two questions; each answer is one snapshot.</summary>
internal sealed partial class ChangingVPlan(Random random, Quirks quirks = Quirks.None)
{
    private static readonly DateTime Start = new(2026, 1, 5, 8, 0, 0, DateTimeKind.Utc);
    private DateTime _now = Start;

    public sealed record Row(string Id, DateTime? Created, DateTime? Updated, int Version);

    public Dictionary<string, Row> Rows { get; } = [];

    public List<(int Number, PageScan Page, Dictionary<string, int> Versions)> Answers { get; } = [];

    /// <summary>Changes before each question; none once the questions are more than the bound.</summary>
    public int ChangesBetween { get; init; }

    public int QuestionsWithChanges { get; init; } = 60;

    public bool Backdates { get; init; }

    public bool Deletes { get; init; } = true;

    public HashSet<string> Deleted { get; } = [];

    public int Refusals { get; private set; }

    /// <summary>Rows in bursts of the same second.</summary>
    public void Fill(int rows, int largestBurst, bool someWithoutTimestamps = false)
    {
        while (Rows.Count < rows)
        {
            for (var i = random.Next(1, largestBurst + 1); i > 0 && Rows.Count < rows; i--)
                Insert(_now, someWithoutTimestamps && random.Next(5) == 0);
            Tick(random.Next(1, 4) * 10);
        }
    }

    public Task<PageScan> AskAsync(ListRequest question, CancellationToken cancellationToken)
    {
        if (Answers.Count < QuestionsWithChanges)
        {
            for (var i = random.Next(ChangesBetween + 1); i > 0; i--)
                Change();
        }
        return Task.FromResult(Answer(question));
    }

    private void Change()
    {
        switch (random.Next(10))
        {
            case < 4 when Rows.Count > 0:
                var edited = Any();
                Rows[edited.Id] = edited with
                {
                    Updated = edited.Updated is null ? null : _now,
                    Version = edited.Version + 1,
                };
                break;
            case < 6:
                Insert(_now);
                break;
            case < 7 when Deletes && Rows.Count > 0:
                var gone = Any().Id;
                Rows.Remove(gone);
                Deleted.Add(gone);
                break;
            case < 8 when Backdates:
                Insert(Start.AddSeconds(random.Next(20)));
                break;
            default:
                Tick(random.Next(0, 15));
                break;
        }
    }

    private void Tick(int tenths) =>
        _now = _now.AddSeconds(quirks.HasFlag(Quirks.HidesFractions) ? tenths / 10.0 : Math.Ceiling(tenths / 10.0));

    private Row Any() => Rows.Values.ElementAt(random.Next(Rows.Count));

    private void Insert(DateTime at, bool withoutTimestamps = false)
    {
        var id = random.NextInt64().ToString("x16", null);
        Rows.Add(id, new Row(id, withoutTimestamps ? null : at, withoutTimestamps ? null : at, 0));
    }

    private PageScan Answer(ListRequest question)
    {
        Refuse(question);
        var matching = quirks.HasFlag(Quirks.IgnoresFilter)
            ? Rows.Values
            : Rows.Values.Where(row => Matches(row, question.Seek));
        var sorted = Sorted([.. matching], question.Sort ?? "");
        var limit = quirks.HasFlag(Quirks.CapsTheLimit) ? Math.Min(5, question.Limit) : question.Limit;
        var rows = sorted.Skip(question.Offset).Take(limit).ToList();
        var field =
            question.Sort?.StartsWith("updated_at", StringComparison.Ordinal) == true
            || question.Seek?.StartsWith("updated_at", StringComparison.Ordinal) == true
                ? "updated_at"
                : "created_at";
        var page = new PageScan(
            sorted.Count,
            [.. rows.Select(row => new ScannedRow(row.Id, Shown(Field(row, field))))]
        );
        Answers.Add((Answers.Count + Refusals + 1, page, rows.ToDictionary(row => row.Id, row => row.Version)));
        return page;
    }

    private void Refuse(ListRequest question)
    {
        var refused =
            (quirks.HasFlag(Quirks.RefusesIdInSort) && question.Sort?.Contains("id:", StringComparison.Ordinal) == true)
            || (quirks.HasFlag(Quirks.RefusesSeekFilter) && question.Seek is not null)
            || (
                quirks.HasFlag(Quirks.RefusesDescending)
                && question.Sort?.Contains("desc", StringComparison.Ordinal) == true
            );
        if (!refused)
            return;
        Refusals++;
        throw new RejectedRequestException("not understood");
    }

    private List<Row> Sorted(List<Row> rows, string sort)
    {
        var isDescending = sort.Contains("desc", StringComparison.Ordinal) && !quirks.HasFlag(Quirks.IgnoresDescending);
        if (quirks.HasFlag(Quirks.IgnoresSort))
            return rows;
        rows.Sort(
            (a, b) =>
            {
                foreach (var name in sort.Split(',').Select(part => part.Split(':')[0]))
                {
                    var order =
                        name == "id"
                            ? CompareIds(a.Id, b.Id, sorting: true)
                            : CompareTimes(Field(a, name), Field(b, name));
                    if (order != 0)
                        return isDescending ? -order : order;
                }
                return CompareIds(a.Id, b.Id, sorting: true)
                    * (sort.Contains("id:", StringComparison.Ordinal) ? 1 : -1);
            }
        );
        return rows;
    }

    private int CompareTimes(DateTime? a, DateTime? b) =>
        quirks.HasFlag(Quirks.EmptyTimestampsLast)
            ? (a ?? DateTime.MaxValue).CompareTo(b ?? DateTime.MaxValue)
            : Nullable.Compare(a, b);

    private int CompareIds(string a, string b, bool sorting) =>
        quirks.HasFlag(Quirks.OwnCollation) || (sorting && quirks.HasFlag(Quirks.TwoCollations))
            ? string.CompareOrdinal(Backwards(a), Backwards(b))
            : string.CompareOrdinal(a, b);

    private static string Backwards(string id) => new([.. id.Reverse()]);

    private static DateTime? Field(Row row, string name) => name == "updated_at" ? row.Updated : row.Created;

    private static string? Shown(DateTime? at) => at?.ToString("yyyy-MM-ddTHH:mm:ss'Z'", null);

    private bool Matches(Row row, string? filter) =>
        filter is null
        || Condition()
            .Matches(filter)
            .All(match =>
            {
                var (name, op, value) = (match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value);
                if (name != "id" && Field(row, name) is null)
                    return false;
                var order =
                    name == "id"
                        ? CompareIds(row.Id, value, sorting: false)
                        : Field(row, name)!.Value.CompareTo(VPlanStamp.Parse(value));
                return op switch
                {
                    "gte" => order >= 0,
                    "gt" => order > 0,
                    "lt" => order < 0,
                    _ => throw new InvalidOperationException(op),
                };
            });

    [GeneratedRegex("(\\w+):(\\w+):'([^']*)'")]
    private static partial Regex Condition();
}
