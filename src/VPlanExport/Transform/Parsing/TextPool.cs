using System.Text;

namespace VPlanExport.Transform.Parsing;

/// <summary>Gives back the same string for the same short text: statuses, colours and names repeat by the
/// thousand.</summary>
internal sealed class TextPool
{
    private const int Slots = 256;
    private const int LongestText = 40;

    private readonly string?[] _texts = new string?[Slots];

    /// <exception cref="DecoderFallbackException">The bytes are not UTF-8.</exception>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
            return "";
        if (utf8.Length > LongestText)
            return ValueContract.Decode(utf8);
        ref var known = ref _texts[Slot(utf8)];
        if (known is not null && Ascii.Equals(utf8, known))
            return known;
        return known = ValueContract.Decode(utf8);
    }

    private static int Slot(ReadOnlySpan<byte> utf8) =>
        ((((utf8.Length * 31) + utf8[0]) * 31 + utf8[utf8.Length / 2]) * 31 + utf8[^1]) & (Slots - 1);
}
