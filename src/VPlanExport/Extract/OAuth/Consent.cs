using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using VPlanExport.Storage;

namespace VPlanExport.Extract.OAuth;

/// <summary>A consent that is being asked for: what ties the answer in the browser to this question.</summary>
/// <param name="State">Comes back with the code (A:`get-authorization-3589290e0`).</param>
/// <param name="Verifier">Of the proof key.</param>
/// <param name="StartedAt">UTC.</param>
internal sealed record Consent(string State, string Verifier, DateTime StartedAt)
{
    /// <summary>As long as vPlan's code lives (README section 2).</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private const int Bytes = 32;

    public static Consent New(DateTime now) => new(Random(), Random(), now);

    public bool IsOver(DateTime now) => now - StartedAt >= Life || now < StartedAt;

    /// <summary>In constant time.</summary>
    public bool Is(string state) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(state), Encoding.UTF8.GetBytes(State));

    /// <summary>The address that a person opens.</summary>
    public string Address(OAuthSettings settings)
    {
        var query = new List<(string Name, string Value)>
        {
            ("client_id", settings.ClientId),
            ("redirect_uri", settings.RedirectUri),
            ("response_type", "code"),
            ("state", State),
        };
        if (settings.UsesPkce)
            query.AddRange([("code_challenge", Challenge()), ("code_challenge_method", "S256")]);
        var separator = settings.AuthorizeUrl.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        var pairs = query.Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value)}");
        return $"{settings.AuthorizeUrl}{separator}{string.Join('&', pairs)}";
    }

    public override string ToString() => "a consent";

    private string Challenge() => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
}

/// <summary>The address in the browser after the consent: a code, or why there is none.</summary>
internal sealed record Redirected(string? Code, string? Error, string? State)
{
    /// <returns>Null when the text is no such address.</returns>
    public static Redirected? Parse(string text)
    {
        var address = text.Split(['\r', '\n'])
            .Select(line => line.Trim().Trim('"', '\'', '<', '>'))
            .FirstOrDefault(IsOne);
        if (address is null)
            return null;
        var query = address[(address.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('#')[0];
        var fields = query
            .Split('&')
            .Select(part => part.Split('=', 2))
            .Where(part => part.Length == 2)
            .GroupBy(part => part[0], part => Uri.UnescapeDataString(part[1].Replace('+', ' ')), StringComparer.Ordinal)
            .ToDictionary(field => field.Key, field => field.First(), StringComparer.Ordinal);
        return new Redirected(Value(fields, "code"), Value(fields, "error"), Value(fields, "state"));
    }

    public override string ToString() => "a redirect address";

    private static bool IsOne(string line) =>
        line.Contains("code=", StringComparison.Ordinal) || line.Contains("error=", StringComparison.Ordinal);

    private static string? Value(Dictionary<string, string> fields, string name) =>
        fields.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
}

/// <summary>Keeps the consent that is asked for, sealed, so that another process can go on with it.</summary>
internal sealed class ConsentStore(ISecretPlace place, string environment, Seal seal, TimeProvider clock)
{
    private string About => $"consent of {environment}";

    /// <summary>The one that was begun in the last minutes, or a new one, which is kept.</summary>
    public async Task<Consent> BeginAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var file = await place.ReadAsync(cancellationToken);
            if (Parse(file) is { } begun && !begun.IsOver(clock.GetUtcNow().UtcDateTime))
                return begun;
            var consent = Consent.New(clock.GetUtcNow().UtcDateTime);
            var box = seal.Close(JsonSerializer.SerializeToUtf8Bytes(consent), About);
            if (await place.ReplaceAsync(file?.Version, Encoding.ASCII.GetBytes(box), cancellationToken) is not null)
                return consent;
        }
    }

    public Task EndAsync(CancellationToken cancellationToken) => place.DeleteAsync(cancellationToken);

    private Consent? Parse(VersionedFile? file) =>
        file is not null && seal.Open(Encoding.Latin1.GetString(file.Content), About) is { } json
            ? JsonSerializer.Deserialize<Consent>(json)
            : null;
}
