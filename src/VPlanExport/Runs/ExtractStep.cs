using System.Globalization;
using System.Runtime.ExceptionServices;
using VPlanExport.Entities;
using VPlanExport.Extract;
using VPlanExport.Model;
using VPlanExport.Package;

namespace VPlanExport.Runs;

/// <summary>Reads the entities of a plan side by side; the first that fails stops the others.</summary>
/// <param name="states">What was known of each entity before the run, by name.</param>
internal sealed class ExtractStep(
    RunFolder folder,
    RunPlan plan,
    IReadOnlyDictionary<string, EntityState> states,
    Baseline baseline,
    Extractor extractor,
    SweepStep sweeps,
    Action<RunEvent> tell
)
{
    private readonly Dictionary<string, Task<LandedEntity>> _reading = [];
    private readonly Lazy<int> _listsEach = new(() =>
        extractor.RequestsLeft / plan.Windows.Keys.Count(name => Catalog.Named(name).Endpoint.Per is not null)
    );
    private ExceptionDispatchInfo? _firstFailure;

    /// <summary>Every entity's extract, by name, when all are finished.</summary>
    public async Task<Dictionary<string, LandedEntity>> RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        foreach (var entity in Catalog.All.Where(e => plan.Windows.ContainsKey(e.Name)))
        {
            var before = entity.Endpoint.Per is null
                ? []
                : _reading.Where(r => Catalog.Named(r.Key).Endpoint.Per is null).Select(r => r.Value).ToList();
            _reading[entity.Name] = StopOthersOnFailure(ReadAsync(entity, before, stop.Token), stop);
        }
        await ((Task)Task.WhenAll(_reading.Values)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _firstFailure?.Throw();
        var extracts = new Dictionary<string, LandedEntity>();
        foreach (var (name, task) in _reading)
            extracts[name] = await task;
        return extracts;
    }

    /// <summary>
    /// Rows that should have come and did not are asked for by id: they may only have left the range or the lookback,
    /// or gone from an archive to its list while it was read. Where a sweep is planned, it comes after the rows. Lists
    /// per parent are read last, so that they share what the others leave of the day's budget.
    /// </summary>
    private async Task<LandedEntity> ReadAsync(
        Entity entity,
        IReadOnlyList<Task> before,
        CancellationToken cancellationToken
    )
    {
        await Task.WhenAll(before);
        tell(new RunEvent.Begun(entity.Name));
        var extract = await extractor.ExtractAsync(
            entity,
            plan.Windows[entity.Name],
            folder.Store,
            (per, token) => ParentIdsAsync(entity, per, token),
            cancellationToken
        );
        if (
            extract is { Unavailable: null, Parents: null }
            && await KnownAsync(entity, extract, cancellationToken) is { } known
        )
        {
            await extractor.ConfirmAsync(entity, known.Ids, folder.Store, cancellationToken);
            extract = (await Extractor.FindAsync(entity, folder.Store, cancellationToken))! with
            {
                AskedUpTo = known.UpTo,
            };
        }
        if (extract.Unavailable is null && plan.Sweeps.Contains(entity.Name))
            extract = await sweeps.SweepAsync(entity, extract, cancellationToken);
        tell(new RunEvent.Read(entity.Name, RunSummary.CertificateOf(extract)));
        return extract;
    }

    /// <summary>Ids that the sinks have and the reading was to bring; null when it does not tell.</summary>
    private async Task<KnownIds?> KnownAsync(
        Entity entity,
        LandedEntity extract,
        CancellationToken cancellationToken
    ) =>
        extract switch
        {
            { Window: Window.Range range } => new KnownIds(
                await baseline.IdsInRangeAsync(entity, range.From, range.To, cancellationToken)
            ),
            { Window: Window.Full } when entity.Endpoint.Per is null => await AbsentAsync(entity, cancellationToken),
            { Window: Window.Since { LookbackFrom: { } from }, HasLookback: true } => (
                await LookbackScan.ReadAsync(entity, from, baseline, cancellationToken)
            ).IdsAfter(states.GetValueOrDefault(entity.Name)?.AskedUpTo),
            _ => null,
        };

    /// <summary>What a full read did not bring is asked for before it is taken for gone; so much of it that asking
    /// would eat up the day is left to the guard.</summary>
    private async Task<KnownIds?> AbsentAsync(Entity entity, CancellationToken cancellationToken)
    {
        var absent = await baseline.AbsentIdsAsync(entity, folder.Store, cancellationToken);
        return absent.Count <= LookbackScan.ByIdANight ? new KnownIds(absent) : null;
    }

    /// <summary>
    /// The parents of lists that are only served per parent: those of the lake, and those this run has just read. Where
    /// there is always a list per parent, as many as the budget has room for, those first that were read longest ago;
    /// in a backfill all of them, because nobody comes back to its days.
    /// </summary>
    private async Task<ParentIds> ParentIdsAsync(Entity entity, ParentList per, CancellationToken cancellationToken)
    {
        var ids = (await baseline.LiveIdsAsync(Catalog.Named(per.Entity), null, cancellationToken)).ToHashSet(
            Ids.Comparer
        );
        if (_reading.TryGetValue(per.Entity, out var parent))
        {
            if ((await parent).Unavailable is { } why && ids.Count == 0)
                return new ParentIds([], 0) { WhyUnknown = why };
            ids.UnionWith(await Extractor.LandedIdsAsync(per.Entity, folder.Store, cancellationToken));
        }
        if (entity.Endpoint.Per is null || plan.Request.Kind == RunKind.Backfill)
            return new ParentIds(ids, 0);
        var lastChanged = await baseline.LastChangedAsync(entity, cancellationToken);
        var lastRead = states.GetValueOrDefault(entity.Name)?.ListsReadAt;
        List<string> inOrder =
        [
            .. ids.OrderBy(id =>
                    lastRead?.TryGetValue(id, out var read) == true
                        ? read
                        : lastChanged.GetValueOrDefault(SurrogateKey.Of(per.Entity, id))
                )
                .ThenBy(id => id, StringComparer.Ordinal),
        ];
        return new ParentIds([.. inOrder.Take(_listsEach.Value)], Math.Max(0, inOrder.Count - _listsEach.Value));
    }

    private async Task<LandedEntity> StopOthersOnFailure(Task<LandedEntity> reading, CancellationTokenSource others)
    {
        try
        {
            return await reading;
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _firstFailure, ExceptionDispatchInfo.Capture(e), null);
            await others.CancelAsync();
            throw;
        }
    }
}

