using System.Diagnostics.Tracing;

namespace VPlanExport.Extract.OAuth;

/// <summary>
/// The steps of a refresh, as events of the runtime: <c>dotnet-trace</c> and the tests, which stop the program at each
/// of them, listen. No event holds a token.
/// </summary>
[EventSource(Name = "VPlanExport-OAuth")]
internal sealed class RefreshSteps : EventSource
{
    private static readonly RefreshSteps Log = new();

    private RefreshSteps() { }

    /// <summary>In the order in which they happen; between the last two of sending, vPlan has the token.</summary>
    public enum Step
    {
        Wanted = 1,
        LeaseTaken = 2,
        ReadAgain = 3,
        WritingAhead = 4,
        WrittenAhead = 5,
        Sending = 6,
        HeadersReceived = 7,
        AnswerReceived = 8,
        Storing = 9,
        Stored = 10,
    }

    public static void Passed(Step step)
    {
        if (Log.IsEnabled())
            Log.StepPassed(step.ToString());
    }

    [Event(1)]
    private void StepPassed(string step) => WriteEvent(1, step);
}
