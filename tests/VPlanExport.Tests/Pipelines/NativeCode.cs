using System.Buffers.Binary;

namespace VPlanExport.Tests.Pipelines;

/// <summary>What a file's first bytes say about the machines that its code is for.</summary>
internal static class NativeCode
{
    /// <summary>As many bytes as every header needs.</summary>
    public const int Head = 4096;

    /// <summary>The platforms by .NET's names; none where the file is no code, or .NET's own, which runs everywhere.</summary>
    public static IReadOnlyList<string> Platforms(ReadOnlySpan<byte> head) =>
        head switch
        {
            [(byte)'M', (byte)'Z', ..] => Windows(head),
            [0x7F, (byte)'E', (byte)'L', (byte)'F', ..] =>
            [
                $"linux-{Elf(BinaryPrimitives.ReadUInt16LittleEndian(head[18..]))}",
            ],
            [0xCF, 0xFA, 0xED, 0xFE, ..] => [$"osx-{Mach(BinaryPrimitives.ReadUInt32LittleEndian(head[4..]))}"],
            [0xCA, 0xFE, 0xBA, 0xBE, ..] => Universal(head),
            _ => [],
        };

    private static IReadOnlyList<string> Windows(ReadOnlySpan<byte> head)
    {
        const int optionalHeader = 24;
        const int pe32Plus = 0x20B;
        const int commonLanguageRuntime = 14;
        var pe = head[BinaryPrimitives.ReadInt32LittleEndian(head[0x3C..])..];
        var isWide = BinaryPrimitives.ReadUInt16LittleEndian(pe[optionalHeader..]) == pe32Plus;
        var directories = optionalHeader + (isWide ? 112 : 96);
        if (BinaryPrimitives.ReadUInt32LittleEndian(pe[(directories + 8 * commonLanguageRuntime)..]) != 0)
            return [];
        var machine = BinaryPrimitives.ReadUInt16LittleEndian(pe[4..]);
        return [$"win-{(machine == 0x8664 ? "x64" : $"machine {machine:X}")}"];
    }

    private static List<string> Universal(ReadOnlySpan<byte> head)
    {
        const int entry = 20;
        var platforms = new List<string>();
        for (var i = 0; i < BinaryPrimitives.ReadInt32BigEndian(head[4..]); i++)
            platforms.Add($"osx-{Mach(BinaryPrimitives.ReadUInt32BigEndian(head[(8 + entry * i)..]))}");
        return platforms;
    }

    private static string Elf(ushort machine) =>
        machine switch
        {
            62 => "x64",
            183 => "arm64",
            _ => $"machine {machine}",
        };

    private static string Mach(uint cpu) =>
        cpu switch
        {
            0x01000007 => "x64",
            0x0100000C => "arm64",
            _ => $"cpu {cpu:X}",
        };
}
