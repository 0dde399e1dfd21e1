using System.Globalization;
using VPlanExport.Configuration;
using VPlanExport.Entities;
using VPlanExport.Lake;
using VPlanExport.Package;
using VPlanExport.Storage;
using VPlanExport.Warehouse;

namespace VPlanExport.Runs;

internal enum SinkKind
{
    Lake,
    Warehouse,
}

/// <summary>Applies runs to the lake and the warehouse. Each keeps its own journal, so applying a run twice changes
/// nothing.</summary>
internal sealed class Sinks(DeltaLake lake, IWarehouse warehouse) : IAsyncDisposable
{
    /// <summary>The last run that the warehouse holds, 0 for none: asked for once, because nobody else loads while the
    /// work folder is locked. Null when it must be asked.</summary>
    private long? _warehousePosition;

    public DeltaLake Lake { get; } = lake;

    public Baseline Baseline { get; } = new(lake);

    public IWarehouse Warehouse { get; } = warehouse;

    /// <summary>Why the warehouse is left out until the next run; null as long as it answers.</summary>
    public ExportException? Away { get; private set; }

    /// <summary>Whose data the warehouse holds; null where it does not say, and until it is prepared.</summary>
    public VPlanEnvironment? WarehouseEnvironment { get; private set; }

    /// <summary>Asked before anything is shown to others; throws when this process may no longer do so.</summary>
    public Func<CancellationToken, Task> Fence { get; init; } = _ => Task.CompletedTask;

    /// <param name="fence">See <see cref="Fence"/>; null for one who only looks.</param>
    public static Sinks Open(Settings settings, TimeProvider clock, Func<CancellationToken, Task>? fence = null) =>
        new(new DeltaLake(settings.Lake.Location.Open(clock), clock), settings.Warehouse.Open(clock))
        {
            Fence = fence ?? (_ => Task.CompletedTask),
        };

    /// <summary>
    /// Before the first request: both can be written, and their tables are what the catalog declares. A warehouse that
    /// is away is left out, and the next run checks its tables.
    /// </summary>
    /// <returns>Columns of the warehouse that were added, and are empty in the rows that are there.</returns>
    public async Task<IReadOnlyList<string>> PrepareAsync(CancellationToken cancellationToken)
    {
        await Lake.CheckWritableAsync(Catalog.Tables, cancellationToken);
        if (await UnlessAwayAsync(() => Warehouse.PrepareAsync(Catalog.Tables, cancellationToken)) is not { } prepared)
            return [];
        _warehousePosition = prepared.LastSequence ?? 0;
        WarehouseEnvironment = prepared.Environment;
        return prepared.Added;
    }

    /// <exception cref="SinkException">The warehouse is away.</exception>
    public void EnsureBoth()
    {
        if (Away is { } away)
            throw away;
    }

    /// <summary>Publishes to the lake's tables, then names the versions that belong together.</summary>
    public async Task<IReadOnlyDictionary<string, long>> PublishAsync(
        RunFolder run,
        ChangeSet changes,
        CancellationToken cancellationToken
    )
    {
        if (await NeedsRetainedAsync(SinkKind.Lake, changes, cancellationToken))
            changes = changes.WithRetained();
        await Fence(cancellationToken);
        var versions = await Lake.PublishAsync(changes, run.Store, Catalog.Tables, cancellationToken);
        await Lake.PutConsistentSetAsync(
            changes.RunId,
            changes.Sequence,
            versions,
            cancellationToken,
            changes.Environment,
            changes.Reads
        );
        return versions;
    }

    /// <returns>Null when the warehouse is away.</returns>
    public async Task<LoadResult?> LoadAsync(
        RunFolder run,
        ChangeSet changes,
        RunReport log,
        CancellationToken cancellationToken
    )
    {
        if (await NeedsRetainedAsync(SinkKind.Warehouse, changes, cancellationToken))
            (changes, log) = (changes.WithRetained(), log.WithRetained(changes));
        await Fence(cancellationToken);
        _warehousePosition = null;
        var load = await UnlessAwayAsync(() =>
            Warehouse.LoadAsync(changes, run.Store, Catalog.Tables, log, cancellationToken)
        );
        _warehousePosition = load is { AlreadyApplied: false } ? changes.Sequence : null;
        return load;
    }

