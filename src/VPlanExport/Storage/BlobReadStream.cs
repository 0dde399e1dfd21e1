namespace VPlanExport.Storage;

/// <summary>Reads a blob piece by piece; a failure on the way is the store's.</summary>
internal sealed class BlobReadStream(Stream blob, string what, BlobAccess access) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => blob.Length;

    public override long Position
    {
        get => blob.Position;
        set => blob.Position = value;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return blob.Read(buffer, offset, count);
        }
        catch (Exception e) when (BlobFault.IsFault(e))
        {
            throw BlobFault.Of(what, e, access);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await blob.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception e) when (BlobFault.IsFault(e) && !cancellationToken.IsCancellationRequested)
        {
            throw BlobFault.Of(what, e, access);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => blob.Seek(offset, origin);

    public override void Flush()
    {
        // There is nothing to write.
    }

    public override void SetLength(long value) =>
        throw new NotSupportedException("A blob that is read cannot be written.");

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("A blob that is read cannot be written.");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            blob.Dispose();
        base.Dispose(disposing);
    }
}
