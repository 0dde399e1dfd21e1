using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using VPlanExport.Extract.Http;

namespace VPlanExport.Extract.OAuth;

/// <summary>What the token address gave (A:`token-exchange-3589291e0`).</summary>
/// <param name="RefreshToken">Null when it gave none: then the old one stays (RFC 6749, 6).</param>
/// <param name="Life">From <paramref name="AskedAt"/> on.</param>
/// <param name="AskedAt">By this machine's clock, UTC.</param>
/// <param name="User">From the access token; null when it does not say.</param>
internal sealed record TokenGrant(
    string AccessToken,
    string? RefreshToken,
    TimeSpan Life,
    DateTime AskedAt,
    string? User
)
{
    private static readonly TimeSpan UsualLife = TimeSpan.FromHours(1);
    private static readonly string[] Names = ["name", "user_name", "username", "preferred_username"];

    /// <param name="date">The answer's <c>Date</c> header, UTC; null without one.</param>
    /// <returns>Null when it is no such answer.</returns>
    public static TokenGrant? Parse(byte[] body, DateTime? date, DateTime askedAt)
    {
        try
        {
            return ParseValid(body, date, askedAt);
        }
        catch (InvalidOperationException)
        {
            // A text in it is no valid Unicode.
            return null;
        }
    }

    private static TokenGrant? ParseValid(byte[] body, DateTime? date, DateTime askedAt)
    {
        using var json = JsonOf(body);
        if (
            json is null
            || TextIn(json.RootElement, "access_token") is not { Length: > 0 } access
            || !IsHeaderText(access)
        )
            return null;
        using var claims = JsonOf(Payload(access));
        var refresh = TextIn(json.RootElement, "refresh_token");
        var life = Earlier(Seconds(json.RootElement, "expires_in"), LifeIn(claims?.RootElement, date ?? askedAt));
        return new TokenGrant(
            access,
            refresh == "" ? null : refresh,
            life ?? UsualLife,
            askedAt,
            UserIn(claims?.RootElement)
        );
    }

    public override string ToString() => "a pair of tokens";

    /// <summary>
    /// The token's own clock counts: from when it was issued, else from the answer's date. So a machine whose clock is
    /// wrong neither takes a fresh token for an old one nor an old one for fresh.
    /// </summary>
    private static TimeSpan? LifeIn(JsonElement? claims, DateTime date)
    {
        if (claims is not { } all || Number(all, "exp") is not { } ends)
            return null;
        var begins = Number(all, "iat") ?? (decimal)(date - DateTime.UnixEpoch).TotalSeconds;
        return Positive(ends - begins);
    }

    private static TimeSpan? Seconds(JsonElement json, string name) =>
        Number(json, name) is { } seconds ? Positive(seconds) : null;

    private static TimeSpan? Positive(decimal seconds) =>
        seconds is > 0 and < 1_000_000_000 ? TimeSpan.FromSeconds((double)seconds) : null;

    private static TimeSpan? Earlier(TimeSpan? one, TimeSpan? other) =>
        one is { } a && other is { } b ? (a < b ? a : b) : one ?? other;

    private static string? UserIn(JsonElement? claims) =>
        claims is { } all
            ? Names.Select(name => TextIn(all, name)).FirstOrDefault(text => !string.IsNullOrEmpty(text))
            : null;

    private static byte[] Payload(string token) =>
        token.Split('.') is [_, var payload, _] && Base64Url.IsValid(payload) ? Base64Url.DecodeFromChars(payload) : [];

    private static JsonDocument? JsonOf(byte[] bytes)
    {
        try
        {
            return bytes.Length == 0 ? null : WholeJson.Parse(WholeJson.Unmarked(bytes));
        }
        catch (Exception e) when (e is JsonException or UnreadableException or TransientException)
        {
            return null;
        }
    }

    private static string? TextIn(JsonElement json, string name) =>
        VPlanError.Property(json, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static decimal? Number(JsonElement json, string name) =>
        VPlanError.Property(json, name) is { ValueKind: JsonValueKind.Number or JsonValueKind.String } number
        && decimal.TryParse(number.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;

    private static bool IsHeaderText(string text) => text.All(c => c is > ' ' and < (char)127);
}
