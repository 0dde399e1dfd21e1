using System.Runtime.CompilerServices;
using VPlanExport.Entities;
using VPlanExport.Extract.Http;
using VPlanExport.Extract.Paging;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Storage;

namespace VPlanExport.Extract;

/// <summary>
/// Lands entities in a run. Everything can be called again after a crash: what has been landed is not asked for twice.
/// Different entities may be read side by side; the client bounds the requests in flight.
/// <para>All methods may throw <see cref="BudgetReachedException"/>, <see cref="SourceUnavailableException"/>,
/// <see cref="ConfigurationException"/> (401), <see cref="ContractException"/> and <see cref="SinkException"/>.</para>
/// </summary>
internal sealed class Extractor(
    VPlanClient client,
    PersonalDataPolicy personal,
    TimeProvider time,
    Action<ExtractProgress>? progress = null
)
{
    /// <summary>Lands every page of the entity's window under <c>raw/&lt;entity&gt;/</c>, proves that no row is
    /// missing, and writes <c>extract.json</c> last.</summary>
    /// <param name="run">The run's store.</param>
    /// <param name="parentIds">Ids of the parent entity, for an endpoint whose flat list answers 404; null: those
    /// landed in this run, which is all of them only when the parent was read in full.</param>
    public async Task<LandedEntity> ExtractAsync(
        Entity entity,
        Window window,
        IStore run,
        Func<ParentList, CancellationToken, Task<ParentIds>>? parentIds,
        CancellationToken cancellationToken
    )
    {
        if (await FindAsync(entity, run, cancellationToken) is { } finished && finished.Window == window)
            return finished;
        await run.DeleteAsync(ExtractPath(entity), cancellationToken);
        var reading = new EntityReader(entity, window, client, run, personal, time, progress, cancellationToken);
        var extract = await BalancedAsync(
            entity,
            run,
            () =>
                reading.RunAsync(async parent =>
                    parentIds is null
                        ? new ParentIds(await LandedIdsAsync(parent.Entity, run, cancellationToken), 0)
                        : await parentIds(parent, cancellationToken)
                )
        );
        foreach (var relation in entity.Endpoint.With)
            extract = await WithListsAsync(extract, entity, relation, run, cancellationToken);
        await SaveAsync(extract, entity, run, cancellationToken);
        return extract;
    }

    /// <summary>
    /// A relation that vPlan does not load, or not of every record, is read as a list of each record that came without
    /// it, a request each. Where there is no such list, the records' elements stay as they were.
    /// </summary>
    private async Task<LandedEntity> WithListsAsync(
        LandedEntity extract,
        Entity entity,
        Relation relation,
        IStore run,
        CancellationToken cancellationToken
    )
    {
        var isLoaded = extract.Loaded.Contains(relation.Name) || extract.Loaded.Contains(relation.Or);
        var ids = extract
            .Lacking.Where(row => row.Value.Contains(relation.Name) || row.Value.Contains(relation.Or))
            .Select(row => row.Key)
            .ToHashSet(Ids.Comparer);
        if (relation.ListPath is not { } path)
            return ids.Count == 0
                ? extract
                : extract with
                {
                    Warnings = [.. extract.Warnings, TooLarge(entity, relation.Name, ids)],
                };
        if (!isLoaded)
            ids.UnionWith(await IdsAsync(extract, run, cancellationToken));
        if (isLoaded && ids.Count == 0)
            return extract;
        var elements = new Entity(
            $"{entity.Name}.{relation.Name}",
            new Endpoint(path),
            [.. entity.Tables.Where(t => t.Path == relation.Name)]
        );
        var reading = new EntityReader(
            elements,
            new Window.Full(),
            client,
            run,
            personal,
            time,
            progress,
            cancellationToken
        );
        var (read, lists) = await BalancedAsync(
            elements,
            run,
            () => reading.ListsAsync(new ParentList(entity.Name, path), ids)
        );
        return extract with
        {
            Lists = [.. extract.Lists, .. lists.Select(list => new LandedList(relation.Name, list.Id, list.Page))],
            Requests = extract.Requests + read.Requests,
            Warnings = [.. extract.Warnings, .. read.Warnings],
        };
    }

    /// <summary>What did not balance is not replayed: the process that resumes the run reads it again.</summary>
    private static async Task<T> BalancedAsync<T>(Entity entity, IStore run, Func<Task<T>> readAsync)
    {
        try
        {
            return await readAsync();
        }
        catch (ReconciliationException)
        {
            await RawPages.ForgetAsync(run, entity.Name, CancellationToken.None);
            throw;
        }
    }

    private static async Task<HashSet<string>> IdsAsync(
        LandedEntity extract,
        IStore run,
        CancellationToken cancellationToken
    )
    {
        var ids = new HashSet<string>(Ids.Comparer);
        await foreach (var rows in LandedAsync(extract, run, cancellationToken))
            ids.UnionWith(rows.Select(row => row.Id));
        return ids;
    }

    /// <summary>The finished extract of an entity; null when it is not finished.</summary>
    public static Task<LandedEntity?> FindAsync(Entity entity, IStore run, CancellationToken cancellationToken) =>
        run.ReadJsonAsync<LandedEntity>(ExtractPath(entity), RawPages.Advice, cancellationToken);

    /// <summary>
    /// Which of the ids vPlan no longer has. The rows it still has are landed as further pages of the entity, whose
    /// extract must be finished. Ids that stand on the landed pages are not asked about: they are there.
    /// </summary>
    public async Task<IReadOnlyList<string>> ConfirmAsync(
        Entity entity,
        IReadOnlyCollection<string> ids,
        IStore run,
        CancellationToken cancellationToken
    )
    {
        var extract =
            await FindAsync(entity, run, cancellationToken)
            ?? throw new InvalidOperationException($"{entity.Name} is not extracted yet.");
        if (extract.Deleted is { } known)
            return known;
        if (extract.Unavailable is not null)
            return [];
        if (ids.Count == 0)
        {
            await SaveAsync(extract with { Deleted = [] }, entity, run, cancellationToken);
            return [];
        }
        var unseen = ids.ToHashSet(Ids.Comparer);
        var witnesses = await SeenAsync(extract, unseen, run, cancellationToken);
        var landing = new RawPages(
            client,
            run,
            entity.Name,
            extract.Window.SeekField,
            Scrubber.Of(entity, personal),
            time
        );
        landing.SkipTo(extract.Questions);
        var about = ListRequest.Of(entity.Endpoint, new Window.Full()) with
        {
            With = extract.Loaded,
            Hide = extract.Hidden,
        };
        var confirmation = new IdLookup(entity, about, landing, client.Settings.PageSize, witnesses, cancellationToken);
        var (gone, warnings) = await TryAsync(confirmation, [.. unseen.Order(StringComparer.Ordinal)]);
        await SaveAsync(
            extract with
            {
                Pages = [.. extract.Pages, .. landing.Pages],
                Rows = extract.Rows + landing.Pages.Sum(page => page.Rows),
                Repeats = extract
                    .Repeats.Concat(confirmation.Repeats)
                    .GroupBy(pair => pair.Key)
                    .ToDictionary(same => same.Key, same => same.Last().Value),
                Certificate = extract.Certificate?.With(
                    confirmation.Found,
                    landing.Pages.Sum(page => page.Rows),
                    landing.Number - extract.Questions
                ),
                Requests = extract.Requests + landing.Requests,
                Warnings =
                [
                    .. extract.Warnings,
                    .. warnings,
                    .. confirmation.Bare.Count > 0
                        ? [TooLarge(entity, string.Join(", ", extract.Loaded), confirmation.Bare)]
                        : Array.Empty<string>(),
                ],
                Deleted = gone,
            },
            entity,
            run,
            cancellationToken
        );
        return gone;
    }

    /// <summary>Where there is no flat list there is nobody to ask: then no row is taken for gone.</summary>
    private static async Task<(IReadOnlyList<string> Gone, string[] Warnings)> TryAsync(
        IdLookup confirmation,
        IReadOnlyCollection<string> ids
    )
    {
        try
        {
            return (await confirmation.GoneAsync(ids), []);
        }
        catch (NotAvailableException e)
        {
            return ([], [$"{e.Message}; {ids.Count} rows that were not seen are kept."]);
        }
    }

    /// <summary>Which rows vPlan no longer has, by a sweep of ids; answered from the run when it is finished. There
    /// must be a flat list.</summary>
    /// <param name="unseenAsync">Given which ids the sweep saw: the ids to be proved that it did not see.</param>
    public async Task<IdSweepResult> SweepAsync(
        Entity entity,
        IStore run,
        Func<Func<string, bool>, Task<IReadOnlyCollection<string>>> unseenAsync,
        CancellationToken cancellationToken
    )
    {
        if (await FindSweepAsync(entity, run, cancellationToken) is { } finished)
            return finished;
        var swept = await new IdSweep(entity, client, run, personal, time, progress, cancellationToken).RunAsync(
            unseenAsync
        );
        await run.PutJsonAsync(SweepPath(entity), swept, cancellationToken);
        return swept;
    }

    /// <summary>The finished sweep of an entity; null when it is not finished.</summary>
    public static Task<IdSweepResult?> FindSweepAsync(Entity entity, IStore run, CancellationToken cancellationToken) =>
        run.ReadJsonAsync<IdSweepResult>(SweepPath(entity), RawPages.Advice, cancellationToken);

    /// <summary>How many rows the window holds now, for one request; null when vPlan has no such list for this key.
    /// There must be a flat list.</summary>
    public Task<long?> CountAsync(Entity entity, Window window, CancellationToken cancellationToken)
    {
        var walk = SeekRange.Of(ListRequest.Of(entity.Endpoint, window) with { With = [], Hide = [] }, window);
        return CountAsync(walk.Since(walk.From), window.SeekField, cancellationToken);
    }

    /// <summary>
    /// How many rows vPlan has now, archived ones too, without those made at or after a time: two requests, five where
    /// there is an archive. Null when vPlan has no such list for this key. There must be a flat list.
    /// </summary>
    public Task<long?> CountMadeBeforeAsync(Entity entity, DateTime utc, CancellationToken cancellationToken) =>
        CountAllAsync(entity, utc, cancellationToken);

    /// <summary>How many rows vPlan has now, archived ones too, as a run reads them: one request, three where there is
    /// an archive.</summary>
    public Task<long?> CountAllAsync(Entity entity, CancellationToken cancellationToken) =>
        CountAllAsync(entity, madeBefore: null, cancellationToken);

    private async Task<long?> CountAllAsync(Entity entity, DateTime? madeBefore, CancellationToken cancellationToken)
    {
        var walk = new SeekRange(new ListRequest(entity.Endpoint.Path), "created_at");
        if (await LookAsync(walk.Since(null), walk.SeekField, cancellationToken) is not { } list)
            return null;
        var listed = list.Count - await NewerAsync(walk);
        if (entity.Endpoint.Archived == ArchivedRows.None)
            return listed;
        try
        {
            var archive = walk with { About = walk.About with { Archived = true } };
            var archived =
                await CountAsync(archive.Since(null), walk.SeekField, cancellationToken) - await NewerAsync(archive);
            return archived + (await HoldsAsync(archive, list.Rows) ? 0 : listed);
        }
        catch (RejectedRequestException) when (entity.Endpoint.Archived == ArchivedRows.Tried)
        {
            return listed;
        }

        async Task<long?> NewerAsync(SeekRange all) =>
            madeBefore is { } utc ? await CountAsync(all.Since(utc), all.SeekField, cancellationToken) : 0;

        // The archive's list is known to answer in two ways: with the archived rows only, and with all rows (gaps P12).
        async Task<bool> HoldsAsync(SeekRange archive, IReadOnlyList<ScannedRow> first) =>
            first.Count > 0
            && Filters.CanHold(first[0].Id)
            && await CountAsync(
                archive.Since(null) with
                {
                    Seek = Filters.Is("id", "eq", first[0].Id),
                },
                archive.SeekField,
                cancellationToken
            ) > 0;
    }

    /// <summary>How many of these records vPlan's list or its archive still shows: one request or two for about thirty
    /// ids. There must be a flat list.</summary>
    public async Task<long> CountListedAsync(
        Entity entity,
        IReadOnlyCollection<string> ids,
        CancellationToken cancellationToken
    )
    {
        var listed = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var group in Filters.Groups(ids, client.Settings.PageSize))
        {
            var about = new ListRequest(entity.Endpoint.Path) { Seek = Filters.AnyId(group), Limit = group.Count };
            await AddAsync(about);
            if (entity.Endpoint.Archived != ArchivedRows.None)
                await AddArchivedAsync(about with { Archived = true });
        }
        return ids.Count(listed.Contains);

        async Task AddAsync(ListRequest question) =>
            listed.UnionWith(
                (await PageAsync(question, "created_at", cancellationToken))?.Rows.Select(row => row.Id) ?? []
            );

        async Task AddArchivedAsync(ListRequest question)
        {
            try
            {
                await AddAsync(question);
            }
            catch (RejectedRequestException) when (entity.Endpoint.Archived == ArchivedRows.Tried)
            {
                // There is no archive to ask.
            }
        }
    }

    /// <summary>The first and the last business dates of rows in a range, of the list and of its archive: two requests
    /// each. None where vPlan has no such rows, or no such list for this key.</summary>
    public async Task<IReadOnlyList<DateOnly>> EndsAsync(
        Entity entity,
        Window.Range range,
        BusinessZone zone,
        CancellationToken cancellationToken
    )
    {
        var field = entity.Endpoint.BusinessField;
        var days = new List<DateOnly>();
        foreach (var archived in entity.Endpoint.Archived == ArchivedRows.None ? [false] : new[] { false, true })
        {
            foreach (var order in new[] { "asc", "desc" })
            {
                var about = ListRequest.Of(entity.Endpoint, range) with { With = [], Hide = [], Archived = archived };
                if (
                    await EndAsync(entity, about with { Sort = $"{field}:{order}" }, zone, cancellationToken) is { } day
                )
                    days.Add(day);
            }
        }
        return days;
    }

    private async Task<DateOnly?> EndAsync(
        Entity entity,
        ListRequest about,
        BusinessZone zone,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var found = await LookAsync(about, entity.Endpoint.BusinessField, cancellationToken);
            return VPlanStamp.Parse(found?.Rows.FirstOrDefault().At) is not { } at ? null
                : entity.Endpoint.BusinessFieldIsDate ? DateOnly.FromDateTime(at)
                : zone.DateOf(at);
        }
        catch (RejectedRequestException) when (about.Archived && entity.Endpoint.Archived == ArchivedRows.Tried)
        {
            return null;
        }
    }

    private async Task<long?> CountAsync(ListRequest question, string seekField, CancellationToken cancellationToken) =>
        (await LookAsync(question, seekField, cancellationToken))?.Count;

    /// <summary>vPlan's count, and the first row; null when it has no such list for this key.</summary>
    private Task<PageScan?> LookAsync(ListRequest question, string seekField, CancellationToken cancellationToken) =>
        PageAsync(question with { Limit = 1 }, seekField, cancellationToken);

    /// <summary>One page that is not landed; null when vPlan has no such list for this key.</summary>
    private async Task<PageScan?> PageAsync(ListRequest question, string seekField, CancellationToken cancellationToken)
    {
        try
        {
            return await client.GetAsync(
                question.Url,
                client.Settings.MaxAttempts,
                (reply, token) => PageScanner.ScanAsync(reply.Body(Stream.Null), seekField, token, isCounted: true),
                null,
                cancellationToken,
                Catalog.All.FirstOrDefault(e => e.Endpoint.Path == question.Url.Split('?')[0])?.Name
            );
        }
        catch (NotAvailableException)
        {
            return null;
        }
    }

    /// <summary>Requests that the day's budget still allows.</summary>
    public int RequestsLeft => client.RequestsLeft;

    /// <summary>Who the key belongs to: the connection test. Gives up sooner than other questions.</summary>
    public Task<EnvironmentInfo> MeAsync(CancellationToken cancellationToken) =>
        EnvironmentInfo.AskAsync(client, cancellationToken);

    /// <summary>Distinct ids on an entity's landed pages.</summary>
    public static async Task<IReadOnlyCollection<string>> LandedIdsAsync(
        string entity,
        IStore run,
        CancellationToken cancellationToken
    )
    {
        var ids = new HashSet<string>(Ids.Comparer);
        foreach (var file in await run.ListAsync(RawPages.Folder(entity) + "page-", cancellationToken))
        {
            if (file.Path.EndsWith(".gz", StringComparison.Ordinal))
                ids.UnionWith(
                    (await RawPages.ReadAsync(run, file.Path, "created_at", cancellationToken)).Rows.Select(row =>
                        row.Id
                    )
                );
        }
        return ids;
    }

    /// <summary>Keys of the records on an entity's landed pages.</summary>
    public static async Task<IReadOnlySet<long>> LandedKeysAsync(
        Entity entity,
        IStore run,
        CancellationToken cancellationToken
    )
    {
        var keys = new HashSet<long>();
        var extract = (await FindAsync(entity, run, cancellationToken))!;
        await foreach (var rows in LandedAsync(extract, run, cancellationToken))
            keys.UnionWith(rows.Select(row => SurrogateKey.Of(SeenIds.KeyEntity(entity), row.Id)));
        return keys;
    }

    /// <summary>The records on an extract's pages, page by page.</summary>
    private static async IAsyncEnumerable<IReadOnlyList<ScannedRow>> LandedAsync(
        LandedEntity extract,
        IStore run,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        foreach (var page in extract.Pages)
            yield return (
                await RawPages.ReadAsync(run, page.Path(extract.Entity), extract.Window.SeekField, cancellationToken)
            ).Rows;
    }

    /// <summary>Takes the landed ids out of <paramref name="ids"/>; gives some ids that vPlan has just sent.</summary>
    private static async Task<List<string>> SeenAsync(
        LandedEntity extract,
        HashSet<string> ids,
        IStore run,
        CancellationToken cancellationToken
    )
    {
        var witnesses = new List<string>();
        await foreach (var rows in LandedAsync(extract, run, cancellationToken))
        {
            ids.ExceptWith(rows.Select(row => row.Id));
            witnesses.AddRange(
                rows.Select(row => row.Id)
                    .Where(Filters.CanHold)
                    .Except(witnesses, Ids.Comparer)
                    .Except(extract.Lacking.Keys, Ids.Comparer)
                    .Take(IdLookup.MostWitnesses - witnesses.Count)
            );
        }
        return witnesses;
    }

    private static string TooLarge(Entity entity, string relations, IEnumerable<string> ids) =>
        $"{entity.Endpoint.Path}: these are too large for vPlan with their {relations}, which stay as they were: "
        + $"{string.Join(", ", ids)}.";

    private static string ExtractPath(Entity entity) => RawPages.Folder(entity.Name) + "extract.json";

    private static string SweepPath(Entity entity) => RawPages.Folder(IdSweep.NameOf(entity)) + "sweep.json";

    private static Task SaveAsync(
        LandedEntity extract,
        Entity entity,
        IStore run,
        CancellationToken cancellationToken
    ) => run.PutJsonAsync(ExtractPath(entity), extract, cancellationToken);
}

/// <summary>The parents whose lists are read, in this order, and how many the budget has no room for.</summary>
internal sealed record ParentIds(IReadOnlyCollection<string> ToRead, int Left)
{
    /// <summary>Why no parent is known; null where some are, and where vPlan said that it has none.</summary>
    public string? WhyUnknown { get; init; }
}
