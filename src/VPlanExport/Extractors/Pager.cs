using System.Globalization;

namespace VPlanExport.Extractors;

/// <summary>
/// Reads every row of a walk although rows are added, changed and deleted between any two questions, and proves it. No HTTP, no clock,
/// no files: only questions and answers.
/// <para>The claim: a row that matches throughout the walk is read at least once. It rests on three things: an answer is one snapshot; a row's
/// seek timestamp never gets smaller; equal questions mean equal things. A <see cref="SeekPass"/> checks each answer against its question, and
/// at the end vPlan's own count of the whole question must not exceed the ids seen, so that an API that breaks one of the three is caught: without
/// exception while no row leaves, since then the count alone proves it; rows that leave could make up for rows that were missed, so disorder that
/// shows in an answer is never trusted.</para>
/// </summary>
/// <param name="isTried">The API may not know the question: a refusal of the first one is the caller's to judge.</param>
internal sealed class Pager(Walk walk, Asker asker, Ledger ledger, Concessions concessions, Action<string> warn, bool isTried = false)
{
    private const int SeekPasses = 2;
    private bool _isUnbalanced;

    private Step Step => _isUnbalanced && concessions.Step < Step.Offsets ? Step.Offsets : concessions.Step;

    /// <summary>Walks until the certificate balances; <see cref="UnbalancedException"/> when it never does.</summary>
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
                return await StartPass(walk with { About = walk.About with { With = concessions.With, Hide = concessions.Hide } });
            }
            catch (BadQuestionException e) when (!(isTried && ledger.SeenInWalk == 0) && concessions.Concede(Step, e.Message) is { } change)
            {
                warn($"{e.Message}. Trying {change}.");
            }
            catch (DisorderException e)
            {
                concessions.Step = Step.Offsets;
                warn($"{walk.About.Path}: {e.Message} Reading by offsets with overlapping pages instead.");
            }
        }
    }

    private Task<long> StartPass(Walk now) => Step switch
    {
        Step.Seek => new SeekPass(now, asker, ledger, "id:asc").RunAsync(),
        Step.SeekWithoutId => new SeekPass(now, asker, ledger, null).RunAsync(),
        Step.Offsets => new OffsetPass(now, asker, "created_at:asc,id:asc").RunAsync(),
        Step.OffsetsWithoutId => new OffsetPass(now, asker, "created_at:asc").RunAsync(),
        Step.Everything => new OffsetPass(now with { From = null }, asker, "created_at:asc").RunAsync(),
    };

    private void Unbalanced(int pass, long expected)
    {
        var numbers = string.Create(CultureInfo.InvariantCulture, $"{walk.About.Path}: vPlan counts {expected:N0} rows, {ledger.SeenInWalk:N0} were read");
        if (pass > SeekPasses)
            throw new UnbalancedException(
                $"{numbers}, after {pass} passes. Nothing of this run is published. Look for rows without created_at or ids that stand for two rows, then run again: this entity is read anew.");
        _isUnbalanced = pass == SeekPasses;
        warn($"{numbers}; reading once more{(Step >= Step.Offsets ? " by offsets with overlapping pages" : "")}.");
    }
}

/// <summary>An answer does not fit its question: the API ignored the sort or the filter.</summary>
internal sealed class DisorderException(string message) : Exception(message);
