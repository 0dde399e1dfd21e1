using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using VPlanExport.Storage;

namespace VPlanExport.Extract.OAuth;

/// <summary>What the store holds.</summary>
/// <param name="Version">For the next write.</param>
/// <param name="Damage">What is wrong with the rest of the store; null when nothing is.</param>
internal sealed record KeptTokens(TokenRecord Current, TokenRecord? Previous, string Version, string? Damage);

/// <summary>
/// The tokens of one environment: the newest pair and the pair before, each in a box of its own, so that damage to one
/// leaves the other. The boxes are found by their form: nothing but a box depends on the text around them.
/// </summary>
/// <param name="spare">Takes what <paramref name="place"/> does not.</param>
/// <param name="environment">Boxes of another one do not open.</param>
/// <param name="secrets">Is given every token as soon as it is known here.</param>
internal sealed partial class TokenStore(
    ISecretPlace place,
    ISecretPlace spare,
    string environment,
    Seal seal,
    Secrets secrets
)
{
    private const string Header = "vplan-export tokens 1, sealed";
    private static readonly JsonSerializerOptions JsonForm = new()
    {
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    public string Location => place.Location;

    public string SpareLocation => spare.Location;

    private string About => $"tokens of {environment}";

    /// <returns>Null when nothing is kept.</returns>
    /// <exception cref="ConfigurationException">Nothing in it can be opened.</exception>
    /// <exception cref="SinkException">The place cannot be read.</exception>
    public async Task<KeptTokens?> ReadAsync(CancellationToken cancellationToken) =>
        await place.ReadAsync(cancellationToken) is { } file ? Read(file) : null;

    /// <summary>What could not be saved in the store itself; null when there is none of this key.</summary>
    public async Task<TokenRecord?> SpareAsync(CancellationToken cancellationToken) =>
        await spare.ReadAsync(cancellationToken) is { } file
            ? Opened(BoxesIn(file.Content)).Find(r => !r.IsPrevious)
            : null;

    /// <summary>Replaces what was read, or makes the first.</summary>
    /// <param name="version">Null to write where nothing is.</param>
    /// <returns>Null, and nothing changed, when another process has written meanwhile.</returns>
    public async Task<KeptTokens?> WriteAsync(
        string? version,
        TokenRecord current,
        TokenRecord? previous,
        CancellationToken cancellationToken
    ) =>
        await place.ReplaceAsync(version, Bytes(current, previous), cancellationToken) is { } written
            ? new KeptTokens(current, previous, written, null)
            : null;

    /// <summary>Replaces whatever is kept, which may not open.</summary>
    public async Task<KeptTokens> OverwriteAsync(TokenRecord current, CancellationToken cancellationToken)
    {
        while (true)
        {
            var version = (await place.ReadAsync(cancellationToken))?.Version;
            if (await WriteAsync(version, current, null, cancellationToken) is { } kept)
                return kept;
        }
    }

    public async Task WriteSpareAsync(TokenRecord current, CancellationToken cancellationToken)
    {
        var version = (await spare.ReadAsync(cancellationToken))?.Version;
        if (await spare.ReplaceAsync(version, Bytes(current, null), cancellationToken) is null)
            throw new SinkException($"{spare.Location} was written by another process.");
    }

    public Task DeleteSpareAsync(CancellationToken cancellationToken) => spare.DeleteAsync(cancellationToken);

    /// <returns>Whether anything was kept.</returns>
    public async Task<bool> DeleteAsync(CancellationToken cancellationToken)
    {
        var isKept = await place.ReadAsync(cancellationToken) is not null;
        await place.DeleteAsync(cancellationToken);
        await spare.DeleteAsync(cancellationToken);
        return isKept;
    }

    private KeptTokens Read(VersionedFile file)
    {
        var boxes = BoxesIn(file.Content);
        var opened = Opened(boxes);
        if (opened.Count == 0)
            throw new ConfigurationException(boxes.Any(seal.IsOfAnotherKey) ? OfAnotherKey() : Damaged());
        var (newest, before) = (opened.Find(r => !r.IsPrevious), opened.Find(r => r.IsPrevious));
        var isWhole =
            opened.Count == boxes.Count
            && boxes.All(seal.IsOfThisKey)
            && file.Content.AsSpan().SequenceEqual(Text(boxes));
        return newest is null
            ? new KeptTokens(
                before!,
                null,
                file.Version,
                $"The newest tokens in {Location} are damaged, so the pair before them is tried. Check the disk."
            )
            : new KeptTokens(
                newest,
                before,
                file.Version,
                isWhole
                    ? null
                    : $"{Location} is damaged; the newest tokens in it are whole, and the next refresh writes it "
                        + "again. Check the disk."
            );
    }

    private string OfAnotherKey() =>
        $"The tokens in {Location} are sealed with another key, or for another environment, than is set now. Set "
        + "VPlan:OAuth:TokenKey (or VPlan:OAuth:TokenKeyFile) to the key that was set at 'vplan-export connect', "
        + "or connect again: vplan-export connect";

    private string Damaged() =>
        $"{Location} is damaged: none of the tokens in it can be opened with VPlan:OAuth:TokenKey. Check the "
        + "disk, then connect again: vplan-export connect";

    private List<TokenRecord> Opened(IReadOnlyList<string> boxes)
    {
        var records = boxes
            .Select(box => seal.Open(box, About))
            .OfType<byte[]>()
            .Select(Parse)
            .OfType<TokenRecord>()
            .ToList();
        secrets.Add([.. records.SelectMany(TokensOf)]);
        return records;
    }

    private static IEnumerable<string> TokensOf(TokenRecord record) => [record.AccessToken, record.RefreshToken];

    private static TokenRecord? Parse(byte[] json) => JsonSerializer.Deserialize<TokenRecord>(json, JsonForm);

    private byte[] Bytes(TokenRecord current, TokenRecord? previous) =>
        Text([
            Box(current with { IsPrevious = false }),
            .. previous is null ? [] : new[] { Box(previous with { IsPrevious = true }) },
        ]);

    private string Box(TokenRecord record) => seal.Close(JsonSerializer.SerializeToUtf8Bytes(record, JsonForm), About);

    private static byte[] Text(IEnumerable<string> boxes) =>
        Encoding.Latin1.GetBytes($"{Header}\n\n{string.Join("\n\n", boxes)}\n");

    private static List<string> BoxesIn(byte[] file) =>
        [.. BoxForm().Matches(Encoding.Latin1.GetString(file)).Select(m => m.Value)];

    [GeneratedRegex("[A-Za-z0-9_-]{100,}")]
    private static partial Regex BoxForm();
}
