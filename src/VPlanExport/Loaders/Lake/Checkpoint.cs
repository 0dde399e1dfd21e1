using System.Text.Json;
using Parquet.Serialization;
using VPlanExport.Storage;

namespace VPlanExport.Loaders.Lake;

/// <summary>The state of a table as a Parquet file of actions.</summary>
internal sealed class Checkpoint(IStore store, string table)
{
    /// <param name="tombstonesFrom">Milliseconds since 1970: older tombstones are left out.</param>
    public async Task WriteAsync(Snapshot snapshot, long tombstonesFrom, CancellationToken cancellationToken)
    {
        var actions = snapshot.Actions(tombstonesFrom).ToList();
        var path = LogFiles.Checkpoint(table, snapshot.Version);
        await store.PutAsync(path, stream => ParquetSerializer.SerializeAsync(actions, stream, cancellationToken: cancellationToken), cancellationToken);
        if (await ReadAsync(snapshot.Version, cancellationToken) is not { } back || back.Files.Count != snapshot.Files.Count)
            throw new SinkException($"The checkpoint '{path}' in {store.Location} cannot be read back: check the disk, delete the file and start again.");
        var last = JsonSerializer.SerializeToUtf8Bytes(new { version = snapshot.Version, size = actions.Count });
        await store.PutAsync(LogFiles.LastCheckpoint(table), stream => stream.WriteAsync(last, cancellationToken).AsTask(), cancellationToken);
    }

    /// <summary>The state a checkpoint holds, or null when it is not whole: then the log is read from further back.</summary>
    public async Task<Snapshot?> ReadAsync(long version, CancellationToken cancellationToken)
    {
        await using var stream = await store.OpenAsync(LogFiles.Checkpoint(table, version), cancellationToken);
        if (stream is null)
            return null;
        try
        {
            var snapshot = new Snapshot { Version = version };
            foreach (var action in (await ParquetSerializer.DeserializeAsync<DeltaAction>(stream, cancellationToken: cancellationToken)).Data)
                snapshot.Apply(action);
            return snapshot.MetaData is null ? null : snapshot;
        }
        catch (Exception e) when (e is not OperationCanceledException and not SinkException)
        {
            return null;
        }
    }
}
