using System.Text.Json;
using System.Text.Json.Serialization;
using Parquet.Serialization;
using VPlanExport.Storage;

namespace VPlanExport.Lake.Delta;

/// <summary>The state of a table as a Parquet file of actions.</summary>
internal sealed class Checkpoint(IStore store, string table)
{
    /// <param name="tombstonesFrom">Milliseconds since 1970: older tombstones are left out.</param>
    public async Task WriteAsync(Snapshot snapshot, long tombstonesFrom, CancellationToken cancellationToken)
    {
        var actions = snapshot.Actions(tombstonesFrom).ToList();
        var path = LogFiles.Checkpoint(table, snapshot.Version);
        await store.PutAsync(
            path,
            stream => ParquetSerializer.SerializeAsync(actions, stream, cancellationToken: cancellationToken),
            cancellationToken
        );
        if (
            await ReadAsync(snapshot.Version, cancellationToken) is not { } back
            || back.Files.Count != snapshot.Files.Count
        )
            throw new SinkException(
                $"The checkpoint '{path}' in {store.Location} cannot be read back: check the disk, delete the "
                    + "file and start again."
            );
        var last = JsonSerializer.SerializeToUtf8Bytes(
            new LastCheckpoint(
                snapshot.Version,
                actions.Count,
                AddFile.TagsOf(await store.ChecksumAsync(path, cancellationToken))
            )
        );
        await store.PutAsync(
            LogFiles.LastCheckpoint(table),
            stream => stream.WriteAsync(last, cancellationToken).AsTask(),
            cancellationToken
        );
    }

    /// <summary>The state a checkpoint holds, or null when it is not whole: then the log is read from further
    /// back.</summary>
    public async Task<Snapshot?> ReadAsync(long version, CancellationToken cancellationToken)
    {
        await using var stream = await store.OpenAsync(LogFiles.Checkpoint(table, version), cancellationToken);
        if (stream is null)
            return null;
        if (
            await ChecksumAsync(version, cancellationToken) is { } checksum
            && await store.ChecksumAsync(LogFiles.Checkpoint(table, version), cancellationToken) is { } found
            && found != checksum
        )
            return null;
        try
        {
            var snapshot = new Snapshot { Version = version };
            foreach (
                var action in (
                    await ParquetSerializer.DeserializeAsync<DeltaAction>(stream, cancellationToken: cancellationToken)
                ).Data
            )
                snapshot.Apply(action);
            return snapshot.MetaData is null ? null : snapshot;
        }
        catch (Exception e) when (e is not OperationCanceledException and not SinkException)
        {
            return null;
        }
    }

    /// <summary>Of the last checkpoint; that of an earlier one is not known any more.</summary>
    private async Task<string?> ChecksumAsync(long version, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(LogFiles.LastCheckpoint(table), cancellationToken) is not { } file)
            return null;
        try
        {
            var last = JsonSerializer.Deserialize<LastCheckpoint>(file.Content);
            return last?.Version == version ? last.Tags?.GetValueOrDefault(AddFile.ChecksumTag) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>As <c>_last_checkpoint</c> tells of it.</summary>
    private sealed record LastCheckpoint(
        [property: JsonPropertyName("version")] long Version,
        [property: JsonPropertyName("size")] long Size,
        [property: JsonPropertyName("tags")] Dictionary<string, string?>? Tags
    );
}
