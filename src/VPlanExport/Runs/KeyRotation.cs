using System.Globalization;
using VPlanExport.Configuration;
using VPlanExport.Extract.Http;
using VPlanExport.Storage;

namespace VPlanExport.Runs;

/// <summary>
/// What to do next while two API keys are set, so that the old one can be deleted without a failed night. vPlan's own
/// advice is to use two keys for a day or two, to see that the old one's "last used" stands still, and then to delete
/// it.
/// </summary>
internal sealed class KeyRotation(Settings settings, IStore workFolder, TimeProvider clock)
{
    private static readonly TimeSpan Safe = TimeSpan.FromDays(2);

    private readonly ApiKeyAges _ages = new(workFolder, clock);

    private string Key => settings.VPlan.ApiKey;

    private string Next => settings.VPlan.ApiKeyNext;

    /// <summary>Whether two keys are set.</summary>
    public static bool IsUnderWay(VPlanSettings settings) =>
        settings is { UsesOAuth: false, ApiKey: not "", ApiKeyNext: not "" } && settings.ApiKey != settings.ApiKeyNext;

    public async Task<string> AdviseAsync(CancellationToken cancellationToken)
    {
        if (!await IsAcceptedAsync(Key, cancellationToken))
            return await IsAcceptedAsync(Next, cancellationToken)
                ? "vPlan accepts VPlan:ApiKeyNext and refuses VPlan:ApiKey. Make that key VPlan:ApiKey, and "
                    + "remove VPlan:ApiKeyNext. The key that is refused can be deleted in vPlan, if it is still there"
                : "vPlan refuses both keys. Add one in vPlan (Settings > API Keys), and make it VPlan:ApiKey";
        var (first, next) = (
            await _ages.UseOfAsync(Key, cancellationToken),
            await _ages.UseOfAsync(Next, cancellationToken)
        );
        return next is null || next.FirstAt > first?.FirstAt
            ? await OldIsSentAsync(cancellationToken)
            : OldIsKept(next);
    }

    private async Task<string> OldIsSentAsync(CancellationToken cancellationToken) =>
        await IsAcceptedAsync(Next, cancellationToken)
            ? "vPlan accepts both keys. VPlan:ApiKey, the old one, is what this tool sends: it was last used "
                + "just now, and is not to be deleted yet. Make the new key VPlan:ApiKey and the old one "
                + "VPlan:ApiKeyNext; two days later the old one can be deleted"
            : "vPlan accepts VPlan:ApiKey, the old one, and refuses VPlan:ApiKeyNext, the new one. Copy the new "
                + "key again (in vPlan: Settings > API Keys); the old one is not to be deleted yet";

    /// <summary>The old key is not tried, because that would move its "last used" in vPlan.</summary>
    private string OldIsKept(KeyUse old)
    {
        var last = old.LastAt ?? old.FirstAt;
        var safe = last + Safe;
        var when =
            clock.GetUtcNow().UtcDateTime >= safe
                ? "It is safe to delete now"
                : string.Create(CultureInfo.InvariantCulture, $"It is safe to delete from {safe:yyyy-MM-dd HH:mm}Z on");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"vPlan accepts VPlan:ApiKey, the new one. VPlan:ApiKeyNext, the old one, was last used by this tool "
                + $"on {last:yyyy-MM-dd HH:mm}Z. {when}: see that its 'last used' in vPlan (Settings > API Keys) is no "
                + $"later, delete it there, and remove VPlan:ApiKeyNext"
        );
    }

    private async Task<bool> IsAcceptedAsync(string key, CancellationToken cancellationToken)
    {
        var alone = settings with { VPlan = settings.VPlan with { ApiKey = key, ApiKeyNext = "" } };
        try
        {
            using var source = await VPlanSource.OpenAsync(alone, workFolder, clock, _ => { }, cancellationToken);
            await source.Extractor.MeAsync(cancellationToken);
            return true;
        }
        catch (ConfigurationException)
        {
            // 401: what the other checks tell is not told twice.
            return false;
        }
    }
}