/// <summary>
/// The sweeps of a run: what the lake has and vPlan does not is gone. They share half of what the day's budget has left
/// when the first one begins; the other half is for what is read after them. A sweep that does not fit is left for the
/// next run.
/// </summary>
internal sealed class SweepStep(
    RunFolder folder,
    Baseline baseline,
    Extractor extractor,
    DeleteGuard guard,
    int pageSize
)
{
    /// <summary>Requests that sweeps may take of those that a day has left.</summary>
    public static int ShareOf(int requestsLeft) => requestsLeft / 2;

    private readonly Lock _lock = new();
    private int? _left;

    /// <summary>The extract of an entity that has just been read, with what its sweep found.</summary>
    /// <exception cref="RefusedException">The sweep missed more rows than the guard allows.</exception>
    public async Task<LandedEntity> SweepAsync(Entity entity, LandedEntity extract, CancellationToken cancellationToken)
    {
        var live = (await baseline.CountLiveAsync([entity], cancellationToken))[0];
        if (
            await Extractor.FindSweepAsync(entity, folder.Store, cancellationToken) is null
            && Refusal(RequestsOf(entity, live)) is { } refusal
        )
            return extract with { Warnings = [.. extract.Warnings, refusal] };
        var swept = await extractor.SweepAsync(
            entity,
            folder.Store,
            hasSeen => UnseenAsync(entity, live, hasSeen, cancellationToken),
            cancellationToken
        );
        return extract with
        {
            Deleted = [.. (extract.Deleted ?? []).Union(swept.Gone, Ids.Comparer)],
            Swept = swept.Certificate,
            Requests = extract.Requests + swept.Requests,
            Warnings = [.. extract.Warnings, .. swept.Warnings],
        };
    }

    /// <summary>Pages, and a last look at the newest end; of the archive, too, which is part of the rows.</summary>
    private long RequestsOf(Entity entity, long live) =>
        (live / pageSize) + (entity.Endpoint.Archived == ArchivedRows.None ? 2 : 4);

    /// <summary>Sets requests aside for a sweep; why not, when there are too few.</summary>
    private string? Refusal(long needed)
    {
        lock (_lock)
        {
            _left ??= ShareOf(extractor.RequestsLeft);
            if (needed > _left)
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"its sweep of ids takes about {needed:N0} requests and {_left:N0} are left for sweeps today "
                        + $"(VPlan:RequestsPerDay); the next run does it."
                );
            _left -= (int)needed;
            return null;
        }
    }

    /// <summary>Of the rows that were there before this run; one that this run has read was there a moment ago, and
    /// waits for the next sweep.</summary>
    private async Task<IReadOnlyCollection<string>> UnseenAsync(
        Entity entity,
        long live,
        Func<string, bool> hasSeen,
        CancellationToken cancellationToken
    )
    {
        var unseen = await baseline.LiveIdsAsync(entity, id => !hasSeen(id), cancellationToken);
        if (unseen.Count > 0)
            unseen =
            [
                .. unseen.Except(
                    await Extractor.LandedIdsAsync(entity.Name, folder.Store, cancellationToken),
                    Ids.Comparer
                ),
            ];
        guard.Check(entity, live, unseen);
        return unseen;
    }
}

