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

    /// <summary>Tokens come by the pair, hour after hour; those before have ended.</summary>
    private const int MostAdded = 16;

    private readonly Lock _gate = new();
    private readonly IReadOnlyList<Func<string, string>> _escapes;
    private readonly IReadOnlyList<string> _first;
    private readonly List<string> _added = [];
    private volatile Known _known;

    /// <param name="escapes">How texts are escaped where they are shown.</param>
    public Secrets(IEnumerable<string> secrets, params IReadOnlyList<Func<string, string>> escapes)
    {
        _escapes = escapes;
        _first = FormsOf(secrets);
        _known = new Known(_first);
    }

    /// <summary>Is given what is added here, too.</summary>
    public Secrets? Also { get; init; }

    /// <summary>Every text that is looked for, the longest first.</summary>
    internal IReadOnlyList<string> Forms => _known.Forms;

    /// <summary>The same, for bodies.</summary>
    internal InBytes Bytes => _known.Bytes.Value;

    /// <summary>Nobody is shown these either from here on; of many that were added, the last ones.</summary>
    public void Add(params IReadOnlyCollection<string> secrets)
    {
        Also?.Add(secrets);
        lock (_gate)
        {
            var come = secrets.Except(_added, StringComparer.Ordinal).ToList();
            if (come.Count == 0)
                return;
            _added.AddRange(come);
            _added.RemoveRange(0, Math.Max(0, _added.Count - MostAdded));
            _known = new Known([
                .. _first.Concat(FormsOf(_added)).Distinct(StringComparer.Ordinal).OrderByDescending(f => f.Length),
            ]);
        }
    }

    /// <summary>The text with stars where a secret stands.</summary>
    public string Mask(string text) =>
        _known is var known && text.AsSpan().ContainsAny(known.Any)
            ? known.Forms.Aggregate(text, (masked, form) => masked.Replace(form, "***", StringComparison.Ordinal))
            : text;

    private string[] FormsOf(IEnumerable<string> secrets) =>
        [
            .. secrets
                .Where(s => s.Length >= Shortest)
                .SelectMany(EncodingsOf)
                .SelectMany(s => FormsOf(s, _escapes))
                .Distinct(StringComparer.Ordinal)
                .OrderByDescending(f => f.Length),
        ];

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

    private sealed record Known(IReadOnlyList<string> Forms)
    {
        public SearchValues<string> Any { get; } = SearchValues.Create([.. Forms], StringComparison.Ordinal);

        public Lazy<InBytes> Bytes { get; } = new(() => InBytes.Of(Forms));
    }

    /// <param name="Forms">The longest first.</param>
    /// <param name="Any">Of texts with a character a byte, since only texts can be searched for many at once.</param>
    internal sealed record InBytes(IReadOnlyList<byte[]> Forms, SearchValues<string> Any)
    {
        public static InBytes Of(IReadOnlyList<string> forms)
        {
            byte[][] bytes = [.. forms.Select(Encoding.UTF8.GetBytes)];
            return new InBytes(
                bytes,
                SearchValues.Create([.. bytes.Select(Encoding.Latin1.GetString)], StringComparison.Ordinal)
            );
        }
    }
}
