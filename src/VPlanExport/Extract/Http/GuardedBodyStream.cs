using System.Globalization;

namespace VPlanExport.Extract.Http;

/// <summary>
/// A body on its way in: each read copies its bytes to <paramref name="copy"/>, must not stall or trickle, and counts
/// towards the largest answer. A connection that breaks off is a <see cref="TransientException"/>, what was never
/// compressed an <see cref="UnreadableException"/>.
/// </summary>
internal sealed class GuardedBodyStream(
    Stream body,
    Stream copy,
    VPlanSettings settings,
    TimeProvider time,
    string path
) : Stream
{
    private readonly long _began = time.GetTimestamp();
    private long _bytes;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _bytes;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var read = await ReadOrStallAsync(buffer, cancellationToken);
        _bytes += read;
        if (read > 0 && time.GetElapsedTime(_began) > settings.BodyTimeout)
            throw new TransientException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the body was not whole after {settings.BodyTimeout.TotalMinutes:N0} minutes"
                )
            );
        if (_bytes > settings.MaxBodyBytes)
            throw new SourceUnavailableException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"vPlan's answer to {path} is larger than {settings.MaxBodyBytes:N0} bytes "
                        + $"(VPlan:MaxBodyMegabytes). Lower VPlan:PageSize or raise the limit; the run resumes."
                )
            );
        await copy.WriteAsync(buffer[..read], cancellationToken);
        return read;
    }

    private async Task<int> ReadOrStallAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        using var stall = new CancellationTokenSource(settings.StallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stall.Token);
        try
        {
            return await body.ReadAsync(buffer, either.Token);
        }
        catch (OperationCanceledException)
            when (stall.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TransientException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the body stalled for {settings.StallTimeout.TotalSeconds:N0} s"
                )
            );
        }
        catch (InvalidDataException e) when (_bytes == 0)
        {
            throw new UnreadableException($"it is not compressed as its Content-Encoding says ({e.Message})", e);
        }
        catch (Exception e) when (e is IOException or HttpRequestException or InvalidDataException)
        {
            throw new TransientException($"the body broke off ({e.Message})", inner: e);
        }
    }

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
