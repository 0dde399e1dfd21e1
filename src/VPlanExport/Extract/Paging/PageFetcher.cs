using VPlanExport.Extract.Http;

namespace VPlanExport.Extract.Paging;

/// <summary>
/// Asks a walk's questions one after the other. Halves the page when vPlan says that the answer (10005) or the limit is
/// too large, doubles it again after a while, and ends a walk that no longer gets anywhere. Of a single row that is too
/// large it leaves out relations, one after the other.
/// </summary>
internal sealed class PageFetcher(
    Func<ListRequest, CancellationToken, Task<PageScan>> ask,
    SeenIds ledger,
    int pageSize,
    CancellationToken cancellationToken
)
{
    private const int PagesBeforeGrowth = 20;
    private const int BarrenPagesAllowed = 200;
    private readonly int _pageSize = pageSize;
    private readonly Dictionary<string, IReadOnlyList<string>> _lacking = [];
    private int _limit = pageSize;
    private int _pagesAtThisLimit;
    private int _barren;

    /// <summary>Rows a page, as asked for now.</summary>
    public int Limit => _limit;

    /// <summary>Ids of rows that were too large for vPlan, and the relations that they were read without.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Lacking => _lacking;

    /// <summary>
    /// vPlan has counted more rows than it sent, so <c>count</c> is the total and not the size of the page. Until then
    /// a page with exactly as many rows as its limit and its count proves nothing.
    /// </summary>
    public bool CountIsTotal { get; private set; }

    /// <summary>Asks <paramref name="make"/> of the limit that vPlan can bear.</summary>
    public async Task<FetchedPage> AskAsync(Func<int, ListRequest> make)
    {
        for (var without = 0; ; )
        {
            var whole = make(Limit);
            var question = whole with { With = [.. whole.With.Skip(without)] };
            try
            {
                var page = await ask(question, cancellationToken);
                foreach (var row in page.Rows)
                    Note(row.Id, [.. whole.With.Take(without)]);
                return Accept(question, page);
            }
            catch (PageTooLargeException) when (question is { Limit: 1, With.Count: > 0 })
            {
                ledger.Refused();
                without++;
            }
            catch (PageTooLargeException e)
            {
                ledger.Refused();
                Halve(question, e);
            }
            catch (RejectedRequestException e)
                when (question.Limit > 1 && e.Message.Contains("limit", StringComparison.OrdinalIgnoreCase))
            {
                ledger.Refused();
                Halve(question, e);
            }
            catch (ExportException e) when (e is RejectedRequestException or NotAvailableException)
            {
                ledger.Refused();
                throw;
            }
        }
    }

    private FetchedPage Accept(ListRequest question, PageScan page)
    {
        var count =
            page.Count
            ?? throw new ContractException(
                $"vPlan's answer to {question.Path} carries no count, so nothing can prove that it was read "
                    + "completely. Report it to vPlan."
            );
        CountIsTotal |= count > page.Rows.Count;
        var fresh = ledger.Add(page);
        var isWhole = page.Rows.Count >= count && (page.Rows.Count != question.Limit || CountIsTotal);
        _barren = fresh > 0 || isWhole ? 0 : _barren + 1;
        if (_barren > BarrenPagesAllowed)
            throw new ContractException(
                $"{question.Path}: {_barren} answers in a row brought no new row, and vPlan counts more than were "
                    + "read: rows change faster than they can be read. Run again at a quieter hour; it starts afresh."
            );
        Grow();
        return new FetchedPage(count, page.Rows, fresh, isWhole, question.Limit);
    }

    private void Note(string id, IReadOnlyList<string> without)
    {
        if (without.Count > 0)
            _lacking[id] = without;
        else if (_lacking.Count > 0)
            _lacking.Remove(id);
    }

    private void Halve(ListRequest question, ExportException e)
    {
        if (question.Limit <= 1)
            throw new ContractException(
                $"{question.Path}: a page of one row is too large for vPlan even without its relations "
                    + $"({e.Message}). Ask vPlan's support about that row, then run again; it starts afresh.",
                e
            );
        _limit = question.Limit / 2;
        _pagesAtThisLimit = 0;
    }

    private void Grow()
    {
        if (_limit >= _pageSize || ++_pagesAtThisLimit < PagesBeforeGrowth)
            return;
        _limit = Math.Min(_pageSize, _limit * 2);
        _pagesAtThisLimit = 0;
    }
}

/// <summary>An answer as the walks see it.</summary>
/// <param name="Count">Rows that match the question.</param>
/// <param name="Fresh">Ids that are new to this pass.</param>
/// <param name="IsWhole">The page holds every row that matches the question: one snapshot.</param>
internal sealed record FetchedPage(long Count, IReadOnlyList<ScannedRow> Rows, int Fresh, bool IsWhole, int Limit);
