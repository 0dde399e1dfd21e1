using System.Globalization;
using System.Net;

namespace VPlanExport.Extract.OAuth;

/// <summary>What a person is told when tokens cannot be refreshed: one line that says what to do.</summary>
internal static class RefreshFaults
{
    public static ConfigurationException NotConnected(string place) =>
        new(
            $"VPlan:Auth is 'oauth', and this export is not connected to vPlan: {place} holds no tokens. Connect "
                + "it once: vplan-export connect"
        );

    public static SourceUnavailableException NotSent(string why) =>
        new(
            $"vPlan's token address cannot be reached: {why}. Nothing was sent, and the tokens are as they were. Try "
                + "again later, or check VPlan:OAuth:TokenUrl."
        );

    /// <param name="started">UTC.</param>
    public static SourceUnavailableException Lost(string why, DateTime started) =>
        new(
            $"vPlan's token address does not answer the refresh of {Text(started)}: {why}. It may have been done, and "
                + "then its answer is lost. The next start asks once more; if vPlan then refuses, connect again: "
                + "vplan-export connect"
        );

    /// <summary>It is not the refresh token that was refused.</summary>
    public static string Misdirected(TokenOutcome.Refused refused) =>
        refused switch
        {
            { Error: "invalid_client" or "unauthorized_client" } =>
                $"{refused.Said}. vPlan does not know the app by VPlan:OAuth:ClientId and "
                    + "VPlan:OAuth:ClientSecret: copy both again from https://developer.vplan.com, and run again. No "
                    + "token or code was used.",
            { Status: HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest or HttpStatusCode.Forbidden } =>
                $"{refused.Said}. Check VPlan:OAuth:ClientId, VPlan:OAuth:ClientSecret and "
                    + "VPlan:OAuth:RedirectUri against your app at https://developer.vplan.com. If they are right, "
                    + "connect again: vplan-export connect",
            _ => $"{refused.Said}. That is no answer of a token address: check VPlan:OAuth:TokenUrl.",
        };

    /// <summary>The refresh token was refused, which is final.</summary>
    /// <param name="tried">The pair whose refresh token was sent.</param>
    public static string Ended(string place, TokenRecord tried, TokenOutcome.Refused refused)
    {
        var why = tried switch
        {
            { IsPrevious: true } => $"{place} was damaged, and the pair before, which was tried, has been used",
            { Pending: { } pending } => $"The answer to the refresh of {Text(pending.StartedAt)} was lost before it "
                + "was stored: the process was stopped, or the connection broke",
            _ => $"It last worked at {Text(tried.ObtainedAt)}; its consent has ended, the app was withdrawn in "
                + "vPlan, or the tokens were used elsewhere",
        };
        return $"{refused.Said}. vPlan no longer takes the refresh token. {why}. Connect again: vplan-export connect";
    }

    /// <param name="there">By vPlan's clock, UTC.</param>
    /// <param name="here">By this machine's, UTC.</param>
    public static string WrongClock(DateTime there, DateTime here) =>
        $"vPlan's clock says {Text(there)} and this machine's {Text(here)}. The tokens are used by their length of "
        + "life, so nothing is lost. Set the clock that is wrong.";

    private static string Text(DateTime time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time:yyyy-MM-dd HH:mm:ss}Z");
}
