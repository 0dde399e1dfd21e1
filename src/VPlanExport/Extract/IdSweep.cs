using VPlanExport.Extract.Http;
using VPlanExport.Extract.Paging;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Storage;

namespace VPlanExport.Extract;

/// <summary>
/// Which rows vPlan no longer has: a walk over everything it has, its archive too, that shows no more than ids, with
/// the pager's certificate. What is to be proved and did not come is then asked for by id, so that a row that only
/// moved between list and archive is not taken for gone. A sweep that vPlan cuts short, or that does not balance, takes
/// no row for gone.
/// </summary>
internal sealed class IdSweep
{
    private const string SeekField = "updated_at";

    private readonly Entity _entity;
    private readonly int _pageSize;
    private readonly RawPages _landing;
    private readonly SeenIds _ledger;
    private readonly PageFetcher _asker;
    private readonly PagingFallbacks _concessions;
    private readonly List<string> _warnings = [];
    private readonly List<string> _witnesses = [];
    private readonly CancellationToken _cancellationToken;

    public IdSweep(
        Entity entity,
        VPlanClient client,
        IStore run,
        PersonalDataPolicy personal,
        TimeProvider time,
        Action<ExtractProgress>? progress,
        CancellationToken cancellationToken
    )
    {
        (_entity, _pageSize, _cancellationToken) = (entity, client.Settings.PageSize, cancellationToken);
        _landing = new RawPages(client, run, NameOf(entity), SeekField, Scrubber.Of(entity, personal), time);
        _ledger = new SeenIds(SeenIds.KeyEntity(entity));
        _concessions = new PagingFallbacks(entity.Endpoint with { With = [], Hide = [] });
        _asker = new PageFetcher(AskAsync, _ledger, _pageSize, cancellationToken);

        async Task<PageScan> AskAsync(ListRequest question, CancellationToken token)
        {
            var page = await _landing.AskAsync(question, token);
            if (!question.Archived)
                _witnesses.AddRange(
                    page.Rows.Select(row => row.Id)
                        .Where(Filters.CanHold)
                        .Except(_witnesses, Ids.Comparer)
                        .Take(IdLookup.MostWitnesses - _witnesses.Count)
                );
            progress?.Invoke(
                new ExtractProgress(
                    NameOf(entity),
                    _landing.Pages.Count,
                    _ledger.Rows + page.Rows.Count,
                    question.LeftBehind(page),
                    client.RequestsLeft
                )
            );
            return page;
        }
    }

    /// <summary>What the sweep of an entity is called in folders and on the screen, such as <c>card.ids</c>.</summary>
    public static string NameOf(Entity entity) => $"{entity.Name}.ids";

    /// <param name="unseenAsync">Given which ids came: the ids to be proved that did not.</param>
    public async Task<IdSweepResult> RunAsync(Func<Func<string, bool>, Task<IReadOnlyCollection<string>>> unseenAsync)
    {
        try
        {
            await WalkAsync(archived: false);
            if (_entity.Endpoint.Archived != ArchivedRows.None)
                await WalkAsync(archived: true);
            return new IdSweepResult(
                _ledger.Certify(),
                await GoneAsync(await unseenAsync(_ledger.HasSeen)),
                _landing.Requests,
                _warnings
            );
        }
        catch (ExportException e)
            when (e
                    is RejectedRequestException
                        or NotAvailableException
                        or PageTooLargeException
                        or ContractException
                        or ReconciliationException
                        or UnreadableAnswerException
            )
        {
            return new IdSweepResult(
                null,
                [],
                _landing.Requests,
                [
                    .. _warnings,
                    $"{e.Message.TrimEnd('.')}. The sweep of ids proves nothing, so no row is taken for deleted; "
                        + "it is tried again next time.",
                ]
            );
        }
    }

    private Task WalkAsync(bool archived)
    {
        var about = new ListRequest(_entity.Endpoint.Path) { Show = ["id", SeekField], Archived = archived };
        return new Pager(new SeekRange(about, SeekField), _asker, _ledger, _concessions, _warnings.Add).RunAsync();
    }

    /// <summary>An answer without a row may come from a key that has lost its rights: there is nobody to vouch for
    /// it.</summary>
    private async Task<IReadOnlyList<string>> GoneAsync(IReadOnlyCollection<string> unseen)
    {
        if (unseen.Count == 0)
            return [];
        if (_witnesses.Count == 0)
            throw new ContractException(
                $"{_entity.Endpoint.Path}: vPlan lists no row at all, and {unseen.Count} were there."
            );
        var about = new ListRequest(_entity.Endpoint.Path) { Show = ["id", SeekField] };
        return await new IdLookup(_entity, about, _landing, _pageSize, _witnesses, _cancellationToken).GoneAsync([
            .. unseen.Order(StringComparer.Ordinal),
        ]);
    }
}

/// <summary>What a sweep found: <c>raw/&lt;entity&gt;.ids/sweep.json</c>, written when it is finished.</summary>
/// <param name="Certificate">Null when the sweep proves nothing.</param>
/// <param name="Gone">Ids that vPlan no longer has.</param>
/// <param name="Requests">Requests sent for it, retries included, by the process that finished it.</param>
internal sealed record IdSweepResult(
    Certificate? Certificate,
    IReadOnlyList<string> Gone,
    int Requests,
    IReadOnlyList<string> Warnings
);