/// <summary>Ids that the lake has and a reading was to bring.</summary>
/// <param name="UpTo">The last of those that take turns from night to night; null when all of them are there.</param>
internal sealed record KnownIds(IReadOnlyCollection<string> Ids, string? UpTo = null);

/// <summary>The lake's records that an endpoint's lookback is about.</summary>
internal sealed class LookbackScan
{
    /// <summary>At about 30 ids a question, a hundred questions a night.</summary>
    public const int ByIdANight = 3_000;

    private readonly Entity _entity;
    private readonly Lookback _lookback;
    private readonly DateOnly _from;
    private readonly List<string> _askedFor = [];
    private readonly List<string> _open = [];
    private long _live;

    private LookbackScan(Entity entity, DateOnly from) =>
        (_entity, _lookback, _from) = (entity, entity.Endpoint.Lookback!, from);

    public LookbackCounts Counts => new(_live, _askedFor.Count, _open.Count);

    /// <summary>
    /// Ids of every live record that is found by its dates or its value, and of open records that are not: of these
    /// those that come next in the order of their ids, so that each has its turn.
    /// </summary>
    /// <param name="last">The last one that was asked for before; null to begin with the first.</param>
    public KnownIds IdsAfter(string? last)
    {
        var turn = _open
            .OrderBy(id => string.CompareOrdinal(id, last) <= 0)
            .ThenBy(id => id, StringComparer.Ordinal)
            .Take(ByIdANight)
            .ToList();
        return new KnownIds([.. _askedFor, .. turn], turn.Count < _open.Count ? turn[^1] : null);
    }

    /// <param name="from">The first recent day.</param>
    public static async Task<LookbackScan> ReadAsync(
        Entity entity,
        DateOnly from,
        Baseline baseline,
        CancellationToken cancellationToken
    )
    {
        var rows = new LookbackScan(entity, from);
        string[] columns = [entity.Main.Id!.Name, .. rows.Columns, SystemColumns.IsInferred, SystemColumns.IsDeleted];
        await foreach (var batch in baseline.ReadAsync(entity.Main, columns, cancellationToken))
        {
            for (var row = 0; row < batch.Count; row++)
            {
                if (SystemColumns.Live(batch, row))
                    rows.Take(batch, row);
            }
        }
        return rows;
    }

    private IEnumerable<string> Columns =>
        new[] { _lookback.Open?.Property, _lookback.EmptyWhileOpen }
            .OfType<string>()
            .Concat(_lookback.Dates)
            .Select(Column);

    private void Take(RowBatch batch, int row)
    {
        _live++;
        var id = batch.Typed<string>(_entity.Main.Id!.Name)[row];
        if (
            _lookback.Dates.Any(date => IsRecent(batch.Typed<DateOnly>(Column(date)), row))
            || (_lookback.Open is { } open && open.Values.Contains(batch.Typed<string>(Column(open.Property))[row]))
        )
            _askedFor.Add(id);
        else if (_lookback.EmptyWhileOpen is { } empty && batch[Column(empty)].IsNull(row))
            _open.Add(id);
    }

    private bool IsRecent(ColumnBuffer<DateOnly> dates, int row) => !dates.IsNull(row) && dates[row] >= _from;

    private string Column(string property) =>
        _entity.Main.Columns.Single(c => c.Source == new Source.Json(property)).Name;
}
