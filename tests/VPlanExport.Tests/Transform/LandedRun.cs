using System.IO.Compression;
using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Storage;
using VPlanExport.Tests.Storage;
using VPlanExport.Transform;
using VPlanExport.Transform.Derived;
using VPlanExport.Transform.Quality;

namespace VPlanExport.Tests.Transform;

/// <summary>A folder with landed pages that can be transformed, and the rows that came of it.</summary>
internal sealed class LandedRun : IDisposable, IBaseline
{
    private readonly TempFolder _folder = new();
    private readonly List<LandedEntity> _entities = [];
    private readonly Dictionary<string, List<RowBatch>> _previous = [];

    public LandedRun() => Store = new FolderStore(Path.Combine(_folder.Path, "run"));

    public FolderStore Store { get; }

    public RunContext Run { get; init; } = ParsedRecords.Run;

    public Rejects Rejects { get; } = new(0.01, 10);

    public Quarantine Quarantine { get; init; } = new([], "run-1", 0);

    public async Task<LandedRun> LandAsync(
        Entity entity,
        string[] records,
        bool isComplete = true,
        IReadOnlyList<string>? gone = null,
        int pageRows = 1000,
        Func<LandedEntity, LandedEntity>? of = null,
        string? folder = null
    )
    {
        var pages = new List<LandedPage>();
        foreach (var rows in records.Chunk(pageRows))
        {
            var page = new LandedPage(pages.Count + 1, rows.Length, ParsedRecords.ReadAt);
            await Store.PutAsync(
                page.Path(folder ?? entity.Name),
                async stream =>
                {
                    await using var zip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true);
                    await zip.WriteAsync(ParsedRecords.Page(rows));
                },
                TestContext.Current.CancellationToken
            );
            pages.Add(page);
        }
        var landed = new LandedEntity(
            entity.Name,
            isComplete ? new Window.Full() : new Window.Since(DateTime.UnixEpoch)
        )
        {
            Pages = pages,
            Rows = records.Length,
            Deleted = gone,
        };
        _entities.Add(of?.Invoke(landed) ?? landed);
        return this;
    }

    /// <summary>Takes the rows of an earlier run for what the lake holds.</summary>
    public async Task AfterAsync(LandedRun earlier)
    {
        foreach (var table in Catalog.Tables)
            _previous[table.Name] = await earlier.BatchesAsync(table);
    }

    public async Task<TransformResult> TransformAsync((DateOnly, DateOnly)? span = null)
    {
        var (spool, token) = (Path.Combine(_folder.Path, "spool"), TestContext.Current.CancellationToken);
        var read = await new Transformer(
            Store,
            spool,
            Run,
            Catalog.Tables,
            this,
            isBase: false,
            Rejects,
            Quarantine
        ).TransformAsync(_entities, span, token);
        return await new Deriver(Store, spool, Run, this).DeriveAsync(read, isBase: false, token);
    }

    public async Task<IReadOnlyList<Dictionary<string, object?>>> RowsAsync(Table table) =>
        [.. (await BatchesAsync(table)).SelectMany(ParsedRecords.RowsOf)];

    public async Task<IReadOnlyList<StoredFile>> FilesAsync() =>
        await Store.ListAsync("rows/", TestContext.Current.CancellationToken);

    public async Task<byte[]> BytesAsync(string path)
    {
        await using var stream = (await Store.OpenAsync(path, TestContext.Current.CancellationToken))!;
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    public bool HasSpool =>
        Directory.Exists(Path.Combine(_folder.Path, "spool"))
        && Directory.EnumerateFiles(Path.Combine(_folder.Path, "spool")).Any();

    public void Dispose() => _folder.Dispose();

    private async Task<List<RowBatch>> BatchesAsync(Table table)
    {
        var batches = new List<RowBatch>();
        foreach (
            var file in (await FilesAsync()).Where(f =>
                f.Path == $"rows/{table.Name}.parquet"
                || f.Path.StartsWith($"rows/{table.Name}/", StringComparison.Ordinal)
            )
        )
        {
            await using var stream = (await Store.OpenAsync(file.Path, TestContext.Current.CancellationToken))!;
            await foreach (
                var batch in RowFile.ReadAsync(
                    stream,
                    table,
                    columns: null,
                    cancellationToken: TestContext.Current.CancellationToken
                )
            )
            {
                var copy = new RowBatch(table);
                copy.AppendRows(batch, [.. Enumerable.Range(0, batch.Count)]);
                batches.Add(copy);
            }
        }
        return batches;
    }

    public async IAsyncEnumerable<RowBatch> Before(Table table, IReadOnlyCollection<string>? columns)
    {
        await Task.CompletedTask;
        foreach (var batch in _previous.GetValueOrDefault(table.Name) ?? [])
            yield return batch;
    }

    /// <summary>This run's rows, and those of before that it has no row for: nothing is ever gone here.</summary>
    public async IAsyncEnumerable<RowBatch> After(IReadOnlyList<TableChange> changes, Table table)
    {
        var fresh = await BatchesAsync(table);
        var keys = fresh.SelectMany(b => Enumerable.Range(0, b.Count).Select(b.Key)).ToHashSet();
        foreach (var batch in _previous.GetValueOrDefault(table.Name) ?? [])
        {
            var kept = new RowBatch(table);
            kept.AppendRows(batch, [.. Enumerable.Range(0, batch.Count).Where(row => !keys.Contains(batch.Key(row)))]);
            yield return kept;
        }
        foreach (var batch in fresh)
            yield return batch;
    }

    public IAsyncEnumerable<RowBatch> Retained(IReadOnlyList<TableChange> changes, Table table) =>
        throw new NotSupportedException("Only a run that reads every entity retains rows.");
}
