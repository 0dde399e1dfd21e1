using System.Globalization;
using System.Text;
using System.Text.Json;
using VPlanExport.Dialects;
using VPlanExport.Lake.Delta;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Storage;

namespace VPlanExport.Lake;

/// <summary>The Parquet files of one lake table.</summary>
internal sealed class DataFiles(IStore store, Table table, TimeProvider clock)
{
    /// <summary>Rows after which a rewritten file is closed and the next one begun.</summary>
    public const int FullFile = 1_000_000;

    private const string NoMonth = "__HIVE_DEFAULT_PARTITION__";

    private string Advice =>
        $"Restore it from a backup, or delete the folder '{table}' and load it again with 'load --all'.";

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
        await store.PutAsync(
            $"{table}/{path}",
            stream => source.CopyToAsync(stream, cancellationToken),
            cancellationToken
        );
        return await VerifiedAsync(path, file.Month, file.Rows, cancellationToken);
    }

    /// <summary>Writes rows to new files of a partition: none when there are no rows.</summary>
    public async Task<IReadOnlyList<AddFile>> WriteAsync(
        string? month,
        IAsyncEnumerable<RowBatch> rows,
        CancellationToken cancellationToken
    )
    {
        var files = new List<AddFile>();
        await using var source = rows.GetAsyncEnumerator(cancellationToken);
        var more = await source.MoveNextAsync();
        while (more)
        {
            var path = NewPath(month);
            long written = 0;
            await store.PutAsync(
                $"{table}/{path}",
                async stream => (written, more) = await FillAsync(stream, source),
                cancellationToken
            );
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

    private async Task<AddFile> VerifiedAsync(
        string path,
        string? month,
        long rows,
        CancellationToken cancellationToken
    )
    {
        await using var stream =
            await store.OpenAsync($"{table}/{path}", cancellationToken)
            ?? throw new SinkException(
                $"'{table}/{path}' was put in {store.Location} and is not there: check the disk, then start again."
            );
        var footer = await RowFile.ReadFooterAsync(stream, table, cancellationToken);
        if (footer.Rows != rows)
            throw new SinkException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{table}/{path}' in {store.Location} holds {footer.Rows} rows instead of {rows}: check the "
                        + $"disk, then start again."
                )
            );
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

/// <summary>A data file's statistics as Delta's JSON, from the file's footer.</summary>
/// <remarks>Bounds of personal columns stay out: the log outlives the rows.</remarks>
internal static class FileStats
{
    private const int TextLength = 32;
    private static readonly DateTime Last = new(
        DateTime.MaxValue.Ticks - (DateTime.MaxValue.Ticks % TimeSpan.TicksPerMillisecond),
        DateTimeKind.Utc
    );

    public static string Json(RowFileFooter footer, Table table)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteNumber("numRecords", footer.Rows);
            WriteBounds(json, "minValues", footer, table, stats => stats.Min is { } min ? Least(min) : null);
            WriteBounds(json, "maxValues", footer, table, stats => stats.Max is { } max ? Greatest(max) : null);
            json.WriteStartObject("nullCount");
            foreach (var (name, stats) in footer.Columns)
                json.WriteNumber(name, stats.NullCount);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void WriteBounds(
        Utf8JsonWriter json,
        string property,
        RowFileFooter footer,
        Table table,
        Func<ColumnStats, object?> bound
    )
    {
        json.WriteStartObject(property);
        foreach (var column in table.Columns.Where(c => !c.IsPersonal))
        {
            if (footer.Columns.TryGetValue(column.Name, out var stats) && bound(stats) is { } value)
            {
                json.WritePropertyName(column.Name);
                JsonSerializer.Serialize(json, value);
            }
        }
        json.WriteEndObject();
    }

    private static object Least(object value) =>
        value switch
        {
            DateTime time => Milliseconds(time),
            DateOnly date => Day(date),
            string { Length: > TextLength } text => Cut(text),
            _ => value,
        };

    /// <summary>
    /// A bound may be too great, never too small: cut text is continued with the greatest character, cut time is
    /// rounded up. No greater time than the last millisecond of the year 9999 can be written, so it also bounds what
    /// lies within it, as readers of such bounds allow a millisecond more.
    /// </summary>
    private static object Greatest(object value) =>
        value switch
        {
            DateTime time => Milliseconds(time > Last ? Last : time.AddTicks(TimeSpan.TicksPerMillisecond - 1)),
            DateOnly date => Day(date),
            string { Length: > TextLength } text => Cut(text) + "\U0010FFFF",
            _ => value,
        };

    /// <summary>Never through a surrogate pair: half of one is written as a character that sorts elsewhere.</summary>
    private static string Cut(string text) =>
        text[..(char.IsHighSurrogate(text[TextLength - 1]) ? TextLength - 1 : TextLength)];

    private static string Milliseconds(DateTime time) =>
        time.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
