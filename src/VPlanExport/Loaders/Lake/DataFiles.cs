using System.Globalization;
using VPlanExport.Dialects;
using VPlanExport.Model;
using VPlanExport.Storage;

namespace VPlanExport.Loaders.Lake;

/// <summary>The Parquet files of one lake table.</summary>
internal sealed class DataFiles(IStore store, Table table, TimeProvider clock)
{
    /// <summary>Rows after which a rewritten file is closed and the next one begun.</summary>
    public const int FullFile = 1_000_000;

    private const string NoMonth = "__HIVE_DEFAULT_PARTITION__";

    private string Advice => $"Restore it from a backup, or delete the folder '{table}' and load it again with 'load --all'.";

    /// <exception cref="SinkException">The file is not there or not what was written.</exception>
    public async Task<Stream> OpenAsync(AddFile file, CancellationToken cancellationToken)
    {
        var path = $"{table}/{file.LocalPath}";
        return await store.OpenAsync(path, file.Checksum, Advice, cancellationToken)
            ?? throw new SinkException($"Table {table} needs '{path}', which is not in {store.Location}. {Advice}");
    }

    /// <summary>The rows of a file: what the log tells, or its footer where another program left that out.</summary>
    /// <exception cref="SinkException">The file is not there or not what was written.</exception>
    public async Task<long> RowsAsync(AddFile file, CancellationToken cancellationToken)
    {
        if (file.Rows() is var told and > 0)
            return told;
        await using var stream = await OpenAsync(file, cancellationToken);
        return (await RowFile.ReadFooterAsync(stream, table, cancellationToken)).Rows;
    }

    /// <summary>Copies a run's row file as it is.</summary>
    public async Task<AddFile> AdoptAsync(IStore runStore, RowFileInfo file, CancellationToken cancellationToken)
    {
        await using var source = await RunFiles.OpenAsync(runStore, table, file, cancellationToken);
        var path = NewPath(file.Month);
        await store.PutAsync($"{table}/{path}", stream => source.CopyToAsync(stream, cancellationToken), cancellationToken);
        return await VerifiedAsync(path, file.Month, file.Rows, cancellationToken);
    }

    /// <summary>Writes rows to new files of a partition: none when there are no rows.</summary>
    public async Task<IReadOnlyList<AddFile>> WriteAsync(string? month, IAsyncEnumerable<RowBatch> rows, CancellationToken cancellationToken)
    {
        var files = new List<AddFile>();
        await using var source = rows.GetAsyncEnumerator(cancellationToken);
        var more = await source.MoveNextAsync();
        while (more)
        {
            var path = NewPath(month);
            long written = 0;
            await store.PutAsync($"{table}/{path}", async stream => (written, more) = await FillAsync(stream, source), cancellationToken);
            files.Add(await VerifiedAsync(path, month, written, cancellationToken));
        }
        return files;
    }

    public async Task DiscardAsync(IEnumerable<AddFile> files, CancellationToken cancellationToken)
    {
        foreach (var file in files)
            await store.DeleteAsync($"{table}/{file.Path}", cancellationToken);
    }

    private async Task<(long Rows, bool More)> FillAsync(Stream stream, IAsyncEnumerator<RowBatch> source)
    {
        await using var writer = await RowFileWriter.CreateAsync(table, stream);
        var more = true;
        while (more && writer.Rows < FullFile)
        {
            await writer.WriteAsync(source.Current);
            more = await source.MoveNextAsync();
        }
        return (writer.Rows, more);
    }

    private async Task<AddFile> VerifiedAsync(string path, string? month, long rows, CancellationToken cancellationToken)
    {
        await using var stream = await store.OpenAsync($"{table}/{path}", cancellationToken)
            ?? throw new SinkException($"'{table}/{path}' was put in {store.Location} and is not there: check the disk, then start again.");
        var footer = await RowFile.ReadFooterAsync(stream, table, cancellationToken);
        if (footer.Rows != rows)
            throw new SinkException(string.Create(CultureInfo.InvariantCulture, $"'{table}/{path}' in {store.Location} holds {footer.Rows} rows instead of {rows}: check the disk, then start again."));
        return new AddFile
        {
            Path = path,
            PartitionValues = table.PartitionDate is null ? [] : new() { [DeltaTypes.PartitionColumn] = month },
            Size = stream.Length,
            ModificationTime = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            Stats = FileStats.Json(footer, table),
            Tags = AddFile.TagsOf(await store.ChecksumAsync($"{table}/{path}", cancellationToken)),
        };
    }

    /// <summary>Only characters that a URI leaves alone, so that the path in the log is the path on disk.</summary>
    private string NewPath(string? month)
    {
        var name = $"part-{Guid.NewGuid():N}.snappy.parquet";
        return table.PartitionDate is null ? name : $"{DeltaTypes.PartitionColumn}={month ?? NoMonth}/{name}";
    }
}
