namespace VPlanExport.Storage;

/// <summary>Files that are held against the checksum they were written with, where the place does not do so itself.</summary>
public static class CheckedFile
{
    /// <summary>What to remember of a file for <see cref="OpenAsync"/>; null where nothing is.</summary>
    public static async Task<string?> ChecksumAsync(this IStore store, string path, CancellationToken cancellationToken = default)
    {
        if (store.FindsDamage)
            return null;
        await using var stream = await store.OpenAsync(path, cancellationToken);
        return stream is null ? null : await Checksum.OfAsync(stream, cancellationToken);
    }

    /// <summary>The file, from its start; null when there is none.</summary>
    /// <param name="checksum">Null when it was written without one.</param>
    /// <param name="advice">What to do with a damaged file.</param>
    /// <exception cref="SinkException">It holds other bytes than were written.</exception>
    public static async Task<Stream?> OpenAsync(this IStore store, string path, string? checksum, string advice, CancellationToken cancellationToken = default)
    {
        var stream = await store.OpenAsync(path, cancellationToken);
        if (stream is null || checksum is null || store.FindsDamage)
            return stream;
        var found = await Checksum.OfAsync(stream, cancellationToken);
        if (found == checksum)
        {
            stream.Position = 0;
            return stream;
        }
        await stream.DisposeAsync();
        throw new SinkException($"'{path}' in {store.Location} is damaged: its checksum is {found}, and was {checksum} when it was written. {advice}");
    }
}
