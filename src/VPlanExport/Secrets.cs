using System.Buffers;
using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace VPlanExport;

/// <summary>
/// What nobody may be shown, in every form in which a text may hold it: as it is, in hex and in Base64, and each of
/// these in JSON, in a URL, in HTML, and as what shows the text escapes it.
/// </summary>
internal sealed partial class Secrets
{
    /// <summary>A shorter one would be found in ordinary words: no key is taken that is, and of a short password what
    /// stands before it is looked for, too.</summary>
    public const int Shortest = 4;

    public static readonly Secrets None = new([]);

    private readonly SearchValues<string> _any;

    /// <param name="escapes">How texts are escaped where they are shown.</param>
    public Secrets(IEnumerable<string> secrets, params IReadOnlyList<Func<string, string>> escapes)
    {
        Forms =
        [
            .. secrets
                .Where(s => s.Length >= Shortest)
                .SelectMany(EncodingsOf)
                .SelectMany(s => FormsOf(s, escapes))
                .Distinct(StringComparer.Ordinal)
                .OrderByDescending(f => f.Length),
        ];
        _any = SearchValues.Create([.. Forms], StringComparison.Ordinal);
    }

    /// <summary>Every text that is looked for, the longest first.</summary>
    internal IReadOnlyList<string> Forms { get; }

    /// <summary>The text with stars where a secret stands.</summary>
    public string Mask(string text) =>
        text.AsSpan().ContainsAny(_any)
            ? Forms.Aggregate(text, (masked, form) => masked.Replace(form, "***", StringComparison.Ordinal))
            : text;

    private static IEnumerable<string> EncodingsOf(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        return
        [
            secret,
            Convert.ToHexString(bytes),
            Convert.ToHexStringLower(bytes),
            .. Enumerable.Range(0, 3).SelectMany(before => InBase64(bytes, before)),
        ];
    }

    /// <summary>
    /// The secret inside a longer Base64 text, as in <c>Authorization: Basic</c>. Three bytes make four characters, so
    /// its characters depend on how many bytes stand before it. The two that it shares with its neighbours are left
    /// out; where it ends the text, the last one is its own.
    /// </summary>
    private static IEnumerable<string> InBase64(byte[] secret, int bytesBefore)
    {
        byte[] bytes = [.. new byte[bytesBefore], .. secret];
        var (first, last) = ((bytesBefore * 4 + 2) / 3, bytes.Length * 4 / 3);
        foreach (var text in new[] { Convert.ToBase64String(bytes), Base64Url.EncodeToString(bytes) })
        {
            yield return text[first..last];
            yield return text[first..].TrimEnd('=');
            yield return text[first..];
        }
    }

    private static IEnumerable<string> FormsOf(string text, IReadOnlyList<Func<string, string>> escapes) =>
        [
            text,
            JsonEncodedText.Encode(text).Value,
            JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value,
            text.Replace("/", @"\/", StringComparison.Ordinal),
            Uri.EscapeDataString(text),
            Escape().Replace(Uri.EscapeDataString(text), escape => escape.Value.ToLowerInvariant()),
            WebUtility.HtmlEncode(text),
            .. escapes.Select(escape => escape(text)),
        ];

    [GeneratedRegex("%[0-9A-F]{2}")]
    private static partial Regex Escape();
}
