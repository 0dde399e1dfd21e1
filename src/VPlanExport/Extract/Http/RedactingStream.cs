using System.Text;

namespace VPlanExport.Extract.Http;

/// <summary>
/// A body in which stars stand for a secret that vPlan repeats, as many as it has bytes. What may be the beginning of
/// one is held back until it is known.
/// </summary>
internal sealed class RedactingStream(Stream body, Secrets secrets) : Stream
{
    private const int Shortest = 64 * 1024;
    private readonly Secrets.InBytes _secrets = secrets.Bytes;
    private readonly byte[] _buffer = new byte[Size(secrets)];
    private readonly char[] _characters = new char[Size(secrets)];
    private int _start;
    private int _known;
    private int _end;
    private bool _isWhole;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    private int HeldBack => _isWhole || _secrets.Forms.Count == 0 ? 0 : _secrets.Forms[0].Length - 1;

    /// <summary>What is held back leaves room to read on.</summary>
    private static int Size(Secrets secrets) =>
        Math.Max(Shortest, 4 * secrets.Bytes.Forms.Select(f => f.Length).FirstOrDefault());

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (_start == _known && !_isWhole)
            await FillAsync(cancellationToken);
        var count = Math.Min(buffer.Length, _known - _start);
        _buffer.AsMemory(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        var read = await body.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        _end += read;
        _isWhole = read == 0;
        _known = Math.Max(0, _end - HeldBack);
        if (!HoldsAny(_buffer.AsSpan(0, _end)))
            return;
        // What begins behind that may still go on as a longer form, so it waits.
        foreach (var secret in _secrets.Forms)
            Mask(_buffer.AsSpan(0, Math.Min(_end, _known + secret.Length - 1)), secret);
    }

    /// <summary>Looks for all of them at once, which only texts can be searched for: a character a byte.</summary>
    private bool HoldsAny(ReadOnlySpan<byte> bytes) =>
        _characters.AsSpan(0, Encoding.Latin1.GetChars(bytes, _characters)).ContainsAny(_secrets.Any);

    private static void Mask(Span<byte> bytes, ReadOnlySpan<byte> secret)
    {
        for (var at = bytes.IndexOf(secret); at >= 0; at = bytes.IndexOf(secret))
            bytes.Slice(at, secret.Length).Fill((byte)'*');
    }

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
}
