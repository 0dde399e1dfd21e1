using System.IO.Hashing;
using System.Text;
using System.Text.Json;

namespace VPlanExport.Storage;

/// <summary>
/// JSON files of this tool's own. An object ends with a checksum of what stands before it, so that what was changed
/// since is not taken for what was written; a file of an earlier version has none.
/// </summary>
internal static class ChecksummedJson
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private static ReadOnlySpan<byte> Key => "\"Checksum\": \""u8;

    public static Task PutJsonAsync<T>(this IStore store, string path, T value, CancellationToken cancellationToken) =>
        store.PutAsync(path, stream => stream.WriteAsync(Write(value), cancellationToken).AsTask(), cancellationToken);

    /// <summary>What was put; the default when there is no such file.</summary>
    /// <param name="advice">What to do with a file that is not what was put.</param>
    /// <exception cref="SinkException">The file is not what this tool wrote.</exception>
    public static async Task<T?> ReadJsonAsync<T>(
        this IStore store,
        string path,
        string advice,
        CancellationToken cancellationToken
    )
    {
        if (await store.ReadAsync(path, cancellationToken) is not { } file)
            return default;
        try
        {
            return Read<T>(file.Content);
        }
        catch (Exception e)
            when (e is JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            throw new SinkException(
                $"{store.Location}/{path} cannot be read: {e.Message} The file was changed or damaged outside "
                    + $"this tool; nothing was touched. {advice}",
                e
            );
        }
    }

    internal static byte[] Write<T>(T value)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(value, Json);
        if (json[^1] != '}')
            return json;
        var body = json.AsSpan(..^1).TrimEnd("\r\n "u8);
        return [.. body, .. Seal(body)];
    }

    /// <exception cref="JsonException">It is not what was written.</exception>
    internal static T Read<T>(ReadOnlySpan<byte> file) =>
        file.LastIndexOf(Key) < 0 ? Parse<T>(file) : ReadSealed<T>(file);

    /// <summary>Reads a file that no version wrote without a checksum.</summary>
    /// <exception cref="JsonException">It is not what was written.</exception>
    internal static T ReadSealed<T>(ReadOnlySpan<byte> file)
    {
        var at = file.LastIndexOf(Key);
        if (at < 0)
            throw new JsonException("It has no checksum.");
        var body = file[..at].TrimEnd("\r\n "u8);
        body = body.EndsWith(","u8) ? body[..^1] : body;
        return file[body.Length..].SequenceEqual(Seal(body))
            ? Parse<T>([.. body, (byte)'}'])
            : throw new JsonException("Its checksum is not that of what was written.");
    }

    private static T Parse<T>(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<T>(json, Json) ?? throw new JsonException("The file holds null.");

    private static byte[] Seal(ReadOnlySpan<byte> body) =>
        Encoding.UTF8.GetBytes($"{(body.EndsWith("{"u8) ? "" : ",")}\n  \"Checksum\": \"{Checksum.Of(body)}\"\n}}");
}

/// <summary>Files that are held against the checksum they were written with, where the place does not do so
/// itself.</summary>
internal static class VerifiedRead
{
    /// <summary>What to remember of a file for <see cref="OpenAsync"/>; null where nothing is.</summary>
    public static async Task<string?> ChecksumAsync(this IStore store, string path, CancellationToken cancellationToken)
    {
        if (store.DetectsCorruption)
            return null;
        await using var stream = await store.OpenAsync(path, cancellationToken);
        return stream is null ? null : await Checksum.OfAsync(stream, cancellationToken);
    }

    /// <summary>The file, from its start; null when there is none.</summary>
    /// <param name="checksum">Null when it was written without one.</param>
    /// <param name="advice">What to do with a damaged file.</param>
    /// <exception cref="SinkException">It holds other bytes than were written.</exception>
    public static async Task<Stream?> OpenAsync(
        this IStore store,
        string path,
        string? checksum,
        string advice,
        CancellationToken cancellationToken
    )
    {
        var stream = await store.OpenAsync(path, cancellationToken);
        if (stream is null || checksum is null || store.DetectsCorruption)
            return stream;
        var found = await Checksum.OfAsync(stream, cancellationToken);
        if (found == checksum)
        {
            stream.Position = 0;
            return stream;
        }
        await stream.DisposeAsync();
        throw new SinkException(
            $"'{path}' in {store.Location} is damaged: its checksum is {found}, and was {checksum} when it was "
                + $"written. {advice}"
        );
    }
}

/// <summary>Tells bytes that were changed since from those that were written: XxHash128, in hexadecimal
/// digits.</summary>
internal static class Checksum
{
    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexString(XxHash128.Hash(bytes));

    /// <summary>Of a stream from where it stands to its end.</summary>
    public static async Task<string> OfAsync(Stream stream, CancellationToken cancellationToken)
    {
        var hash = new XxHash128();
        await hash.AppendAsync(stream, cancellationToken);
        return Convert.ToHexString(hash.GetCurrentHash());
    }
}
