using System.Security.Cryptography;
using System.Text;

namespace VPlanExport.PowerBi;

/// <summary>Ids that stay the same whenever a project is generated (UUID version 5, RFC 9562): without them each
/// generation looks like new objects.</summary>
internal static class StableGuid
{
    private const int Length = 16;
    private static readonly byte[] Namespace = Convert.FromHexString("5b1d0c3e2f7a4c6e9d40a1b2c3d4e5f6");

    /// <param name="name">The catalog's name, which no language changes: such as <c>table/dim_card/name</c>.</param>
    public static string Of(string name)
    {
        var hash = SHA1.HashData([.. Namespace, .. Encoding.UTF8.GetBytes(name)]);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash.AsSpan(0, Length), bigEndian: true).ToString("D");
    }
}
