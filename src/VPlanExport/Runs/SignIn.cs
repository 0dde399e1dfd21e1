using System.Globalization;
using VPlanExport.Configuration;
using VPlanExport.Extract.OAuth;
using VPlanExport.Storage;

namespace VPlanExport.Runs;

/// <summary>How an export is signed in by OAuth; no token is in it.</summary>
/// <param name="Place">Where the tokens are.</param>
/// <param name="Generation">Refreshes since the consent, and one.</param>
/// <param name="Warning">What to do before it ends, or why it is not known; null when nothing is to be done.</param>
internal sealed record SignIn(
    string Place,
    string? User,
    string? Environment,
    DateTime? ConnectedAt,
    DateTime? RefreshedAt,
    DateTime? ConsentEndsAt,
    long? Generation,
    string? Warning
)
{
    private const int WarnAfterDays = 300;

    /// <returns>Null where an API key signs in.</returns>
    public static async Task<SignIn?> ReadAsync(
        Settings settings,
        IStore workFolder,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        if (!settings.VPlan.UsesOAuth)
            return null;
        var place = "";
        try
        {
            var store = new OAuthClient(settings.VPlan, workFolder, clock, settings.Secrets, _ => { }).Store;
            place = store.Location;
            return await store.ReadAsync(cancellationToken) is { } kept
                ? Of(place, kept, clock.GetUtcNow().UtcDateTime)
                : None(place, RefreshFaults.NotConnected(place).Message);
        }
        catch (ExportException e)
        {
            return None(place, e.Message);
        }
    }

    public string Describe(DateTime now) =>
        RefreshedAt is not { } refreshed
            ? "OAuth, not connected"
            : string.Join(
                "; ",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"OAuth as {User ?? "a user whom vPlan does not name"}, environment "
                        + $"{Environment ?? "(not named)"}, connected on {ConnectedAt:yyyy-MM-dd}"
                ),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"last refresh {refreshed:yyyy-MM-dd HH:mm:ss}Z, {Age(now - refreshed)} ago, generation "
                        + $"{Generation}"
                ),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the consent ends on {ConsentEndsAt:yyyy-MM-dd}, in "
                        + $"{(ConsentEndsAt!.Value - now).TotalDays:N0} days, unless a run renews it"
                )
            );

    private static SignIn Of(string place, KeptTokens kept, DateTime now)
    {
        var record = kept.Current;
        var days = (now - record.ObtainedAt).TotalDays;
        var warning =
            record.Refusal?.Message
            ?? kept.Damage
            ?? (
                days < WarnAfterDays
                    ? null
                    : string.Create(
                        CultureInfo.InvariantCulture,
                        $"vPlan's consent ends on {record.ConsentEndsAt:yyyy-MM-dd}, since the tokens were last "
                            + $"refreshed {days:N0} days ago. A run before then renews it: vplan-export run"
                    )
            );
        return new SignIn(
            place,
            record.User,
            record.Environment,
            record.ConnectedAt,
            record.ObtainedAt,
            record.ConsentEndsAt,
            record.Generation,
            warning
        );
    }

    private static SignIn None(string place, string warning) => new(place, null, null, null, null, null, null, warning);

    private static string Age(TimeSpan age) =>
        age.TotalDays >= 2 ? FormattableString.Invariant($"{age.TotalDays:N0} days")
        : age.TotalHours >= 2 ? FormattableString.Invariant($"{age.TotalHours:N0} hours")
        : FormattableString.Invariant($"{Math.Max(0, age.TotalMinutes):N0} minutes");
}
