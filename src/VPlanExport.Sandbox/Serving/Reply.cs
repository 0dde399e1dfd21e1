using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;

namespace VPlanExport.Sandbox;

/// <summary>An answer before it is sent: status, body and extra headers. Its buffer is used again once the answer is
/// disposed.</summary>
internal sealed record ApiResponse(int Status, ReadOnlyMemory<byte> Body) : IDisposable
{
    private const int Kept = 16;
    private static readonly ConcurrentBag<ArrayBufferWriter<byte>> Spare = [];
    private ArrayBufferWriter<byte>? buffer;

    public string ContentType { get; init; } = "application/json";

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    public static ApiResponse Ok(Action<Utf8JsonWriter> write) => Json(200, write);

    public static ApiResponse Json(int status, Action<Utf8JsonWriter> write)
    {
        var buffer = Spare.TryTake(out var spare) ? spare : new ArrayBufferWriter<byte>(64 * 1024);
        using (var json = new Utf8JsonWriter(buffer, RecordWriter.Options))
            write(json);
        return new ApiResponse(status, buffer.WrittenMemory) { buffer = buffer };
    }

    /// <summary>The error envelope (README section 9, J).</summary>
    public static ApiResponse Error(int status, int code, string message, string description, string reference) =>
        Json(
            status,
            json =>
            {
                json.WriteStartObject();
                json.WriteString("reference", reference);
                json.WriteStartArray("errors");
                json.WriteStartObject();
                json.WriteNumber("code", code);
                json.WriteString("message", message);
                json.WriteString("description", description);
                json.WriteEndObject();
                json.WriteEndArray();
                json.WriteEndObject();
            }
        );

    public void Dispose()
    {
        if (Interlocked.Exchange(ref buffer, null) is not { } used || Spare.Count >= Kept)
            return;
        used.ResetWrittenCount();
        Spare.Add(used);
    }
}
