using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using VPlanExport.Extract.Http;

namespace VPlanExport.Extract.Paging;

/// <summary>
/// Walks an answer once, in pieces, and keeps only what the pager needs: count, ids and one timestamp. Property names
/// are compared without case (gaps P6); unknown content is skipped, and a value that goes on is scanned again once the
/// buffer is full, not with each piece. <c>data</c> may be an object with numbers for names: PHP makes that of a list
/// from which it has filtered an element. JSON that stops halfway is a <see cref="TransientException"/>, any other that
/// is no list an <see cref="UnreadableException"/>.
/// </summary>
/// <param name="isCounted">The answer must say how many rows match its question.</param>
internal sealed class PageScanner(string seekField, bool isCounted)
{
    private const long MostRows = 1_000_000_000_000;
    private const int FirstBuffer = 64 * 1024;
    private const int RowDepth = 2;
    private readonly List<ScannedRow> _rows = [];
    private Value _awaits = Value.Other;
    private Section _section = Section.Other;
    private bool _namesData;
    private bool _hasData;
    private bool _isNumbered;
    private bool _isDone;
    private bool _hasOtherRows;
    private string? _count;
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

    public static Task<PageScan> ScanAsync(
        Stream json,
        string seekField,
        CancellationToken cancellationToken,
        bool isCounted = false
    ) => new PageScanner(seekField, isCounted).ScanAsync(json, cancellationToken);

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
                var read = await json.ReadAtLeastAsync(
                    buffer.AsMemory(filled),
                    wanted,
                    throwOnEndOfStream: false,
                    cancellationToken
                );
                filled += read;
                var used = Scan(buffer.AsSpan(0, filled), isLast: false, ref state);
                if (read < wanted)
                {
                    ScanRest(buffer.AsSpan(used, filled - used), ref state);
                    return Result();
                }
                isStuck = used == 0;
                filled -= used;
                buffer.AsSpan(used, filled).CopyTo(buffer);
                if (filled == buffer.Length)
                    buffer = Larger(buffer);
            }
        }
        catch (JsonException e)
        {
            throw new UnreadableException($"it is not JSON ({e.Message.TrimEnd('.')})", e);
        }
        catch (InvalidOperationException e)
        {
            throw new UnreadableException(
                $"a name, an id or a timestamp in it is not valid Unicode ({e.Message.TrimEnd('.')})",
                e
            );
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
        while (!_isDone && reader.Read())
            Scan(ref reader);
        state = reader.CurrentState;
        var used = (int)reader.BytesConsumed;
        if (!_isDone)
            return used;
        return JsonBody.IsNothing(bytes[used..])
            ? bytes.Length
            : throw new UnreadableException($"behind its JSON stands '{JsonBody.Excerpt(bytes[used..])}'");
    }

    private void ScanRest(ReadOnlySpan<byte> bytes, ref JsonReaderState state)
    {
        try
        {
            if (!_isDone)
                Scan(bytes, isLast: true, ref state);
        }
        catch (JsonException e)
        {
            throw new TransientException($"the answer is not whole JSON ({e.Message})", inner: e);
        }
    }

    private void Scan(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.PropertyName:
                Name(ref reader);
                return;
            case JsonTokenType.EndObject when reader.CurrentDepth == RowDepth && _section == Section.Data && _hasData:
                _rows.Add(new ScannedRow(_id ?? "", _at));
                (_id, _at) = (null, null);
                break;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                break;
            default:
                StartValue(ref reader);
                break;
        }
        _isDone =
            reader.CurrentDepth == 0 && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray);
    }

    private void StartValue(ref Utf8JsonReader reader)
    {
        var isStructure = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray;
        if (_section == Section.Data && reader.CurrentDepth == 1)
            (_hasData, _isNumbered) = (isStructure, reader.TokenType == JsonTokenType.StartObject);
        else if (
            _section == Section.Data
            && reader.CurrentDepth == RowDepth
            && reader.TokenType != JsonTokenType.StartObject
        )
            _hasOtherRows = true;
        if (isStructure || reader.TokenType == JsonTokenType.Null)
            _awaits = Value.Other;
        else
            Take(ref reader);
    }

    private void Name(ref Utf8JsonReader reader)
    {
        _awaits = Value.Other;
        if (reader.CurrentDepth == 1)
        {
            var isData = Is(ref reader, "data");
            if (isData && _namesData)
                throw new UnreadableException("'data' stands in it twice");
            _namesData |= isData;
            _section =
                isData ? Section.Data
                : Is(ref reader, "errors") ? Section.Errors
                : Section.Other;
            if (Is(ref reader, "count"))
                _awaits = Value.Count;
        }
        else if (
            reader.CurrentDepth == RowDepth
            && _section == Section.Data
            && _isNumbered
            && !IsNumber(reader.ValueSpan)
        )
        {
            throw new UnreadableException(
                $"its 'data' is an object with names such as '{JsonBody.Excerpt(reader.ValueSpan)}', not a list"
            );
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
                TakeCount(Text(ref reader));
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

    private void TakeCount(string text)
    {
        if (_count is not null && _count != text)
            throw new UnreadableException($"'count' stands in it twice, as '{_count}' and as '{text}'");
        _count = text;
    }

    /// <summary>A whole number in any form that PHP gives it: 60, "60", 60.0, 6e1.</summary>
    private static long? NumberOf(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var count)
        && count is >= 0 and <= MostRows
        && count == decimal.Truncate(count)
            ? (long)count
            : null;

    private static bool IsNumber(ReadOnlySpan<byte> name) =>
        name.Length > 0 && name.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;

    private static bool Is(ref Utf8JsonReader reader, string name) =>
        reader.ValueTextEquals(name)
        || (
            reader.ValueSpan.Length == name.Length
            && string.Equals(reader.GetString(), name, StringComparison.OrdinalIgnoreCase)
        );

    private static string Text(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String ? reader.GetString()! : Encoding.UTF8.GetString(reader.ValueSpan);

    private PageScan Result()
    {
        if (_error.IsTooLarge)
            throw new PageTooLargeException(_error.Text);
        if (!_hasData)
            throw new UnreadableException(
                _error == VPlanError.None
                    ? "it is whole JSON, but not a list: it has no rows in 'data'"
                    : $"it is an error, not a list: {_error.Text}"
            );
        if (isCounted && _hasOtherRows)
            throw new UnreadableException("one of the rows in 'data' is not an object");
        var count = NumberOf(_count);
        return isCounted && count is null ? throw new UnreadableException(Uncounted) : new PageScan(count, _rows);
    }

    private string Uncounted =>
        _count is null
            ? "it carries no count, so nothing could prove that it was read completely"
            : $"its count is '{JsonBody.Excerpt(Encoding.UTF8.GetBytes(_count))}', which is no number of rows";
}

/// <summary>What the pager needs of a row: its id and the text of the timestamp it seeks by.</summary>
internal readonly record struct ScannedRow(string Id, string? At);

/// <summary>What the pager needs of an answer.</summary>
/// <param name="Count">Rows that match the question, on this page or not (A samples, D); null when the answer does not
/// say.</param>
internal sealed record PageScan(long? Count, IReadOnlyList<ScannedRow> Rows);
