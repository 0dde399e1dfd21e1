using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace VPlanExport.Extractors;

/// <summary>
/// Walks an answer once, in pieces, and keeps only what the pager needs: count, ids and one timestamp. Property names are compared without
/// case (gaps P6); unknown content is skipped, and a value that goes on is scanned again once the buffer is full, not with each piece. Broken,
/// truncated or too deeply nested JSON is a <see cref="TransientException"/>.
/// </summary>
internal sealed class PageScanner(string seekField)
{
    private const int FirstBuffer = 64 * 1024;
    private const int RowDepth = 2;
    private readonly List<ScannedRow> _rows = [];
    private Value _awaits = Value.Other;
    private Section _section = Section.Other;
    private bool _namesData;
    private bool _hasData;
    private long? _count;
    private string? _id;
    private string? _at;
    private VPlanError _error = VPlanError.None;

    private enum Section
    {
        Other,
        Data,
        Errors,
    }

    private enum Value
    {
        Other,
        Count,
        Id,
        At,
        Code,
        Message,
    }

    public static Task<PageScan> ScanAsync(Stream json, string seekField, CancellationToken cancellationToken) =>
        new PageScanner(seekField).ScanAsync(json, cancellationToken);

    private async Task<PageScan> ScanAsync(Stream json, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            var state = new JsonReaderState();
            var (filled, isStuck) = (0, false);
            while (true)
            {
                var wanted = isStuck ? buffer.Length - filled : 1;
                var read = await json.ReadAtLeastAsync(buffer.AsMemory(filled), wanted, throwOnEndOfStream: false, cancellationToken);
                filled += read;
                var used = Scan(buffer.AsSpan(0, filled), read < wanted, ref state);
                if (read < wanted)
                    return Result();
                isStuck = used == 0;
                filled -= used;
                buffer.AsSpan(used, filled).CopyTo(buffer);
                if (filled == buffer.Length)
                    buffer = Larger(buffer);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new TransientException($"the answer is not whole JSON ({e.Message})", inner: e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Larger(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private int Scan(ReadOnlySpan<byte> bytes, bool isLast, ref JsonReaderState state)
    {
        var reader = new Utf8JsonReader(bytes, isLast, state);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    Name(ref reader);
                    break;
                case JsonTokenType.EndObject when reader.CurrentDepth == RowDepth && _section == Section.Data:
                    _rows.Add(new ScannedRow(_id ?? "", _at));
                    (_id, _at) = (null, null);
                    break;
                case JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                    Take(ref reader);
                    break;
                case JsonTokenType.StartArray when reader.CurrentDepth == 1 && _section == Section.Data:
                    _hasData = true;
                    break;
            }
        }
        state = reader.CurrentState;
        return (int)reader.BytesConsumed;
    }

    private void Name(ref Utf8JsonReader reader)
    {
        _awaits = Value.Other;
        if (reader.CurrentDepth == 1)
        {
            var isData = Is(ref reader, "data");
            if (isData && _namesData)
                throw new JsonException("'data' stands in it twice");
            _namesData |= isData;
            _section = isData ? Section.Data : Is(ref reader, "errors") ? Section.Errors : Section.Other;
            if (Is(ref reader, "count"))
                _awaits = Value.Count;
        }
        else if (reader.CurrentDepth == RowDepth + 1)
        {
            _awaits = _section switch
            {
                Section.Data when Is(ref reader, "id") => Value.Id,
                Section.Data when Is(ref reader, seekField) => Value.At,
                Section.Errors when Is(ref reader, "code") => Value.Code,
                Section.Errors when Is(ref reader, "message") => Value.Message,
                _ => Value.Other,
            };
        }
    }

    private void Take(ref Utf8JsonReader reader)
    {
        switch (_awaits)
        {
            case Value.Other:
                return;
            case Value.Count:
                _count = long.TryParse(Text(ref reader), NumberStyles.Integer, CultureInfo.InvariantCulture, out var count) ? count : null;
                break;
            case Value.Id:
                _id = Text(ref reader);
                break;
            case Value.At:
                _at = Text(ref reader);
                break;
            case Value.Code:
                _error = _error with { Code = Text(ref reader) };
                break;
            case Value.Message:
                _error = _error with { Message = Text(ref reader) };
                break;
        }
        _awaits = Value.Other;
    }

    private static bool Is(ref Utf8JsonReader reader, string name) =>
        reader.ValueTextEquals(name) || (reader.ValueSpan.Length == name.Length && string.Equals(reader.GetString(), name, StringComparison.OrdinalIgnoreCase));

    private static string Text(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString()! : System.Text.Encoding.UTF8.GetString(reader.ValueSpan);

    private PageScan Result()
    {
        if (_error.IsTooLarge)
            throw new PageTooLargeException(_error.Text);
        if (!_hasData)
            throw new TransientException($"the answer is not a list {_error.Text}".TrimEnd());
        return new PageScan(_count, _rows);
    }
}
