using System.Globalization;
using VPlanExport.Extract.Http;

namespace VPlanExport.Extract.Paging;

/// <summary>
/// Reads every row of a walk although rows are added, changed and deleted between any two questions, and proves it. No
/// HTTP, no clock, no files: only questions and answers.
/// <para>The claim: a row that matches throughout the walk is read at least once. It rests on three things: an answer
/// is one snapshot; a row's seek timestamp never gets smaller; equal questions mean equal things. A
/// <see cref="KeysetPass"/> checks each answer against its question, and at the end vPlan's own count of the whole
/// question must not exceed the ids seen, so that an API that breaks one of the three is caught: without exception
/// while no row leaves, since then the count alone proves it; rows that leave could make up for rows that were missed,
/// so disorder that shows in an answer is never trusted.</para>
/// </summary>
/// <param name="isTried">The API may not know the question: a refusal of the first one is the caller's to
/// judge.</param>
internal sealed class Pager(
    SeekRange walk,
    PageFetcher asker,
    SeenIds ledger,
    PagingFallbacks concessions,
    Action<string> warn,
    bool isTried = false
)
{
    private const int SeekPasses = 2;
    private bool _isUnbalanced;

    private PagingMode Step =>
        _isUnbalanced && concessions.Step < PagingMode.Offsets ? PagingMode.Offsets : concessions.Step;

    /// <summary>Walks until the certificate balances; <see cref="ReconciliationException"/> when it never
    /// does.</summary>
    public async Task RunAsync()
    {
        ledger.StartWalk();
        for (var pass = 1; ; pass++)
        {
            var expected = await PassAsync();
            if (ledger.SeenInWalk >= expected)
            {
                ledger.EndWalk(expected);
                return;
            }
            Unbalanced(pass, expected);
        }
    }

    private async Task<long> PassAsync()
    {
        while (true)
        {
            ledger.StartPass();
            try
            {
                return await StartPass(
                    walk with
                    {
                        About = walk.About with { With = concessions.With, Hide = concessions.Hide },
                    }
                );
            }
            catch (RejectedRequestException e)
                when (!(isTried && ledger.SeenInWalk == 0) && concessions.Concede(Step, e.Message) is { } change)
            {
                warn($"{e.Message}. Trying {change}.");
            }
            catch (UnexpectedOrderException e)
            {
                concessions.Step = PagingMode.Offsets;
                warn($"{walk.About.Path}: {e.Message} Reading by offsets with overlapping pages instead.");
            }
        }
    }

    private Task<long> StartPass(SeekRange now) =>
        Step switch
        {
            PagingMode.Seek => new KeysetPass(now, asker, ledger, "id:asc").RunAsync(),
            PagingMode.SeekWithoutId => new KeysetPass(now, asker, ledger, null).RunAsync(),
            PagingMode.Offsets => new OffsetPass(now, asker, "created_at:asc,id:asc").RunAsync(),
            PagingMode.OffsetsWithoutId => new OffsetPass(now, asker, "created_at:asc").RunAsync(),
            PagingMode.Everything => new OffsetPass(now with { From = null }, asker, "created_at:asc").RunAsync(),
        };

    private void Unbalanced(int pass, long expected)
    {
        var numbers = string.Create(
            CultureInfo.InvariantCulture,
            $"{walk.About.Path}: vPlan counts {expected:N0} rows, {ledger.SeenInWalk:N0} were read"
        );
        if (pass > SeekPasses)
            throw new ReconciliationException(
                $"{numbers}, after {pass} passes. Nothing of this run is published. Look for rows without "
                    + "created_at or ids that stand for two rows, then run again: this entity is read again."
            );
        _isUnbalanced = pass == SeekPasses;
        warn(
            $"{numbers}; reading once more{(Step >= PagingMode.Offsets ? " by offsets with overlapping pages" : "")}."
        );
    }
}

/// <summary>An answer does not fit its question: the API ignored the sort or the filter.</summary>
internal sealed class UnexpectedOrderException(string message) : Exception(message);
