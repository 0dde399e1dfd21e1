using System.Text;

namespace VPlanExport.Storage;

/// <summary>Gives texts that repeat in a column one string, so that a batch is not full of copies.</summary>
internal sealed class StringPool
{
    private const int Places = 256;
    private const int LongestKept = 64;
    private readonly (ReadOnlyMemory<byte> Bytes, string Text)[] _kept = new (ReadOnlyMemory<byte>, string)[Places];

    public string Text(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length is 0 or > LongestKept)
            return Encoding.UTF8.GetString(bytes.Span);
        ref var place = ref _kept[Place(bytes.Span)];
        if (!place.Bytes.Span.SequenceEqual(bytes.Span))
            place = (bytes, Encoding.UTF8.GetString(bytes.Span));
        return place.Text;
    }

    private static int Place(ReadOnlySpan<byte> bytes) =>
        ((bytes.Length * 31) + bytes[0] + (bytes[^1] * 7) + (bytes[bytes.Length / 2] * 13)) % Places;
}
