using VPlanExport.Extract.Http;
using VPlanExport.Extract.Paging;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Storage;

namespace VPlanExport.Extract;

/// <summary>One entity being read: its walks, one after the other, over one landing and one ledger.</summary>
internal sealed class EntityReader
{
    private const int MissingParentsAllowed = 5;
    private const int TwinsTold = 5;

    private readonly Entity _entity;
    private readonly Window _window;
    private readonly RawPages _landing;
    private readonly SeenIds _ledger;
    private readonly PageFetcher _asker;
    private readonly PagingFallbacks _concessions;
    private readonly List<string> _warnings = [];
    private readonly CancellationToken _cancellationToken;
    private bool _hasLookback;

    public EntityReader(
        Entity entity,
        Window window,
        VPlanClient client,
        IStore run,
        PersonalDataPolicy personal,
        TimeProvider time,
        Action<ExtractProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        (_entity, _window, _cancellationToken) = (entity, window, cancellationToken);
        _landing = new RawPages(client, run, entity.Name, window.SeekField, Scrubber.Of(entity, personal), time);
        _concessions = new PagingFallbacks(entity.Endpoint);
        _ledger = new SeenIds(SeenIds.KeyEntity(entity));
        _asker = new PageFetcher(AskAsync, _ledger, client.Settings.PageSize, cancellationToken);

        async Task<PageScan> AskAsync(ListRequest question, CancellationToken token)
        {
            var page = await _landing.AskAsync(question, token);
            progress?.Invoke(
                new ExtractProgress(
                    entity.Name,
                    _landing.Pages.Count,
                    _ledger.Rows + page.Rows.Count,
                    entity.Endpoint.Per is null ? question.LeftBehind(page) : null,
                    client.RequestsLeft
                )
            );
            return page;
        }
    }

    /// <param name="parentIds">Ids of the parent entity; asked only when there is no flat list.</param>
    public async Task<LandedEntity> RunAsync(Func<ParentList, Task<ParentIds>> parentIds)
    {
        if (_entity.Endpoint.Per is { } per)
            return await ReadParentsAsync(per, await parentIds(per));
        try
        {
            await WalkAsync(ListRequest.Of(_entity.Endpoint, _window));
            await WalkArchiveAsync();
            await WalkLookbackAsync();
        }
        catch (NotAvailableException e) when (_ledger.Rows == 0)
        {
            if (e.Status != System.Net.HttpStatusCode.NotFound || _entity.Endpoint.Fallback is not { } fallback)
                return Extract() with { Unavailable = e.Message };
            _warnings.Add($"{e.Message}; reading {fallback.Path} instead.");
            var ids = await parentIds(fallback);
            if (ids.WhyUnknown is { } unknown)
                return Extract() with { Unavailable = unknown };
            if (await WalkParentsAsync(fallback, ids.ToRead) is { } missing)
                return Extract() with { Unavailable = missing };
        }
        return Extract() with { Certificate = _ledger.Certify() };
    }

    /// <param name="ids">The parents to read, as many as the budget bears.</param>
    private async Task<LandedEntity> ReadParentsAsync(ParentList per, ParentIds ids)
    {
        if (ids.WhyUnknown is { } unknown)
            return Extract() with { Unavailable = unknown };
        var read = new List<string>();
        var isCounted = _entity.Endpoint.Unnest is null;
        try
        {
            if (
                await ReadParentsAsync(per, ids.ToRead, isCounted ? WalkListAsync : AskWholeAsync, read.Add) is
                { } missing
            )
                return Extract() with { Unavailable = missing };
        }
        catch (NotAvailableException e) when (_landing.Pages.All(page => page.Rows == 0))
        {
            return Extract() with { Unavailable = e.Message };
        }
        if (ids.Left > 0)
            _warnings.Add(
                $"{ids.Left} of {ids.Left + ids.ToRead.Count} lists are left for the next run, to stay within "
                    + "VPlan:RequestsPerDay; it starts with those that were read longest ago."
            );
        return Extract() with
        {
            Parents = read,
            ParentsLeft = ids.Left,
            Certificate = isCounted ? _ledger.Certify() : null,
        };
    }

    /// <summary>Reads the list of each of these records; every page with the record it is of.</summary>
    public async Task<(LandedEntity Extract, List<(string Id, LandedPage Page)> Lists)> ListsAsync(
        ParentList lists,
        IReadOnlyCollection<string> ids
    )
    {
        var pages = new List<(string, LandedPage)>();
        _warnings.Add($"{_entity.Name} is read from {lists.Path}, a request for each of {ids.Count} records.");
        try
        {
            if (
                await WalkParentsAsync(
                    lists,
                    ids,
                    id => pages.AddRange(_landing.Pages.Skip(pages.Count).Select(page => (id, page)))
                ) is
                { } missing
            )
                _warnings.Add($"{missing}; what was read of {_entity.Name} before stays.");
        }
        catch (NotAvailableException e)
        {
            _warnings.Add($"{e.Message}; what was read of {_entity.Name} before stays.");
        }
        return (Extract(), pages);
    }

