using System.Text;

namespace VPlanExport.Storage;

/// <summary>Gives back the same string for the same short text: statuses, colours and names repeat by the
/// thousand.</summary>
/// <param name="decode">Makes a string of UTF-8 bytes.</param>
internal sealed class StringPool(Func<ReadOnlySpan<byte>, string> decode)
{
    private const int Slots = 256;
    private const int LongestText = 64;

    private readonly string?[] _texts = new string?[Slots];

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
            return "";
        if (utf8.Length > LongestText)
            return decode(utf8);
        ref var known = ref _texts[Slot(utf8)];
        return known is not null && Ascii.Equals(utf8, known) ? known : known = decode(utf8);
    }

    private static int Slot(ReadOnlySpan<byte> utf8) =>
        ((((utf8.Length * 31) + utf8[0]) * 31 + utf8[utf8.Length / 2]) * 31 + utf8[^1]) & (Slots - 1);
}
