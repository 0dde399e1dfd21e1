using System.Globalization;

namespace VPlanExport.Extractors;

/// <summary>
/// The proof that a read is complete: at one moment vPlan counted <paramref name="Expected"/> rows for the whole question, and
/// at least as many distinct ids had been seen.
/// </summary>
/// <param name="Expected">vPlan's count at the end of the walk.</param>
/// <param name="Seen">Distinct ids read.</param>
/// <param name="Reread">Rows read again: the last reading holds.</param>
/// <param name="Vanished">Ids seen that vPlan no longer counts: deleted, or no longer in the window.</param>
/// <param name="Questions">Requests that were answered, refusals included.</param>
public sealed record Certificate(long Expected, long Seen, long Reread, long Vanished, int Questions)
{
    /// <summary>The certificate with records that were asked for by id, which vPlan counted in each answer.</summary>
    public Certificate With(int found, int rows, int questions) => this with
    {
        Expected = Expected + found,
        Seen = Seen + found,
        Reread = Reread + rows - found,
        Questions = Questions + questions,
    };

    /// <summary>Such as <c>4,812 of 4,812 cards, 2 re-read</c>.</summary>
    public string Text(string noun)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Seen:N0} of {Expected:N0} {noun}");
        if (Reread > 0)
            text += string.Create(CultureInfo.InvariantCulture, $", {Reread:N0} re-read");
        if (Vanished > 0)
            text += string.Create(CultureInfo.InvariantCulture, $", {Vanished:N0} vanished");
        return text;
    }
}