    /// <summary>Takes the lake back to what it was after a run, then names the versions that belong together.</summary>
    public async Task RestoreLakeAsync(RunManifest run, CancellationToken cancellationToken)
    {
        await Fence(cancellationToken);
        var versions = await Lake.RestoreAsync(run.RunId, run.Sequence, Catalog.Tables, cancellationToken);
        await Lake.PutConsistentSetAsync(
            run.RunId,
            run.Sequence,
            versions,
            cancellationToken,
            run.Environment,
            run.Reads
        );
    }

    /// <summary>Takes the warehouse back to what it was after a run, which the lake shows again.</summary>
    public async Task RestoreWarehouseAsync(RunManifest run, CancellationToken cancellationToken)
    {
        if (!(await PositionAsync(SinkKind.Warehouse, cancellationToken) > run.Sequence))
            return;
        var star = new ChangeSet(
            run.RunId,
            run.Sequence,
            run.StartedAt,
            await Lake.RowFilesAsync(Catalog.Tables, cancellationToken)
        );
        await Fence(cancellationToken);
        _warehousePosition = null;
        await Warehouse.RestoreAsync(star, Lake.Store, Catalog.Tables, cancellationToken);
    }

    /// <summary>The sequence up to which a sink holds every run; 0 when it is empty, null when it is away.</summary>
    public async Task<long?> PositionAsync(SinkKind sink, CancellationToken cancellationToken) =>
        sink == SinkKind.Warehouse
            ? await UnlessAwayAsync<long?>(async () =>
                _warehousePosition ??= await Warehouse.LastSequenceAsync(cancellationToken) ?? 0
            )
            : (await LakeSequencesAsync(cancellationToken)).Min();

    /// <summary>The sequence up to which both sinks hold every run; 0 while one is away.</summary>
    public async Task<long> HeldByBothAsync(CancellationToken cancellationToken) =>
        Math.Min(
            await PositionAsync(SinkKind.Lake, cancellationToken) ?? 0,
            await PositionAsync(SinkKind.Warehouse, cancellationToken) ?? 0
        );

    /// <summary>The largest sequence a sink has seen: a new run's is larger, even when the work folder was
    /// lost.</summary>
    public async Task<long> LastSequenceAsync(CancellationToken cancellationToken) =>
        Math.Max(
            await PositionAsync(SinkKind.Warehouse, cancellationToken) ?? 0,
            (await LakeSequencesAsync(cancellationToken)).Max()
        );

    /// <summary>Asked when every run that can be applied has been.</summary>
    /// <exception cref="SinkException">The lake shows a run that the warehouse does not, or the other way round, and
    /// that is not in the work folder any more.</exception>
    public async Task EnsureSameAsync(CancellationToken cancellationToken)
    {
        var lake = (await LakeSequencesAsync(cancellationToken)).Max();
        var warehouse = await PositionAsync(SinkKind.Warehouse, cancellationToken) ?? 0;
        if (lake == warehouse || lake == 0 || warehouse == 0)
            return;
        var (ahead, behind) = lake > warehouse ? ("lake", "warehouse") : ("warehouse", "lake");
        throw new SinkException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The {ahead} shows the run that ends in -{Math.Max(lake, warehouse)}, which is neither in the "
                    + $"{behind} nor in the work folder, so the two would never be the same again. "
            )
                + $"Put the run's folder back, or move the {ahead} away and start again: it is rebuilt from "
                + "the runs that are there."
        );
    }

    public ValueTask DisposeAsync() => Warehouse.DisposeAsync();

    private async Task<bool> NeedsRetainedAsync(
        SinkKind sink,
        ChangeSet changes,
        CancellationToken cancellationToken
    ) =>
        changes.Tables.Any(change => change.Retained is not null)
        && await PositionAsync(sink, cancellationToken) < changes.PreviousSequence;

    /// <summary>Asks the warehouse; null when it is away, and from then on it is not asked again.</summary>
    private async Task<T?> UnlessAwayAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return Away is null ? await ask() : default;
        }
        catch (SinkAwayException e)
        {
            Away = e;
            return default;
        }
    }

    private Task<IReadOnlyList<long>> LakeSequencesAsync(CancellationToken cancellationToken) =>
        Lake.SequencesAsync(Catalog.Tables, cancellationToken);
}
