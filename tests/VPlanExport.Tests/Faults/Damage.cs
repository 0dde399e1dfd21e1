namespace VPlanExport.Tests.Faults;

/// <summary>What a bad disk does to a file.</summary>
internal static class Damage
{
    private static readonly double[] Places = [0.37, 0.83];

    /// <summary>Flips a bit here and there, one after the other, and loses the file's second half; it stays like that.</summary>
    /// <param name="from">The first byte that may be flipped.</param>
    /// <param name="then">Told each time what the file has.</param>
    public static async Task OfEveryKindAsync(string file, int from, Func<string, Task> then)
    {
        var whole = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        foreach (var place in Places)
        {
            await WriteAsync(file, Flipped(whole, from + (int)((whole.Length - from) * place)));
            await then("has a bit that was flipped");
        }
        await WriteAsync(file, whole[..(whole.Length / 2)]);
        await then("has lost its second half");
    }

    private static byte[] Flipped(byte[] whole, int at)
    {
        var flipped = whole.ToArray();
        flipped[at] ^= 4;
        return flipped;
    }

    private static Task WriteAsync(string file, byte[] bytes) =>
        File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
}
