using System.IO.Compression;
using System.Text.Json;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Storage;

namespace VPlanExport.Transform.Parsing;

/// <summary>
/// Reads an entity's landed pages side by side and hands the batches over in the order of the pages, so that a run
/// gives the same files each time. Memory holds as many chunks as there are readers.
/// </summary>
internal sealed class ParallelPageReader(
    IStore store,
    Entity entity,
    RunContext run,
    IReadOnlyDictionary<long, RowPosition> lastPlaces
)
{
    /// <summary>Rows parsed into one batch, which becomes a row group.</summary>
    private const int ChunkRows = 16_000;

    private static readonly int Readers = Parallelism.Most + 1;

    private readonly List<PageReader> _readers = [];

    /// <summary>Every reader that took part, for what they counted.</summary>
    public IReadOnlyList<PageReader> All => _readers;

    /// <param name="take">Takes a chunk's rows; the reader is used again afterwards.</param>
    public async Task ReadAsync(
        IEnumerable<LandedFile> files,
        Func<PageReader, Task> take,
        CancellationToken cancellationToken
    )
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var free = new Stack<Worker>();
        var pending = new Queue<Task<Worker>>();
        try
        {
            foreach (var chunk in Chunks(files))
            {
                if (pending.Count == Readers)
                    free.Push(await TakeAsync(pending, take));
                var worker = free.Count > 0 ? free.Pop() : NewWorker();
                pending.Enqueue(Task.Run(() => ParseAsync(worker, chunk, stop.Token), stop.Token));
            }
            while (pending.Count > 0)
                await TakeAsync(pending, take);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(pending).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private static async Task<Worker> TakeAsync(Queue<Task<Worker>> pending, Func<PageReader, Task> take)
    {
        var worker = await pending.Dequeue();
        await take(worker.Reader);
        worker.Reader.Clear();
        return worker;
    }

    private static IEnumerable<List<LandedFile>> Chunks(IEnumerable<LandedFile> files)
    {
        var (chunk, rows) = (new List<LandedFile>(), 0);
        foreach (var file in files)
        {
            if (rows > 0 && rows + file.Page.Rows > ChunkRows)
            {
                yield return chunk;
                (chunk, rows) = ([], 0);
            }
            chunk.Add(file);
            rows += file.Page.Rows;
        }
        if (chunk.Count > 0)
            yield return chunk;
    }

    private Worker NewWorker()
    {
        var reader = new PageReader(entity, run, lastPlaces);
        _readers.Add(reader);
        return new Worker(reader, new MemoryStream(1 << 20));
    }

    private async Task<Worker> ParseAsync(Worker worker, List<LandedFile> files, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            await using var landed =
                await store.OpenAsync(file.Path, cancellationToken)
                ?? throw new SinkException(
                    $"Landed page {file.Path} is missing in {store.Location}. Start the run again with --fresh."
                );
            try
            {
                await UnzipAsync(landed, worker.Json, cancellationToken);
                var json = worker.Json.GetBuffer().AsSpan(0, (int)worker.Json.Length);
                if (file.List is { } list)
                    worker.Reader.ReadList(json, list, file.Page.Number, file.Page.SentAt);
                else
                    worker.Reader.ReadPage(
                        entity.Endpoint.Unnest is { } array ? PageData.Unfold(json, array) : json,
                        file.Page.Number,
                        file.Page.SentAt
                    );
            }
            catch (Exception e) when (e is InvalidDataException or JsonException)
            {
                throw new SinkException(
                    $"Landed page {file.Path} in {store.Location} is damaged: {e.Message} Start the run again "
                        + "with --fresh.",
                    e
                );
            }
        }
        return worker;
    }

    private static async Task UnzipAsync(Stream landed, MemoryStream json, CancellationToken cancellationToken)
    {
        json.SetLength(0);
        await using var unzip = new GZipStream(landed, CompressionMode.Decompress);
        await unzip.CopyToAsync(json, 1 << 17, cancellationToken);
    }

    private sealed record Worker(PageReader Reader, MemoryStream Json);
}
