using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace VPlanExport.Storage;

/// <summary>
/// Seals bytes so that only the holder of the key reads them and every change of them is found: AES-256-GCM. Each box
/// has a key of its own, which HKDF derives from the given key and a random salt, so no nonce ever meets the same key
/// twice.
/// </summary>
/// <param name="key">So many bytes: <see cref="KeyBytes"/>.</param>
internal sealed class Seal(byte[] key)
{
    public const int KeyBytes = 32;

    private const byte Form = 1;
    private const int IdBytes = 8;
    private const int SaltBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int SaltAt = 1 + IdBytes;
    private const int NonceAt = SaltAt + SaltBytes;
    private const int TagAt = NonceAt + NonceBytes;
    private const int ContentAt = TagAt + TagBytes;

    private readonly byte[] _id = Derived(key, [], "id", IdBytes);

    /// <param name="about">What the box is for; it opens only for the same.</param>
    /// <returns>Letters, digits, hyphens and underscores.</returns>
    public string Close(ReadOnlySpan<byte> content, string about)
    {
        var box = new byte[ContentAt + content.Length];
        box[0] = Form;
        _id.CopyTo(box, 1);
        RandomNumberGenerator.Fill(box.AsSpan(SaltAt, SaltBytes + NonceBytes));
        using var cipher = Cipher(box);
        cipher.Encrypt(
            box.AsSpan(NonceAt, NonceBytes),
            content,
            box.AsSpan(ContentAt),
            box.AsSpan(TagAt, TagBytes),
            Encoding.UTF8.GetBytes(about)
        );
        return Base64Url.EncodeToString(box);
    }

    /// <returns>Null for what was not closed with this key for the same, or was changed since.</returns>
    public byte[]? Open(string text, string about)
    {
        if (BytesOf(text) is not { } box)
            return null;
        var content = new byte[box.Length - ContentAt];
        using var cipher = Cipher(box);
        try
        {
            cipher.Decrypt(
                box.AsSpan(NonceAt, NonceBytes),
                box.AsSpan(ContentAt),
                box.AsSpan(TagAt, TagBytes),
                content,
                Encoding.UTF8.GetBytes(about)
            );
            return content;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>Whether a box that does not open was closed with another key, and not damaged.</summary>
    public bool IsOfAnotherKey(string text) =>
        BytesOf(text) is { } box && box[0] == Form && !box.AsSpan(1, IdBytes).SequenceEqual(_id);

    /// <summary>Whether what stands before the box itself is as it was written; the box opens whatever stands
    /// there.</summary>
    public bool IsOfThisKey(string text) =>
        BytesOf(text) is { } box
        && box[0] == Form
        && box.AsSpan(1, IdBytes).SequenceEqual(_id)
        && Base64Url.EncodeToString(box) == text;

    private static byte[]? BytesOf(string text) =>
        Base64Url.IsValid(text, out var length) && length >= ContentAt ? Base64Url.DecodeFromChars(text) : null;

    private AesGcm Cipher(ReadOnlySpan<byte> box) =>
        new(Derived(key, box.Slice(SaltAt, SaltBytes).ToArray(), "box", KeyBytes), TagBytes);

    private static byte[] Derived(byte[] key, byte[] salt, string use, int bytes) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, bytes, salt, Encoding.UTF8.GetBytes($"vplan-export {use}"));
}
