using System.Net;

namespace VPlanExport.Extractors;

/// <summary>vPlan refuses the question itself: its filter, sort or relation (400, 422). Asking again does not help.</summary>
internal sealed class BadQuestionException(string message) : ExportException(ExitCode.Contract, message);

/// <summary>vPlan has nothing at this path for this key: 403 (not allowed, or the feature is off) or 404.</summary>
internal sealed class NotAvailableException(HttpStatusCode status, string message) : ExportException(ExitCode.SourceUnavailable, message)
{
    public HttpStatusCode Status { get; } = status;
}

/// <summary>The answer is too large for vPlan (error 10005, A:`memory-exhausted-344714m0`): ask for fewer rows.</summary>
internal sealed class PageTooLargeException(string message) : ExportException(ExitCode.SourceUnavailable, message);

/// <summary>vPlan answers, in a form that is no answer and stays so: neither another attempt nor a smaller page helps.</summary>
internal sealed class UnreadableAnswerException(string message, Exception inner) : ExportException(ExitCode.Contract, message, inner);
