using VPlanExport.Commands.Output;
using VPlanExport.Report;

namespace VPlanExport.Commands;

/// <summary>A failure in the report's language.</summary>
internal static class NightFailures
{
    public static NightFailure Of(Failure failure, bool isDutch)
    {
        var advice = ExitCodeAdvice.Of(failure.Code);
        var (meaning, then) = isDutch ? Dutch(failure.Code) : (advice.Meaning, advice.Advice);
        return new NightFailure((int)failure.Code, FirstLine(failure.Message), meaning, then);
    }

    /// <summary>The log has the rest.</summary>
    private static string FirstLine(string message) => message.Split('\n')[0].TrimEnd();

    private static (string Meaning, string Advice) Dutch(ExitCode code) =>
        code switch
        {
            ExitCode.Configuration => ("configuratie", "verbeter de instelling die de melding noemt"),
            ExitCode.SourceUnavailable => (
                "vPlan is niet bereikbaar",
                "probeer het later; de run gaat verder waar hij stopte"
            ),
            ExitCode.BudgetReached => (
                "de verzoeken van de dag zijn op",
                "de volgende run gaat verder waar deze stopte"
            ),
            ExitCode.Contract => ("de gegevens kloppen niet", "bekijk wat de melding noemt"),
            ExitCode.Sink => (
                "lake, warehouse of werkmap",
                "herstel de schijf, de rechten of het bestand; de volgende run gaat verder"
            ),
            ExitCode.Locked => ("een andere run heeft het slot", "wacht daarop"),
            ExitCode.Refused => (
                "een bewaking weigerde",
                "kijk in vPlan of het zo bedoeld is; zo ja, start opnieuw met --allow-deletes"
            ),
            Failure.Stopped => ("gestopt door een signaal", "de volgende run gaat verder waar deze stopte"),
            _ => ("een fout in het programma", "meld het"),
        };
}
