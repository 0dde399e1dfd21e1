using System.IO.Hashing;
using System.Text;

namespace VPlanExport.Model;

/// <summary>
/// Deterministic surrogate keys: the first 63 bits of XxHash3-128 over <c>"&lt;entity&gt;|&lt;id&gt;"</c>, so a key is the
/// same after every rebuild and in every sink, with no state.
/// </summary>
public static class Keys
{
    /// <summary>The key of the unknown member of every dimension.</summary>
    public const long Unknown = -1;

    /// <summary>The same for ids that are the same by <see cref="Ids"/>.</summary>
    public static long Of(string entity, string id) => Of(Encoding.UTF8.GetBytes($"{entity}|{Ids.Canonical(id)}"));

    /// <summary>The key of text that already reads <c>"&lt;entity&gt;|&lt;id&gt;"</c>, as UTF-8; a UUID in lower case.</summary>
    public static long Of(ReadOnlySpan<byte> text) => (long)((ulong)(XxHash128.HashToUInt128(text) >> 64) >> 1);
}