    private Task WalkAsync(ListRequest about, bool isTried = false) =>
        new Pager(SeekRange.Of(about, _window), _asker, _ledger, _concessions, _warnings.Add, isTried).RunAsync();

    private async Task WalkArchiveAsync()
    {
        if (_entity.Endpoint.Archived == ArchivedRows.None)
            return;
        var isTried = _entity.Endpoint.Archived == ArchivedRows.Tried;
        try
        {
            await WalkAsync(ListRequest.Of(_entity.Endpoint, _window) with { Archived = true }, isTried);
        }
        catch (Exception e)
            when (isTried && _ledger.SeenInWalk == 0 && e is RejectedRequestException or NotAvailableException)
        {
            _warnings.Add($"{_entity.Name}: vPlan has no list of archived rows ({e.Message}).");
        }
    }

    /// <summary>The second walk of an incremental read goes over what may have changed unseen. Where vPlan does not
    /// understand the question, the first one holds.</summary>
    private async Task WalkLookbackAsync()
    {
        if (_window is not Window.Since { LookbackFrom: { } day } || _entity.Endpoint.Lookback is not { } lookback)
            return;
        var about = ListRequest.Of(_entity.Endpoint, _window) with { Filter = Filters.Of(lookback, day) };
        try
        {
            await new Pager(
                new SeekRange(about, _window.SeekField),
                _asker,
                _ledger,
                _concessions,
                _warnings.Add,
                isTried: true
            ).RunAsync();
            _hasLookback = true;
        }
        catch (RejectedRequestException e) when (_ledger.SeenInWalk == 0)
        {
            _warnings.Add($"{e.Message}; lists that changed without moving updated_at are seen by the next full run.");
        }
    }

    private Task<string?> WalkParentsAsync(
        ParentList per,
        IReadOnlyCollection<string> ids,
        Action<string>? walked = null
    ) => ReadParentsAsync(per, ids, WalkListAsync, walked);

    private async Task<bool> WalkListAsync(string path)
    {
        await WalkAsync(ListRequest.Of(_entity.Endpoint, _window, path));
        return true;
    }

    /// <summary>Asks for what is answered whole: nothing can prove it, and what vPlan does not answer is left out with
    /// a warning.</summary>
    private async Task<bool> AskWholeAsync(string path)
    {
        var days = (Window.Range)_window;
        try
        {
            await _landing.AskAsync(new ListRequest(path) { Days = (days.From, days.To) }, _cancellationToken);
            return true;
        }
        catch (ExportException e) when (e is RejectedRequestException or PageTooLargeException)
        {
            _warnings.Add($"{e.Message}; what was read of it before stays.");
            return false;
        }
    }

    /// <param name="readAsync">Reads the list at a path; false when it could not be.</param>
    /// <summary>Reads the list of every parent. A parent that has none any more has no rows any more, either; of one
    /// that may not be read, rows stay.</summary>
    /// <returns>Why the lists are not there, when the first parents or all of them have none: unknown parents answer
    /// with an empty list (J), so the path is wrong.</returns>
    private async Task<string?> ReadParentsAsync(
        ParentList per,
        IReadOnlyCollection<string> ids,
        Func<string, Task<bool>> readAsync,
        Action<string>? read
    )
    {
        var (missing, why) = (0, "");
        foreach (var (asked, id) in ids.Index())
        {
            var before = _landing.Pages.Count;
            try
            {
                if (await readAsync(per.Path.Replace("{id}", Uri.EscapeDataString(id), StringComparison.Ordinal)))
                    read?.Invoke(id);
            }
            catch (NotAvailableException e) when (_landing.Pages.Count == before)
            {
                (missing, why) = (missing + 1, e.Message);
                if (missing == MissingParentsAllowed && asked + 1 == missing)
                    return why;
                var isGone = e.Status == System.Net.HttpStatusCode.NotFound;
                _warnings.Add(
                    isGone
                        ? $"{per.Entity} {id} is gone: vPlan has no list of its rows."
                        : $"{e.Message}; what was read of it before stays."
                );
                if (isGone)
                    read?.Invoke(id);
            }
        }
        return missing > 0 && missing == ids.Count ? why : null;
    }

    private LandedEntity Extract() =>
        new(_entity.Name, _window)
        {
            Pages = _landing.Pages,
            Rows = _landing.Pages.Sum(page => (long)page.Rows),
            Repeats = _ledger.Repeats,
            Requests = _landing.Requests,
            Limit = _asker.Limit,
            FirstDate = _landing.Pages.Count > 0 ? _landing.Pages[0].SentAt : null,
            Questions = _ledger.Questions,
            Loaded = _concessions.With,
            Hidden = _concessions.Hide,
            HasLookback = _hasLookback,
            Lacking = _asker.Lacking,
            Warnings =
                _ledger.Twins.Count == 0
                    ? _warnings
                    :
                    [
                        .. _warnings,
                        "two ids differ only by case and are one row, which says what came last: "
                            + $"{string.Join(", ", _ledger.Twins.Take(TwinsTold))}",
                    ],
        };
}
