using System.Net;

namespace VPlanExport.Extractors;

/// <summary>A question and its answer, beside the page: <c>raw/&lt;entity&gt;/page-000001.json</c>.</summary>
/// <param name="SentAt">The earlier of vPlan's <c>Date</c> header and this machine's clock, UTC.</param>
/// <param name="FetchedAt">Our clock. UTC.</param>
internal sealed record JournalEntry(string Url, long? Count, int Rows, DateTime SentAt, DateTime FetchedAt)
{
    /// <summary>Set when vPlan refused the question: then there is no page.</summary>
    public Refusal? Refusal { get; init; }
}

/// <summary>An answer that changes how the walk goes on, remembered so that a resumed walk takes the same way.</summary>
/// <param name="Status">0 for an answer that was too large.</param>
internal sealed record Refusal(int Status, string Message)
{
    public static Refusal? Of(ExportException e) => e switch
    {
        PageTooLargeException => new Refusal(0, e.Message),
        BadQuestionException => new Refusal((int)HttpStatusCode.BadRequest, e.Message),
        NotAvailableException missing => new Refusal((int)missing.Status, e.Message),
        _ => null,
    };

    public void Throw() => throw Status switch
    {
        0 => new PageTooLargeException(Message),
        (int)HttpStatusCode.BadRequest => new BadQuestionException(Message),
        _ => new NotAvailableException((HttpStatusCode)Status, Message),
    };
}
