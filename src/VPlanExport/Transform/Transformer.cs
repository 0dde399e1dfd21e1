using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Storage;
using VPlanExport.Transform.Derived;
using VPlanExport.Transform.Parsing;
using VPlanExport.Transform.Quality;
using VPlanExport.Transform.Star;

namespace VPlanExport.Transform;

/// <summary>
/// Turns landed pages into the run's row files: every table's rows with unique keys, dimensions completed with the
/// unknown member and with inferred members for whatever is referred to but was not read, columns that other tables
/// decide brought up to date.
/// </summary>
/// <param name="spoolFolder">A local folder of this run alone, where row files grow until they are whole.</param>
/// <param name="tables">Every table of the star.</param>
/// <param name="isBase">Everything was read: members that the lake has need no inferred one, because their rows are
/// retained.</param>
internal sealed class Transformer(
    IStore store,
    string spoolFolder,
    RunContext run,
    IReadOnlyList<Table> tables,
    IBaseline baseline,
    bool isBase,
    Rejects rejects,
    Quarantine quarantine
)
{
    private readonly Lookups _lookups = new(tables);
    private readonly DimensionMembers _members = new(tables);
    private readonly ParsedTexts _parsed = new(new BusinessZone(run.Zone));
    private readonly CarriedOverAggregates _sums = new(baseline);
    private readonly RunCounts _counts = new();
    private readonly DateSpan _dates = new();
    private readonly SimilarIds _similar = new();
    private readonly Dictionary<string, RowFilesWriter> _rows = tables
        .Except(Catalog.Computed)
        .ToDictionary(t => t.Name, t => new RowFilesWriter(t, store, spoolFolder));
    private readonly Dictionary<string, List<long>> _refreshed = tables
        .Where(t => Refresher.IsRefreshed(t, tables))
        .ToDictionary(t => t.Name, _ => new List<long>());
    private readonly Dictionary<string, TableChange> _changes = [];

    /// <summary>Reads every landed page and puts <c>rows/&lt;table&gt;.parquet</c> and <c>rows/rejects.csv</c> into the
    /// store.</summary>
    /// <param name="entities">What was landed, in the catalog's order.</param>
    /// <param name="span">The oldest and latest date of the runs before, or null at the first.</param>
    /// <exception cref="ContractException">More rows were rejected than the threshold allows; rejects.csv tells
    /// them.</exception>
    /// <exception cref="SinkException">A landed page is missing or damaged, or the rows cannot be written.</exception>
    public async Task<TransformResult> TransformAsync(
        IReadOnlyList<LandedEntity> entities,
        (DateOnly Oldest, DateOnly Latest)? span,
        CancellationToken cancellationToken
    )
    {
        try
        {
            _dates.Take(span);
            await TakePreviousAsync(cancellationToken);
            foreach (var entity in entities)
                await ReadEntityAsync(entity, cancellationToken);
            await RefreshAsync(entities, cancellationToken);
            foreach (var dimension in tables.Where(DimensionMembers.Has))
                await _rows[dimension.Name].AddAsync(_members.Missing(dimension, await StoredAsync(dimension)));
            await _rows["dim_date"].AddAsync(DateDimension.Make(run, _dates.Oldest, _dates.Latest));
            return Result(entities, await CloseAsync(cancellationToken));
        }
        finally
        {
            foreach (var rows in _rows.Values)
                await rows.DisposeAsync();
            await store.PutAsync(
                "rows/rejects.csv",
                stream => rejects.WriteAsync(stream, entities.Select(e => e.Declaration)),
                CancellationToken.None
            );
        }
    }

    private async Task TakePreviousAsync(CancellationToken cancellationToken)
    {
        foreach (var table in tables.Where(t => _lookups.ColumnsOf(t).Count > 0))
        {
            await foreach (
                var batch in baseline
                    .Before(table, [table.Key.Name, .. _lookups.ColumnsOf(table)])
                    .WithCancellation(cancellationToken)
            )
                _lookups.Take(batch, isThisRun: false);
        }
    }

    private async Task ReadEntityAsync(LandedEntity landed, CancellationToken cancellationToken)
    {
        var parsing = new ParallelPageReader(store, landed.Declaration, run, landed.Repeats);
        await parsing.ReadAsync(landed.Files, reader => WriteAsync(landed, reader), cancellationToken);
        _counts.Take(landed.Declaration, parsing.All, rejects.RecordsOf(landed.Declaration));
        var lists = new ArrayCoverage(parsing.All);
        quarantine.Take(landed, [.. rejects.Of(landed.Declaration)], lists);
        foreach (var table in landed.Declaration.Tables)
            _changes[table.Name] = Change(_changes.GetValueOrDefault(table.Name), landed, table, parsing.All);
        if (landed.Parents is { } parents && rejects.RecordsOf(landed.Declaration) == 0)
            _changes[landed.Declaration.Main.Name] = _changes[landed.Declaration.Main.Name] with
            {
                Deleted = await GoneFromListsAsync(landed, parents, cancellationToken),
            };
        if (landed.IsFullSnapshot && landed.Declaration.Tables.Any(t => t.IsNested && !lists.Any(t)))
            _changes[landed.Declaration.Main.Name] = _changes[landed.Declaration.Main.Name] with
            {
                Deleted = await UnreadAsync(landed.Declaration),
            };
    }

    /// <summary>
    /// Records that a complete read did not bring. It says so by leaving them out; where a list came with no record, it
    /// is said by name, so that the elements of these records go although those of the others stay.
    /// </summary>
    private async Task<IReadOnlyList<long>> UnreadAsync(Entity entity)
    {
        var (table, unread) = (entity.Main, new List<long>());
        var rejected = rejects
            .IdsOf(entity, table.KeyEntity!, table.Name)
            .Select(id => SurrogateKey.Of(table.KeyEntity!, id))
            .ToHashSet();
        await foreach (
            var (batch, row) in baseline.Before(table, [table.Key.Name, "is_inferred", "is_deleted"]).UndeletedAsync()
        )
        {
            if (
                batch.Key(row) != SurrogateKey.Unknown
                && !batch.Typed<bool>("is_inferred")[row]
                && !rejected.Contains(batch.Key(row))
                && !_members.Owns(table, batch.Key(row))
            )
                unread.Add(batch.Key(row));
        }
        return unread;
    }

    /// <summary>Rows of the lists that were read whole which are no longer on them; a rejected row could be any of
    /// them, so none is gone then.</summary>
    private async Task<IReadOnlyList<long>> GoneFromListsAsync(
        LandedEntity landed,
        IReadOnlyCollection<string> parents,
        CancellationToken cancellationToken
    )
    {
        var (table, parent) = (landed.Declaration.Main, landed.Declaration.Endpoint.Per!.Entity);
        var keyOfParent = Catalog.ParentKey(landed.Declaration);
        var date = table
            .Columns.Single(c => c.Source == new Source.Json(landed.Declaration.Endpoint.BusinessField))
            .Name;
        var read = parents.Select(id => SurrogateKey.Of(parent, id)).ToHashSet();
        var gone = new List<long>();
        await foreach (
            var batch in baseline
                .Before(table, [table.Key.Name, keyOfParent, date, "is_deleted"])
                .WithCancellation(cancellationToken)
        )
        {
            var (parentKeys, dates, deleted) = (
                batch.Typed<long>(keyOfParent),
                batch.Typed<DateOnly>(date),
                batch.Typed<bool>("is_deleted")
            );
            gone.AddRange(
                Enumerable
                    .Range(0, batch.Count)
                    .Where(row =>
                        !deleted[row]
                        && read.Contains(parentKeys[row])
                        && !_members.Owns(table, batch.Key(row))
                        && IsWithin(landed.Days, dates, row)
                    )
                    .Select(batch.Key)
            );
        }
        return gone;
    }

    /// <summary>The keys of members whose rows are retained.</summary>
    private async Task<HashSet<long>> StoredAsync(Table dimension)
    {
        var stored = new HashSet<long>();
        if (!isBase)
            return stored;
        await foreach (var batch in baseline.Before(dimension, [dimension.Key.Name]))
            stored.UnionWith(Enumerable.Range(0, batch.Count).Select(batch.Key));
        stored.Remove(SurrogateKey.Unknown);
        return stored;
    }

    private static bool IsWithin((DateOnly From, DateOnly To)? days, ColumnBuffer<DateOnly> dates, int row) =>
        days is not { } read || (!dates.IsNull(row) && dates[row] >= read.From && dates[row] <= read.To);

    private async Task WriteAsync(LandedEntity landed, PageReader reader)
    {
        rejects.Add(landed.Declaration, reader.Rejects, landed.Rows);
        quarantine.See(landed.Declaration, reader.Batches.First());
        foreach (var batch in reader.Batches)
        {
            await _sums.KeepAsync(landed.Declaration, batch, reader);
            var first = MayRepeat(landed, batch.Table) ? _members.FirstOfEach(batch) : batch;
            _counts.Take(batch, first);
            await WriteAsync(first, landed.IsFullSnapshot);
        }
        foreach (var (dimension, ids) in reader.References)
        {
            _members.Refer(dimension, ids);
            _similar.Take(dimension, ids.Values);
        }
    }

    private static bool MayRepeat(LandedEntity landed, Table table) =>
        DimensionMembers.MayRepeat(table) || (table.IsNested && landed.Lists.Count > 0) || landed.Parents is not null;

    /// <summary>Completes a batch by what other tables and its own texts say and writes it.</summary>
    private async Task WriteAsync(RowBatch batch, bool isComplete)
    {
        _lookups.Complete(batch, run.Today);
        _parsed.Fill(batch);
        _lookups.Take(batch, isThisRun: true);
        _dates.Take(batch);
        _similar.Take(batch);
        if (DimensionMembers.Has(batch.Table))
            _members.Own(batch);
        if (!isComplete && _refreshed.TryGetValue(batch.Table.Name, out var read))
            read.AddRange(Enumerable.Range(0, batch.Count).Select(batch.Key));
        await _rows[batch.Table.Name].WriteAsync(batch);
    }

    /// <param name="before">What another entity of the run has said of the same table.</param>
    private TableChange Change(TableChange? before, LandedEntity landed, Table table, IReadOnlyList<PageReader> readers)
    {
        var change = before ?? new TableChange(table.Name, []);
        return table.IsNested
            ? change with
            {
                DeleteScopes = [.. change.DeleteScopes, Claim(landed, table, readers)],
            }
            : change with
            {
                DeleteScopes = [Claim(landed, table, readers)],
                Deleted =
                [
                    .. (landed.Deleted ?? []).Select(id => SurrogateKey.Of(landed.Declaration.Main.KeyEntity!, id)),
                ],
            };
    }

    private DeleteScope Claim(LandedEntity landed, Table table, IReadOnlyList<PageReader> readers)
    {
        var (record, listed) = (
            landed.Declaration.Main.KeyEntity!,
            !table.IsNested || new ArrayCoverage(readers).Any(table)
        );
        var silent =
            table.IsNested && listed
                ? readers.SelectMany(r => r.Seen(table).AbsentIn).Except(readers.SelectMany(r => r.Seen(table).Apart))
                : [];
        return new DeleteScope(table.Parent)
        {
            IsFullSnapshot = landed.IsFullSnapshot && listed,
            ReplacesChildren = table.IsNested && listed,
            Excluded =
            [
                .. rejects.IdsOf(landed.Declaration, record, table.Name).Select(id => SurrogateKey.Of(record, id)),
                .. silent,
            ],
        };
    }

    private async Task RefreshAsync(IReadOnlyList<LandedEntity> entities, CancellationToken cancellationToken)
    {
        var complete = entities
            .Where(e => e.IsFullSnapshot)
            .SelectMany(e => e.Declaration.Tables)
            .Select(t => t.Name)
            .ToHashSet();
        foreach (
            var table in tables.Where(t =>
                _refreshed.ContainsKey(t.Name) && !complete.Contains(t.Name) && _lookups.MayHaveChanged(t)
            )
        )
        {
            var (read, gone) = (
                new KeySet([.. _refreshed[table.Name]]),
                (_changes.GetValueOrDefault(table.Name)?.Deleted ?? []).ToHashSet()
            );
            var refresher = new Refresher(table, _lookups, run, key => read.Contains(key) || gone.Contains(key));
            await foreach (var before in baseline.Before(table, null).WithCancellation(cancellationToken))
            {
                var refreshed = refresher.Refresh(before);
                _dates.Take(refreshed);
                await _rows[table.Name].AddAsync(refreshed);
            }
        }
    }

    /// <summary>Puts the tables' row files into the store.</summary>
    private async Task<IReadOnlyList<TableChange>> CloseAsync(CancellationToken cancellationToken)
    {
        var changes = new List<TableChange>();
        foreach (var table in tables.Except(Catalog.Computed))
        {
            var change =
                _changes.GetValueOrDefault(table.Name)
                ?? new TableChange(table.Name, [])
                {
                    DeleteScopes = table.Name == "dim_date" ? [new DeleteScope { IsFullSnapshot = true }] : [],
                };
            var rows = _rows[table.Name];
            changes.Add(change with { Files = await rows.CloseAsync(cancellationToken), Filed = rows.Filed });
            _counts.Take(rows);
        }
        return changes;
    }

    private TransformResult Result(IReadOnlyList<LandedEntity> entities, IReadOnlyList<TableChange> changes) =>
        new(
            changes,
            _counts.Entities,
            rejects.ByTable(entities.Select(e => e.Declaration)),
            _counts.Unknown,
            _counts.CutTexts,
            _dates.Oldest,
            _dates.Latest
        )
        {
            Stations = _counts.Stations,
            SimilarIds = _similar.Found,
        };
}
