using System.IO.Hashing;

namespace VPlanExport.Storage;

/// <summary>Tells bytes that were changed since from those that were written: XxHash128, in hexadecimal digits.</summary>
public static class Checksum
{
    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexString(XxHash128.Hash(bytes));

    /// <summary>Of a stream from where it stands to its end.</summary>
    public static async Task<string> OfAsync(Stream stream, CancellationToken cancellationToken = default)
    {
        var hash = new XxHash128();
        await hash.AppendAsync(stream, cancellationToken);
        return Convert.ToHexString(hash.GetCurrentHash());
    }
}
