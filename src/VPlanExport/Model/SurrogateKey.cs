using System.IO.Hashing;
using System.Text;

namespace VPlanExport.Model;

/// <summary>
/// Deterministic surrogate keys: the first 63 bits of XxHash3-128 over <c>"&lt;entity&gt;|&lt;id&gt;"</c>, so a key is
/// the same after every rebuild and in every sink, with no state.
/// </summary>
internal static class SurrogateKey
{
    /// <summary>The key of the unknown member of every dimension.</summary>
    public const long Unknown = -1;

    /// <summary>The same for ids that are the same by <see cref="Ids"/>.</summary>
    public static long Of(string entity, string id) => Of(Encoding.UTF8.GetBytes($"{entity}|{Ids.Canonical(id)}"));

    /// <summary>The key of text that already reads <c>"&lt;entity&gt;|&lt;id&gt;"</c>, as UTF-8; a UUID in lower
    /// case.</summary>
    public static long Of(ReadOnlySpan<byte> text) => (long)((ulong)(XxHash128.HashToUInt128(text) >> 64) >> 1);
}

/// <summary>
/// Which ids are the same. Ids are opaque, except that one in the form of a UUID (8-4-4-4-12 hexadecimal digits) is the
/// same in upper and in lower case: keys are made of its lower case. The id itself is kept as vPlan sends it, so that
/// it can be asked for.
/// </summary>
internal static class Ids
{
    private const int UuidLength = 36;

    /// <summary>Compares by what keys are made of.</summary>
    public static IEqualityComparer<string> Comparer { get; } = new SameId();

    /// <summary>What the key of an id is made of.</summary>
    public static string Canonical(string id) =>
        id.AsSpan().ContainsAnyInRange('A', 'F') && IsUuid(id) ? id.ToLowerInvariant() : id;

    /// <summary>The same, in place.</summary>
    public static void MakeCanonical(Span<byte> id)
    {
        if (
            id.Length == UuidLength
            && id.ContainsAnyInRange((byte)'A', (byte)'F')
            && IsUuid(Encoding.UTF8.GetString(id))
        )
            Ascii.ToLowerInPlace(id, out _);
    }

    public static bool IsUuid(string id)
    {
        if (id.Length != UuidLength)
            return false;
        for (var i = 0; i < UuidLength; i++)
        {
            if (i is 8 or 13 or 18 or 23 ? id[i] != '-' : !char.IsAsciiHexDigit(id[i]))
                return false;
        }
        return true;
    }

    private sealed class SameId : IEqualityComparer<string>
    {
        public bool Equals(string? x, string? y) =>
            x is null || y is null ? x == y : string.Equals(Canonical(x), Canonical(y), StringComparison.Ordinal);

        public int GetHashCode(string id) => Canonical(id).GetHashCode(StringComparison.Ordinal);
    }
}
