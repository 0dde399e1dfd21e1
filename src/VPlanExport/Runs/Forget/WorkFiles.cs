using System.IO.Compression;
using System.Text;
using System.Text.Json;
using CsvHelper;
using VPlanExport.Entities;
using VPlanExport.Extract.Http;
using VPlanExport.Package;
using VPlanExport.Runs.Starts;
using VPlanExport.Storage;

namespace VPlanExport.Runs.Forget;

/// <summary>What the work folder holds of forgotten people: pages, marks and rejected rows of runs, and the logs of
/// starts. Row files are <see cref="RunRows"/>'s.</summary>
/// <param name="store">The work folder.</param>
internal sealed class WorkFiles(IStore store, Forgetting forgetting)
{
    private const string Advice =
        "Move the run's folder away, or restore the file from a backup, then start again what was started.";

    /// <summary>Pages, marks and rejected rows of one run that tell of somebody.</summary>
    /// <param name="writes">False changes nothing.</param>
    public async Task<int> RunAsync(RunFolder run, bool writes, CancellationToken cancellationToken)
    {
        var changed = 0;
        foreach (var file in await run.Store.ListAsync("", cancellationToken))
        {
            if (await TreatedAsync(run.Store, file.Path, cancellationToken) is not { } treated)
                continue;
            changed++;
            if (writes)
                await PutAsync(run.Store, file.Path, treated, cancellationToken);
        }
        return changed;
    }

    /// <summary>Journal and logs of starts that name somebody.</summary>
    public async Task<int> StartsAsync(bool writes, CancellationToken cancellationToken)
    {
        var changed = 0;
        foreach (var folder in new[] { StartJournal.Folder, StartJournal.Logs })
        {
            foreach (var file in await store.ListAsync($"{folder}/", cancellationToken))
            {
                if (await TreatedAsync(store, file.Path, cancellationToken) is not { } treated)
                    continue;
                changed++;
                if (writes)
                    await PutAsync(store, file.Path, treated, cancellationToken);
            }
        }
        return changed;
    }

    /// <returns>What the file becomes; null when it tells of nobody.</returns>
    private async Task<byte[]?> TreatedAsync(IStore place, string path, CancellationToken cancellationToken)
    {
        try
        {
            return Path.GetExtension(path) switch
            {
                ".gz" => Page(path, await UnzippedAsync(place, path, cancellationToken)),
                ".json" when await BytesAsync(place, path, cancellationToken) is { } json => Json(json),
                ".csv" when await BytesAsync(place, path, cancellationToken) is { } csv => await CsvAsync(csv),
                ".log" when await BytesAsync(place, path, cancellationToken) is { } log => Log(log),
                _ => null,
            };
        }
        catch (Exception e) when (e is JsonException or InvalidDataException)
        {
            throw new SinkException($"{place.Location}/{path} is damaged ({e.Message}). {Advice}", e);
        }
    }

    private byte[]? Page(string path, byte[] page)
    {
        using var json = WholeJson.ParseFirst(WholeJson.Unmarked(page));
        var name = path.Split('/')[^2].Split('.')[0];
        var entity = Catalog.All.FirstOrDefault(e => e.Name == name);
        var treated = entity is null ? forgetting.Json(json.RootElement) : forgetting.Page(entity, json.RootElement);
        return treated?.ToArray();
    }

    private byte[]? Json(byte[] file)
    {
        using var json = JsonDocument.Parse(ChecksummedJson.Write(ChecksummedJson.Read<JsonElement>(file)));
        if (forgetting.Json(json.RootElement) is not { } treated)
            return null;
        return ChecksummedJson.Write(ChecksummedJson.Read<JsonElement>(Resealed(treated)));
    }

    /// <summary>The old checksum is not that of what was changed.</summary>
    private static byte[] Resealed(ReadOnlyMemory<byte> json)
    {
        var node = System.Text.Json.Nodes.JsonNode.Parse(json.Span)!;
        if (node is System.Text.Json.Nodes.JsonObject all)
            all.Remove("Checksum");
        return JsonSerializer.SerializeToUtf8Bytes(node);
    }

    private async Task<byte[]?> CsvAsync(byte[] file)
    {
        using var bytes = new MemoryStream(file);
        using var reader = CsvReader.Create(bytes, new CsvReaderOptions { HasHeader = false });
        using var written = new MemoryStream();
        var isChanged = false;
        await using (var writer = CsvWriter.Create(written, leaveOpen: true))
        {
            while (reader.Read())
            {
                string[] cells = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)];
                string[] treated = [.. cells.Select(forgetting.Text)];
                isChanged |= !cells.SequenceEqual(treated);
                await writer.WriteRecordAsync(treated);
            }
        }
        return isChanged ? written.ToArray() : null;
    }

    private byte[]? Log(byte[] log)
    {
        var text = Encoding.UTF8.GetString(log);
        var treated = forgetting.Text(text);
        return treated == text ? null : Encoding.UTF8.GetBytes(treated);
    }

    private static async Task PutAsync(
        IStore place,
        string path,
        byte[] content,
        CancellationToken cancellationToken
    ) =>
        await place.PutAsync(
            path,
            async stream =>
            {
                if (!path.EndsWith(".gz", StringComparison.Ordinal))
                {
                    await stream.WriteAsync(content, cancellationToken);
                    return;
                }
                await using var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true);
                await gzip.WriteAsync(content, cancellationToken);
            },
            cancellationToken
        );

    private static async Task<byte[]?> BytesAsync(IStore place, string path, CancellationToken cancellationToken) =>
        (await place.ReadAsync(path, cancellationToken))?.Content;

    private static async Task<byte[]> UnzippedAsync(IStore place, string path, CancellationToken cancellationToken)
    {
        await using var file = await place.OpenAsync(path, cancellationToken);
        using var whole = new MemoryStream();
        if (file is not null)
        {
            await using var json = new GZipStream(file, CompressionMode.Decompress);
            await json.CopyToAsync(whole, cancellationToken);
        }
        return whole.ToArray();
    }
}
