using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace VPlanExport;

/// <summary>What nobody may be shown, in every form in which a text may hold it: as it is, in JSON, in a URL, and as what shows the text escapes it.</summary>
public sealed class Secrets
{
    /// <summary>A shorter one would be found in ordinary words: no key is taken that is, and of a short password what stands before it is looked for, too.</summary>
    public const int Shortest = 4;

    public static readonly Secrets None = new([]);

    private readonly SearchValues<string> _any;

    /// <param name="escapes">How texts are escaped where they are shown.</param>
    public Secrets(IEnumerable<string> secrets, params IReadOnlyList<Func<string, string>> escapes)
    {
        Forms = [.. secrets.Where(s => s.Length >= Shortest).SelectMany(s => FormsOf(s, escapes)).Distinct(StringComparer.Ordinal).OrderByDescending(f => f.Length)];
        _any = SearchValues.Create([.. Forms], StringComparison.Ordinal);
    }

    /// <summary>Every text that is looked for, the longest first.</summary>
    internal IReadOnlyList<string> Forms { get; }

    /// <summary>The text with stars where a secret stands.</summary>
    public string Mask(string text) => text.AsSpan().ContainsAny(_any)
        ? Forms.Aggregate(text, (masked, form) => masked.Replace(form, "***", StringComparison.Ordinal))
        : text;

    private static IEnumerable<string> FormsOf(string secret, IReadOnlyList<Func<string, string>> escapes) =>
    [
        secret,
        JsonEncodedText.Encode(secret).Value,
        JsonEncodedText.Encode(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value,
        secret.Replace("/", @"\/", StringComparison.Ordinal),
        Uri.EscapeDataString(secret),
        .. escapes.Select(escape => escape(secret)),
    ];
}
