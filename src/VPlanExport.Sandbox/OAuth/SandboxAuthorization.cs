using System.Security.Cryptography;
using System.Text;

namespace VPlanExport.Sandbox;

/// <summary>
/// Codes and tokens, as strictly as OAuth allows: a code and a refresh token can be used once, and who uses one again
/// loses every token of that consent (RFC 6749, 4.1.2; RFC 6819, 5.2.2.3).
/// </summary>
public sealed class SandboxAuthorization
{
    private readonly Lock gate = new();
    private readonly TimeProvider clock;
    private readonly Dictionary<string, Code> codes = [];
    private readonly Dictionary<string, Refresh> refreshes = [];
    private readonly Dictionary<string, Access> accesses = [];
    private readonly List<string> issued = [];
    private readonly List<string> refused = [];
    private readonly SandboxJwt jwt = new();

    internal SandboxAuthorization(SandboxOAuth app, TimeProvider clock) => (App, this.clock) = (app, clock);

    public SandboxOAuth App { get; }

    /// <summary>Every code and token that was given.</summary>
    public IReadOnlyList<string> Issued => Locked(() => issued.ToList());

    /// <summary>The errors that were answered, in order.</summary>
    public IReadOnlyList<string> Refused => Locked(() => refused.ToList());

    /// <summary>Refreshes that were done.</summary>
    public int Refreshes { get; private set; }

    /// <summary>Whether a refresh token could be used now.</summary>
    public bool IsLive(string refreshToken) =>
        Locked(() =>
            refreshes.TryGetValue(refreshToken, out var refresh) && !refresh.IsUsed && !refresh.Consent.IsRevoked
        );

    /// <summary>The customer takes the app's access away: no token works from here on.</summary>
    public void Revoke() =>
        Locked(() =>
        {
            foreach (var consent in codes.Values.Select(code => code.Consent))
                consent.IsRevoked = true;
            return true;
        });

    /// <summary>Ends every access token, as when its time is over.</summary>
    public void ExpireAccess() =>
        Locked(() =>
        {
            accesses.Clear();
            return true;
        });

    internal bool Accepts(string accessToken) =>
        Locked(() =>
            accesses.TryGetValue(accessToken, out var access)
            && !access.Consent.IsRevoked
            && clock.GetUtcNow() < access.EndsAt
        );

    internal string NewCode(string redirectUri, string? challenge) =>
        Locked(() =>
        {
            var code = Random();
            codes[code] = new Code(redirectUri, challenge, clock.GetUtcNow() + App.CodeLife, new Consent());
            return code;
        });

    internal TokenReply Exchange(string code, string redirectUri, string? verifier) =>
        Locked(() =>
        {
            if (!codes.TryGetValue(code, out var known))
                return Refuse("the code is not known");
            if (known.IsUsed)
            {
                known.Consent.IsRevoked = true;
                return Refuse("the code was used before");
            }
            known.IsUsed = true;
            if (clock.GetUtcNow() >= known.EndsAt)
                return Refuse("the code has expired");
            if (redirectUri != known.RedirectUri)
                return Refuse("the redirect_uri is not that of the code");
            return known.Challenge is null || known.Challenge == SandboxJwt.Challenge(verifier ?? "")
                ? Grant(known.Consent)
                : Refuse("the code_verifier is wrong");
        });

    internal TokenReply Exchange(string refreshToken) =>
        Locked(() =>
        {
            if (!refreshes.TryGetValue(refreshToken, out var known))
                return Refuse("the refresh token is not known");
            if (known.Consent.IsRevoked)
                return Refuse("the consent was revoked");
            if (known.IsUsed)
            {
                known.Consent.IsRevoked = true;
                return Refuse("the refresh token was used before");
            }
            known.IsUsed = true;
            Refreshes++;
            return Grant(known.Consent);
        });

    private TokenReply Grant(Consent consent)
    {
        var now = clock.GetUtcNow();
        var access = jwt.Write(App.User, now, now + (App.ClaimedLife ?? App.AccessLife));
        var refresh = Random();
        accesses[access] = new Access(now + App.AccessLife, consent);
        refreshes[refresh] = new Refresh(consent);
        issued.Add(access);
        issued.Add(refresh);
        return new TokenReply.Granted(access, refresh, (int)App.AccessLife.TotalSeconds);
    }

    private TokenReply.Refused Refuse(string why)
    {
        refused.Add($"invalid_grant: {why}");
        return new TokenReply.Refused("invalid_grant", why);
    }

    private string Random()
    {
        var text = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        issued.Add(text);
        return text;
    }

    private T Locked<T>(Func<T> work)
    {
        lock (gate)
            return work();
    }

    private sealed class Consent
    {
        public bool IsRevoked { get; set; }
    }

    private sealed record Code(string RedirectUri, string? Challenge, DateTimeOffset EndsAt, Consent Consent)
    {
        public bool IsUsed { get; set; }
    }

    private sealed record Refresh(Consent Consent)
    {
        public bool IsUsed { get; set; }
    }

    private sealed record Access(DateTimeOffset EndsAt, Consent Consent);
}

internal abstract record TokenReply
{
    public sealed record Granted(string AccessToken, string RefreshToken, int ExpiresIn) : TokenReply;

    public sealed record Refused(string Error, string Why) : TokenReply;
}
