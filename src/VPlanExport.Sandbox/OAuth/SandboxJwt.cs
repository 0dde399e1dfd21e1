using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace VPlanExport.Sandbox;

/// <summary>Access tokens: JWTs of HS256 with user name, expiry and issuer (S:`158922`).</summary>
internal sealed class SandboxJwt
{
    private readonly byte[] key = RandomNumberGenerator.GetBytes(32);

    public string Write(string user, DateTimeOffset from, DateTimeOffset to)
    {
        var header = Part(new { alg = "HS256", typ = "JWT" });
        var claims = Part(
            new
            {
                iss = "vplan-sandbox",
                name = user,
                iat = from.ToUnixTimeSeconds(),
                exp = to.ToUnixTimeSeconds(),
                jti = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
            }
        );
        var signed = $"{header}.{claims}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>What a proof key's challenge must be (RFC 7636, S256).</summary>
    public static string Challenge(string verifier) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    private static string Part<T>(T value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
