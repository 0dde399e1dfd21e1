using System.Security.Cryptography;
using System.Text;

namespace VPlanExport.Package;

/// <summary>
/// Finds names in texts by their fingerprints. A name is found as whole words, in upper or lower case, with any single
/// blank between its words.
/// </summary>
internal sealed class NameSearch
{
    /// <summary>What stands in a text instead of a name. It is no longer than any name that is searched for, so a text
    /// still fits into its column.</summary>
    public const string Mark = "***";

    private const int ShortestName = 5;

    private readonly byte[] _salt;
    private readonly HashSet<NameFingerprint> _names;
    private readonly int[] _lengths;

    public NameSearch(ForgottenList list)
    {
        _salt = list.SaltKey;
        _names = [.. list.People.SelectMany(p => p.Names)];
        _lengths = [.. _names.Select(n => n.Length).Distinct().OrderDescending()];
    }

    /// <summary>Whether a text is a name that says who is meant: two words, or an address. A single word, such as a
    /// first name, is somebody else's, too.</summary>
    public static bool IsTelling(string text) =>
        text.Length >= ShortestName && (text.Contains('@', StringComparison.Ordinal) || text.Contains(' '));

    public static string Hash(byte[] salt, ReadOnlySpan<char> name)
    {
        var folded = new char[name.Length];
        for (var i = 0; i < name.Length; i++)
            folded[i] = char.IsWhiteSpace(name[i]) ? ' ' : char.ToUpperInvariant(name[i]);
        return Convert.ToHexString(HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(folded)));
    }

    /// <summary>The text without the names; the same object when it has none.</summary>
    public string Without(string text)
    {
        StringBuilder? result = null;
        var copied = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (NameAt(text, at) is not { } length)
                continue;
            (result ??= new StringBuilder()).Append(text, copied, at - copied).Append(Mark);
            copied = at + length;
            at = copied - 1;
        }
        return result?.Append(text, copied, text.Length - copied).ToString() ?? text;
    }

    private int? NameAt(string text, int at)
    {
        if (!char.IsLetterOrDigit(text[at]) || (at > 0 && char.IsLetterOrDigit(text[at - 1])))
            return null;
        foreach (var length in _lengths)
        {
            var end = at + length;
            if (
                end <= text.Length
                && (end == text.Length || !char.IsLetterOrDigit(text[end]))
                && _names.Contains(new NameFingerprint(length, Hash(_salt, text.AsSpan(at, length))))
            )
                return length;
        }
        return null;
    }
}
