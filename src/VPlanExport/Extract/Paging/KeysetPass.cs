using VPlanExport.Extract.Http;
using VPlanExport.Model;

namespace VPlanExport.Extract.Paging;

/// <summary>
/// Moves through the rows by their timestamp. The invariant after each answer: every row that matches throughout and
/// has not been read stands at or after the cursor. Rows move ahead only, so no edit can break it; offsets would.
/// </summary>
/// <param name="tieBreak">What follows the timestamp in the sort; null when the endpoint refuses it.</param>
internal sealed class KeysetPass(SeekRange walk, PageFetcher asker, SeenIds ledger, string? tieBreak)
{
    private const int SameMisfitsAllowed = 5;
    private static readonly DateTime BeforeAnyRow = new(1900, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private DateTime? _cursor = walk.From;
    private bool _canClose = true;

    /// <summary>vPlan's count of the whole question at a moment at which, going by the invariant, nothing was left to
    /// read.</summary>
    public async Task<long> RunAsync()
    {
        var answer = await AscendAsync();
        if (answer.IsWhole || await NothingBehindAsync(answer))
            return answer.Count;
        while (true)
        {
            var timestamps = Ascending(answer);
            var fits = await MoveAsync(answer, timestamps);
            if ((answer.IsWhole || fits) && await CloseAsync(answer) is { } count)
                return count;
            answer = await AscendAsync();
        }
    }

    private Task<FetchedPage> AscendAsync() =>
        asker.AskAsync(limit => walk.Since(_cursor) with { Sort = Sort("asc", tieBreak), Limit = limit });

    /// <summary>
    /// A first page exactly full: is <c>count</c> the total, or the size of the page? One look behind the page tells.
    /// </summary>
    private async Task<bool> NothingBehindAsync(FetchedPage answer)
    {
        if (answer.Rows.Count != answer.Count)
            return false;
        var behind = await asker.AskAsync(limit =>
            walk.Since(_cursor) with
            {
                Sort = Sort("asc", tieBreak),
                Limit = limit,
                Offset = answer.Rows.Count,
            }
        );
        return behind.Rows.Count == 0;
    }

    /// <summary>Moves the cursor; true when the rest, with the rows at the cursor, fits in one page with room for an
    /// older row.</summary>
    private async Task<bool> MoveAsync(FetchedPage answer, List<DateTime> timestamps)
    {
        if (timestamps.Count == 0)
        {
            if (_cursor is not null && !answer.IsWhole)
                throw Disorder($"rows without the {walk.SeekField} that was filtered on came");
            _cursor ??= BeforeAnyRow;
            return false;
        }
        var last = timestamps[^1];
        if (!answer.IsWhole && timestamps[0] == last)
        {
            _cursor = await ReadTieAsync(last);
            return false;
        }
        _cursor = last;
        var atCursor = timestamps.Count(t => t == last);
        return _canClose && answer.Count - answer.Rows.Count + atCursor < answer.Limit;
    }

    /// <summary>
    /// A page of one timestamp cannot be passed by timestamp, so it is read by id, from the smallest on. An unread row
    /// can leave the tie for a later timestamp, which is ahead, but its id never changes. Where the counts of two pages
    /// fit each other, no row can have been passed over between them even if vPlan sorts ids in one way and compares
    /// them in another. Where rows came or went between the two, both are asked for again; a misfit that stays the same
    /// does not come from rows that come and go.
    /// </summary>
    /// <returns>The first moment behind the tie.</returns>
    private async Task<DateTime> ReadTieAsync(DateTime tie)
    {
        if (VPlanStamp.After(tie) is not { } next)
            throw new UnexpectedOrderException(
                $"A page is full of rows of {VPlanStamp.Text(tie)}, and no later moment can be asked for."
            );
        string? after = null;
        var (misfit, times) = ((Left: 0L, Counted: 0L), 0);
        var page = await WithinAsync(tie, next, after);
        while (!page.IsWhole)
        {
            var (left, lastId) = (page.Count - page.Rows.Count, page.Rows[^1].Id);
            var behind = await WithinAsync(tie, next, lastId);
            if (behind.Count == left)
            {
                (after, page, times) = (lastId, behind, 0);
                continue;
            }
            (misfit, times) = ((left, behind.Count), misfit == (left, behind.Count) ? times + 1 : 1);
            if (times > SameMisfitsAllowed)
                throw Disorder(
                    $"behind a page that left {left} rows of {VPlanStamp.Text(tie)} it counted {behind.Count}, "
                        + $"{times} times"
                );
            page = await WithinAsync(tie, next, after);
        }
        return next;
    }

    /// <summary>The rows of a tie behind an id, in the order of their ids.</summary>
    private async Task<FetchedPage> WithinAsync(DateTime tie, DateTime next, string? after)
    {
        if (after is not null && !Filters.CanHold(after))
            throw new UnexpectedOrderException($"An id holds a quote ({after}), which no filter can.");
        var answer = await asker.AskAsync(limit => walk.Within(tie, next, after) with { Limit = limit });
        if (answer.Rows.Count == 0 && answer.Count > 0)
            throw Disorder("an answer counted rows but held none");
        var before = after;
        foreach (var (id, at) in answer.Rows)
        {
            if (
                VPlanStamp.Parse(at) is not { } time
                || time < tie
                || time >= next
                || string.CompareOrdinal(id, before) <= 0
            )
                throw Disorder($"the rows of {VPlanStamp.Text(tie)} did not come in the order of their ids");
            before = id;
        }
        return answer;
    }

    /// <summary>
    /// Asks the whole question from its newest end: one snapshot that has both the rows that are left and the count of
    /// everything. It ends the walk when it reaches back past the cursor, or when all that was counted has been seen,
    /// or when nothing new comes from either end; null when there is more to read.
    /// </summary>
    private async Task<long?> CloseAsync(FetchedPage rest)
    {
        var newest = await NewestAsync();
        if (newest.IsWhole || (_canClose && ReachesPastCursor(newest)))
            return newest.Count;
        return rest.IsWhole && ((rest.Fresh == 0 && newest.Fresh == 0) || ledger.SeenInWalk >= newest.Count)
            ? newest.Count
            : null;
    }

    private async Task<FetchedPage> NewestAsync()
    {
        try
        {
            return await asker.AskAsync(limit =>
                walk.Since(walk.From) with
                {
                    Sort = Sort("desc", tieBreak is null ? null : "id:desc"),
                    Limit = limit,
                }
            );
        }
        catch (RejectedRequestException)
        {
            _canClose = false;
            return await asker.AskAsync(_ => walk.Since(walk.From) with { Sort = Sort("asc", tieBreak), Limit = 1 });
        }
    }

    /// <summary>
    /// Strictly past it: rows at the cursor itself may have been cut off. And from ahead of it: a page of one old
    /// timestamp looks sorted either way, also to an API that ignores the direction.
    /// </summary>
    private bool ReachesPastCursor(FetchedPage newest)
    {
        var times = Timestamps(newest);
        if (times.Zip(times.Skip(1)).Any(pair => pair.First < pair.Second))
            throw Disorder($"rows did not come sorted by {walk.SeekField}, newest first");
        return times.Count > 0 && times[0] >= _cursor && VPlanStamp.Parse(newest.Rows[^1].At) < _cursor;
    }

    private List<DateTime> Ascending(FetchedPage answer)
    {
        var times = Timestamps(answer);
        if (times.Zip(times.Skip(1)).Any(pair => pair.First > pair.Second))
            throw Disorder($"rows did not come sorted by {walk.SeekField}");
        if (_cursor is { } cursor && times.Exists(t => t < cursor))
            throw Disorder($"rows from before the {walk.SeekField} that was filtered on came");
        return answer.Rows.Count == 0 && answer.Count > 0
            ? throw Disorder("an answer counted rows but held none")
            : times;
    }

    private static List<DateTime> Timestamps(FetchedPage answer) =>
        [.. answer.Rows.Select(row => VPlanStamp.Parse(row.At)).OfType<DateTime>()];

    private string Sort(string direction, string? then) =>
        $"{walk.SeekField}:{direction}" + (then is null ? "" : "," + then);

    private static UnexpectedOrderException Disorder(string what) =>
        new($"vPlan did not keep to the question: {what}.");
}
