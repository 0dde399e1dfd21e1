using System.Buffers.Binary;

namespace VPlanExport.Sandbox;

/// <summary>UUIDs in lower case (A, schemas) from a seed, by SplitMix64.</summary>
internal sealed class IdSource(ulong seed)
{
    private ulong state = seed;

    public string Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, Mix());
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Mix());
        bytes[6] = (byte)(bytes[6] & 0x0F | 0x40);
        bytes[8] = (byte)(bytes[8] & 0x3F | 0x80);
        return new Guid(bytes, bigEndian: true).ToString("D");
    }

    private ulong Mix()
    {
        state += 0x9E3779B97F4A7C15;
        var z = (state ^ state >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }
}
