using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace VPlanExport.Extract.Http;

/// <summary>
/// The JSON of an answer, from its first byte on. PHP files leave byte order marks and blanks before it, which are
/// dropped (RFC 8259, 8.1). Of a good answer, everything but JSON is refused by name: the body decides, whatever its
/// <c>Content-Type</c> says.
/// </summary>
/// <param name="path">The URL's path, for messages.</param>
/// <param name="type">The <c>Content-Type</c>, for messages; null when there is none.</param>
/// <param name="isJudged">False for the body of an error, which may be anything.</param>
internal sealed partial class JsonBody(Stream body, string path, string? type, bool isJudged) : Stream
{
    /// <summary>The byte order mark of UTF-8.</summary>
    public static readonly byte[] Mark = [0xEF, 0xBB, 0xBF];

    private const int LongestExcerpt = 60;
    private static readonly SearchValues<byte> Nothing = SearchValues.Create([.. Mark, .. " \t\r\n"u8]);
    private readonly byte[] _start = new byte[1024];
    private int _at;
    private int _end;
    private bool _hasBegun;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    private Span<byte> Start => _start.AsSpan(_at, _end - _at);

    /// <summary>Blanks, and bytes of the mark, which may stand behind the JSON, too.</summary>
    public static bool IsNothing(ReadOnlySpan<byte> bytes) => bytes.IndexOfAnyExcept(Nothing) < 0;

    /// <summary>What a text starts with, on one line.</summary>
    public static string Excerpt(ReadOnlySpan<byte> text)
    {
        var line = Unprintable().Replace(Encoding.UTF8.GetString(text), " ").Trim();
        return line.Length <= LongestExcerpt ? line : line[..LongestExcerpt] + "…";
    }

    /// <summary>A blank stands for those that were dropped, so that a body of nothing else is seen to go on.</summary>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (!_hasBegun)
        {
            var read = await FillAsync(cancellationToken);
            var hasSkipped = Skip();
            if (read == 0 || (Start.Length >= 2 && !Mark.AsSpan().StartsWith(Start)))
                await BeginAsync(cancellationToken);
            else if (hasSkipped)
                return Blank(buffer);
        }
        if (_at == _end)
            return await body.ReadAsync(buffer, cancellationToken);
        var count = Math.Min(buffer.Length, Start.Length);
        Start[..count].CopyTo(buffer.Span);
        _at += count;
        return count;
    }

    private static int Blank(Memory<byte> buffer)
    {
        buffer.Span[0] = (byte)' ';
        return 1;
    }

    private async Task<int> FillAsync(CancellationToken cancellationToken)
    {
        Start.CopyTo(_start);
        (_at, _end) = (0, Start.Length);
        var read = await body.ReadAsync(_start.AsMemory(_end), cancellationToken);
        _end += read;
        return read;
    }

    private bool Skip()
    {
        var before = _at;
        while (
            Start.Length > 0
            && (Start[0] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' || Start.StartsWith(Mark))
        )
            _at += Start[0] == Mark[0] ? Mark.Length : 1;
        return _at > before;
    }

    private async Task BeginAsync(CancellationToken cancellationToken)
    {
        _hasBegun = true;
        if (
            !isJudged
            || Start.Length == 0
            || (Start[0] is (byte)'{' or (byte)'[' && !Start[..Math.Min(2, Start.Length)].Contains((byte)0))
        )
            return;
        while (_end < _start.Length && await FillAsync(cancellationToken) > 0) { }
        Judge(Start);
    }

    private void Judge(ReadOnlySpan<byte> start)
    {
        var text = Encoding.UTF8.GetString(start);
        if (start is [0x1F, 0x8B, ..])
            throw new UnreadableException("it is compressed with gzip, and no Content-Encoding says so");
        if (start is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] || start[..Math.Min(4, start.Length)].Contains((byte)0))
            throw new UnreadableException("it is UTF-16 or UTF-32 text, and JSON is UTF-8");
        if (PhpError().IsMatch(text))
            throw PhpPrinted(text, Excerpt(Encoding.UTF8.GetBytes(Tag().Replace(text, ""))));
        if (IsHtml || Html().IsMatch(text))
            throw new TransientException(
                $"{(IsHtml ? type : "an HTML page")} instead of JSON: vPlan's notice that it is not available"
            );
        if (!IsJson || start[0] == (byte)'<')
            throw new UnreadableException(
                $"it is {type ?? "of no type"} and starts with '{Excerpt(start)}', which is not JSON"
            );
    }

    /// <summary>Of memory and time PHP needs less for a smaller page.</summary>
    private Exception PhpPrinted(string text, string excerpt) =>
        OutOfResources().IsMatch(text)
            ? new PageTooLargeException($"vPlan's PHP printed '{excerpt}' instead of an answer to {path}")
            : new UnreadableException($"vPlan's PHP printed '{excerpt}' before the JSON");

    private bool IsHtml => type?.Contains("html", StringComparison.OrdinalIgnoreCase) == true;

    private bool IsJson => type is null || type.Contains("json", StringComparison.OrdinalIgnoreCase);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            body.Dispose();
        base.Dispose(disposing);
    }

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>With and without <c>html_errors</c>, and as Xdebug shows it.</summary>
    [GeneratedRegex(
        @"^(<br ?/?>|<b>|\s)*(PHP )?"
            + @"(warning|notice|deprecated|(recoverable )?fatal error|parse error|strict standards)(</b>)?:"
            + @"|^(<br ?/?>|\s)*<font[^>]*><table class='xdebug",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex PhpError();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(
        "allowed memory size|maximum execution time",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex OutOfResources();

    [GeneratedRegex("^<(!doctype html|html|head|body)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Html();

    [GeneratedRegex(@"[\s\p{C}]+")]
    private static partial Regex Unprintable();
}

/// <summary>A body that is held in memory, as one JSON value.</summary>
internal static class WholeJson
{
    /// <exception cref="TransientException">It stops halfway.</exception>
    /// <exception cref="UnreadableException">It is not JSON, or there is more than one value.</exception>
    public static JsonDocument Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body, isFinalBlock: false, default);
            if (!JsonDocument.TryParseValue(ref reader, out var json))
                return ParseLast(body);
            if (JsonBody.IsNothing(body[(int)reader.BytesConsumed..]))
                return json;
            json.Dispose();
            throw new UnreadableException(
                $"behind its JSON stands '{JsonBody.Excerpt(body[(int)reader.BytesConsumed..])}'"
            );
        }
        catch (JsonException e)
        {
            throw new UnreadableException($"it is not JSON ({e.Message.TrimEnd('.')})", e);
        }
    }

    /// <summary>The body without the byte order mark that PHP files leave before it.</summary>
    public static ReadOnlySpan<byte> Unmarked(ReadOnlySpan<byte> body) =>
        body.StartsWith(JsonBody.Mark) ? body[JsonBody.Mark.Length..] : body;

    /// <summary>The first value of a body, whatever stands behind it.</summary>
    /// <exception cref="JsonException">It is not whole.</exception>
    public static JsonDocument ParseFirst(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        return JsonDocument.ParseValue(ref reader);
    }

    /// <summary>Only the end tells whether a number is whole.</summary>
    private static JsonDocument ParseLast(ReadOnlySpan<byte> body)
    {
        try
        {
            return ParseFirst(body);
        }
        catch (JsonException e)
        {
            throw new TransientException($"the answer is not whole JSON ({e.Message})", inner: e);
        }
    }
}
