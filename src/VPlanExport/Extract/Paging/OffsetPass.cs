namespace VPlanExport.Extract.Paging;

/// <summary>
/// The last resort: reads by offset, in an order that does not change. Deletions pull unread rows towards the front, so
/// each page must share a row with the page before it; where it does not, the pass steps back. Two pages that share a
/// row leave no gap between them.
/// </summary>
internal sealed class OffsetPass(SeekRange walk, PageFetcher asker, string sort)
{
    private const int OverlapShare = 10;

    /// <summary>vPlan's count in the answer that held the last rows.</summary>
    public async Task<long> RunAsync()
    {
        var offset = 0;
        IReadOnlyList<ScannedRow> before = [];
        while (true)
        {
            var at = offset;
            var answer = await asker.AskAsync(limit =>
                walk.Since(walk.From) with
                {
                    Sort = sort,
                    Limit = limit,
                    Offset = at,
                }
            );
            if (offset > 0 && !SharesARow(before, answer.Rows))
            {
                offset = Math.Max(0, offset - Math.Max(answer.Limit / 2, 1));
                continue;
            }
            if (
                answer.Rows.Count == 0
                || offset + answer.Rows.Count >= answer.Count && answer.Rows.Count != answer.Limit
            )
                return answer.Count;
            if (answer.Limit == 1)
                throw new ContractException(
                    $"{walk.About.Path}: vPlan bears only one row a page here, and pages of one row cannot "
                        + "overlap, so offsets would prove nothing. Raise VPlan:PageSize if it is low, else report it "
                        + "to vPlan."
                );
            before = answer.Rows;
            offset += answer.Rows.Count - Overlap(answer);
        }
    }

    private static int Overlap(FetchedPage answer) => Math.Min(answer.Rows.Count - 1, 1 + answer.Limit / OverlapShare);

    private static bool SharesARow(IReadOnlyList<ScannedRow> before, IReadOnlyList<ScannedRow> now)
    {
        var ids = before.Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
        return now.Any(row => ids.Contains(row.Id));
    }
}
