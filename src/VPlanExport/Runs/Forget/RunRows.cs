using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Storage;

namespace VPlanExport.Runs.Forget;

/// <summary>
/// The row files of one run. A file that tells of somebody is written again under another name; then the run's marks
/// name the new one, and the old one goes. So a run can be applied at any moment.
/// </summary>
internal sealed class RunRows(RunFolder run, Forgetting forgetting)
{
    private const string Advice = RowFile.Advice;

    /// <summary>Files that a mark of the run names, by their paths.</summary>
    private static readonly string[] Marks = ["transformed.json", "manifest.json"];

    /// <summary>How many row files tell of somebody.</summary>
    public async Task<int> CountAsync(CancellationToken cancellationToken) =>
        (await TellingAsync(cancellationToken)).Count;

    /// <returns>How many files were written again or removed.</returns>
    public async Task<int> ForgetAsync(CancellationToken cancellationToken)
    {
        var telling = await TellingAsync(cancellationToken);
        var renamed = new Dictionary<string, RowFileInfo>(StringComparer.Ordinal);
        foreach (var path in telling)
            renamed[path] = await WriteAsync(path, cancellationToken);
        foreach (var mark in telling.Count == 0 ? [] : Marks)
            await RenameAsync(mark, renamed, cancellationToken);
        foreach (var path in telling)
            await run.Store.DeleteAsync(path, cancellationToken);
        return telling.Count;
    }

    private async Task<IReadOnlyList<string>> TellingAsync(CancellationToken cancellationToken)
    {
        var telling = new List<string>();
        foreach (var file in await run.Store.ListAsync("rows/", cancellationToken))
        {
            if (!file.Path.EndsWith(".parquet", StringComparison.Ordinal) || TableOf(file.Path) is not { } table)
                continue;
            await using var stream = await OpenAsync(file.Path, cancellationToken);
            await foreach (var batch in RowFile.ReadAsync(stream, table, columns: null, cancellationToken))
            {
                if (forgetting.Rows(batch) == 0)
                    continue;
                telling.Add(file.Path);
                break;
            }
        }
        return telling;
    }

    /// <summary>Files are <c>rows/TABLE.parquet</c>, or <c>rows/TABLE/MONTH.parquet</c>.</summary>
    private static Table? TableOf(string path)
    {
        var name = path.Split('/')[1].Split('.')[0];
        return Catalog.Tables.FirstOrDefault(t => t.Name == name);
    }

    private async Task<RowFileInfo> WriteAsync(string path, CancellationToken cancellationToken)
    {
        var (table, made) = (TableOf(path)!, $"{path[..^".parquet".Length]}.{Guid.NewGuid():N}.parquet");
        var rows = 0L;
        await run.Store.PutAsync(
            made,
            async stream =>
            {
                await using var writer = await RowFileWriter.CreateAsync(table, stream);
                await foreach (var batch in RowsAsync(path, table, cancellationToken))
                    await writer.WriteAsync(batch);
                rows = writer.Rows;
            },
            cancellationToken
        );
        await using var written = await OpenAsync(made, cancellationToken);
        return new RowFileInfo(made, Month: null, rows, written.Length)
        {
            Checksum = await run.Store.ChecksumAsync(made, cancellationToken),
        };
    }

    private async IAsyncEnumerable<RowBatch> RowsAsync(
        string path,
        Table table,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var stream = await OpenAsync(path, cancellationToken);
        await foreach (var batch in RowFile.ReadAsync(stream, table, columns: null, cancellationToken))
        {
            forgetting.Rows(batch);
            yield return batch;
        }
    }

    private async Task<Stream> OpenAsync(string path, CancellationToken cancellationToken) =>
        await run.Store.OpenAsync(path, cancellationToken)
        ?? throw new SinkException($"{run.Store.Location}/{path} is gone since it was listed. {Advice}");

    /// <summary>Lets a mark name the new files.</summary>
    private async Task RenameAsync(
        string mark,
        Dictionary<string, RowFileInfo> renamed,
        CancellationToken cancellationToken
    )
    {
        if (await run.Store.ReadJsonAsync<JsonObject>(mark, Advice, cancellationToken) is not { } json)
            return;
        foreach (var file in FilesIn(json).ToList())
        {
            if (!renamed.TryGetValue((string)file["Path"]!, out var made))
                continue;
            (file["Path"], file["Bytes"], file["Checksum"]) = (made.Path, made.Bytes, made.Checksum);
        }
        await run.Store.PutJsonAsync(mark, json, cancellationToken);
    }

    private static IEnumerable<JsonObject> FilesIn(JsonNode? json) =>
        json switch
        {
            JsonObject all when all["Path"] is JsonValue && all.ContainsKey("Bytes") => [all],
            JsonObject all => all.SelectMany(property => FilesIn(property.Value)),
            JsonArray all => all.SelectMany(FilesIn),
            _ => [],
        };
}
