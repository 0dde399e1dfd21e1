using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using VPlanExport.Storage;

namespace VPlanExport.Extract.Http;

/// <summary>
/// When each API key was first and last used, remembered in <c>keys.json</c> by a salted hash, never the key. A file
/// that cannot be read counts as none.
/// </summary>
/// <param name="workFolder">The store of the work folder.</param>
internal sealed class ApiKeyAges(IStore workFolder, TimeProvider clock)
{
    private const string File = "keys.json";
    private const int SaltBytes = 16;

    /// <summary>Uses that follow within this time are noted as one.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromHours(1);

    /// <summary>Notes that vPlan has answered to a key.</summary>
    public async Task RememberAsync(string key, CancellationToken cancellationToken)
    {
        for (var isKept = false; !isKept; )
        {
            var (known, version) = await ReadAsync(cancellationToken);
            var now = clock.GetUtcNow().UtcDateTime;
            var used = known.Of(key) ?? new UsedKey(known.HashOf(key), now);
            if (now - used.LastUsedAt < Apart)
                return;
            var others = known.Keys.Where(k => k.Hash != used.Hash);
            var content = JsonSerializer.SerializeToUtf8Bytes(
                known with
                {
                    Keys = [.. others, used with { LastUsedAt = now }],
                }
            );
            isKept = await workFolder.ReplaceAsync(File, version, content, cancellationToken) is not null;
        }
    }

    /// <summary>When vPlan first and last answered to a key here; null when it never did.</summary>
    public async Task<KeyUse?> UseOfAsync(string key, CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken)).Known.Of(key) is { } used
            ? new KeyUse(used.FirstUsedAt, used.LastUsedAt)
            : null;

    /// <summary>The age of the key in use: of those that are set, the one that was taken into use last; null when vPlan
    /// has answered to none of them.</summary>
    public async Task<ApiKeyAge?> InUseAsync(VPlanSettings settings, CancellationToken cancellationToken)
    {
        var (known, _) = await ReadAsync(cancellationToken);
        var inUse = new[] { settings.ApiKey, settings.ApiKeyNext }
            .Select(known.Of)
            .OfType<UsedKey>()
            .MaxBy(k => k.FirstUsedAt);
        return inUse is null
            ? null
            : ApiKeyAge.Of(inUse.FirstUsedAt, clock.GetUtcNow().UtcDateTime, settings.KeyAgeDays);
    }

    private async Task<(KnownKeys Known, string? Version)> ReadAsync(CancellationToken cancellationToken)
    {
        var file = await workFolder.ReadAsync(File, cancellationToken);
        return (Parse(file?.Content) ?? new KnownKeys(RandomNumberGenerator.GetBytes(SaltBytes), []), file?.Version);
    }

    private static KnownKeys? Parse(byte[]? json)
    {
        try
        {
            return
                json is not null
                && JsonSerializer.Deserialize<KnownKeys>(json) is { Salt.Length: > 0, Keys: { } keys } known
                && keys.All(k => k is { Hash: not null })
                ? known
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record UsedKey(string Hash, DateTime FirstUsedAt)
    {
        /// <summary>Null in what an earlier version noted.</summary>
        public DateTime? LastUsedAt { get; init; }
    }

    private sealed record KnownKeys(byte[] Salt, IReadOnlyList<UsedKey> Keys)
    {
        public UsedKey? Of(string key) => HashOf(key) is var hash ? Keys.FirstOrDefault(k => k.Hash == hash) : null;

        public string HashOf(string key) =>
            Convert.ToHexStringLower(HMACSHA256.HashData(Salt, Encoding.UTF8.GetBytes(key)));
    }
}

/// <param name="FirstAt">UTC.</param>
/// <param name="LastAt">UTC; null when it is not known.</param>
internal sealed record KeyUse(DateTime FirstAt, DateTime? LastAt);

/// <param name="FirstUsedAt">By this tool. UTC.</param>
/// <param name="Warning">What to do about a key that is older than it may be; null when it is not.</param>
internal sealed record ApiKeyAge(DateTime FirstUsedAt, int Days, string? Warning)
{
    public static ApiKeyAge Of(DateTime firstUsedAt, DateTime now, int allowedDays)
    {
        var days = (int)(now - firstUsedAt).TotalDays;
        return new ApiKeyAge(
            firstUsedAt,
            days,
            days <= allowedDays
                ? null
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"The API key was first used {days:N0} days ago, on {firstUsedAt:yyyy-MM-dd}; "
                        + $"VPlan:KeyAgeDays is {allowedDays}. Add a key in vPlan (Settings > API Keys), make it "
                        + $"VPlan:ApiKeyNext, and follow what vplan-export check then says."
                )
        );
    }
}
