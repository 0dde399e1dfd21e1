using System.Globalization;
using System.IO.Compression;
using System.Net;
using VPlanExport.Extract.Http;
using VPlanExport.Extract.Paging;
using VPlanExport.Package;
using VPlanExport.Storage;

namespace VPlanExport.Extract;

/// <summary>
/// Answers an entity's questions, from the run where it already has the answer, else from vPlan. An answer is landed
/// before it is used: first the page, then its journal entry, which is what makes it count. A walk that is started
/// again asks the same questions in the same order, so it is answered from disk up to where the last process died; from
/// the first other question on, what was landed is discarded.
/// </summary>
internal sealed class RawPages(
    VPlanClient client,
    IStore run,
    string entity,
    string seekField,
    Scrubber? scrubber,
    TimeProvider time
)
{
    /// <summary>What to do when something that was landed is damaged or gone.</summary>
    public const string Advice = "Discard the run with --fresh.";

    private readonly List<LandedPage> _pages = [];
    private bool _isReplaying = true;

    public IReadOnlyList<LandedPage> Pages => _pages;

    /// <summary>Number of the latest page or refusal.</summary>
    public int Number { get; private set; }

    public int Requests { get; private set; }

    public static string Folder(string entity) => $"raw/{entity}/";

    private static string EntryPath(string entity, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"raw/{entity}/page-{number:000000}.json");

    /// <summary>Removes what was landed of an entity, the latest page first, so that what is left if this is
    /// interrupted is still a beginning.</summary>
    public static async Task ForgetAsync(IStore run, string entity, CancellationToken cancellationToken)
    {
        foreach (var file in (await run.ListAsync(Folder(entity), cancellationToken)).Reverse())
            await run.DeleteAsync(file.Path, cancellationToken);
    }

    /// <summary>Goes on behind pages that are complete.</summary>
    public void SkipTo(int number) => Number = number;

    public async Task<PageScan> AskAsync(ListRequest question, CancellationToken cancellationToken)
    {
        Number++;
        if (_isReplaying && await RememberedAsync(question.Url, cancellationToken) is { } entry)
            return await ReplayAsync(entry, cancellationToken);
        if (_isReplaying)
            await DiscardRestAsync(cancellationToken);
        return await LandAsync(question, cancellationToken);
    }

    private async Task<PageRecord?> RememberedAsync(string url, CancellationToken cancellationToken)
    {
        var entry = await run.ReadJsonAsync<PageRecord>(EntryPath(entity, Number), Advice, cancellationToken);
        return entry?.Url == url ? entry : null;
    }

    private async Task<PageScan> ReplayAsync(PageRecord entry, CancellationToken cancellationToken)
    {
        entry.Refusal?.Throw();
        _pages.Add(new LandedPage(Number, entry.Rows, entry.SentAt));
        return await ReadAsync(run, LandedPage.PathOf(entity, Number), seekField, cancellationToken);
    }

    /// <summary>Scans a landed page.</summary>
    public static async Task<PageScan> ReadAsync(
        IStore run,
        string path,
        string seekField,
        CancellationToken cancellationToken
    )
    {
        await using var file =
            await run.OpenAsync(path, cancellationToken)
            ?? throw new SinkException($"{run.Location}/{path} is missing although the journal has it. {Advice}");
        await using var json = new GZipStream(file, CompressionMode.Decompress);
        try
        {
            return await PageScanner.ScanAsync(json, seekField, cancellationToken);
        }
        catch (Exception e) when (e is TransientException or UnreadableException or InvalidDataException)
        {
            throw new SinkException($"{run.Location}/{path} is damaged ({e.Message}). {Advice}", e);
        }
    }

    private async Task DiscardRestAsync(CancellationToken cancellationToken)
    {
        _isReplaying = false;
        foreach (var file in await run.ListAsync(Folder(entity) + "page-", cancellationToken))
        {
            if (string.CompareOrdinal(file.Path, EntryPath(entity, Number)) >= 0)
                await run.DeleteAsync(file.Path, cancellationToken);
        }
    }

    private async Task<PageScan> LandAsync(ListRequest question, CancellationToken cancellationToken)
    {
        try
        {
            var (page, sentAt) = await client.GetAsync(
                question.Url,
                client.Settings.MaxAttempts,
                (reply, token) => PutAsync(reply, isCounted: question.Days is null, token),
                () => Requests++,
                cancellationToken,
                entity.Split('.')[0]
            );
            await WriteAsync(new PageRecord(question.Url, page.Count, page.Rows.Count, sentAt, Now), cancellationToken);
            _pages.Add(new LandedPage(Number, page.Rows.Count, sentAt));
            return page;
        }
        catch (ExportException e) when (Refusal.Of(e) is { } refusal)
        {
            await WriteAsync(new PageRecord(question.Url, null, 0, Now, Now) { Refusal = refusal }, cancellationToken);
            throw;
        }
    }

    private async Task<(PageScan Page, DateTime SentAt)> PutAsync(
        ApiResponse reply,
        bool isCounted,
        CancellationToken cancellationToken
    )
    {
        PageScan? page = null;
        await run.PutAsync(
            LandedPage.PathOf(entity, Number),
            async file =>
            {
                await using var gzip = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true);
                page = scrubber is null
                    ? await ScanAsync(reply, gzip, isCounted, cancellationToken)
                    : await ScrubAsync(reply, gzip, scrubber, isCounted, cancellationToken);
            },
            cancellationToken
        );
        return (page!, reply.SentAt);
    }

    private async Task<PageScan> ScanAsync(
        ApiResponse reply,
        Stream copy,
        bool isCounted,
        CancellationToken cancellationToken
    )
    {
        await using var body = reply.Body(copy);
        return await PageScanner.ScanAsync(body, seekField, cancellationToken, isCounted);
    }

    private async Task<PageScan> ScrubAsync(
        ApiResponse reply,
        Stream to,
        Scrubber scrub,
        bool isCounted,
        CancellationToken cancellationToken
    )
    {
        using var whole = new MemoryStream();
        var page = await ScanAsync(reply, whole, isCounted, cancellationToken);
        scrub.Write(whole.GetBuffer().AsMemory(0, (int)whole.Length), to);
        return page;
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private Task WriteAsync(PageRecord entry, CancellationToken cancellationToken) =>
        run.PutJsonAsync(EntryPath(entity, Number), entry, cancellationToken);
}

/// <summary>A question and its answer, beside the page: <c>raw/&lt;entity&gt;/page-000001.json</c>.</summary>
/// <param name="SentAt">The earlier of vPlan's <c>Date</c> header and this machine's clock, UTC.</param>
/// <param name="FetchedAt">Our clock. UTC.</param>
internal sealed record PageRecord(string Url, long? Count, int Rows, DateTime SentAt, DateTime FetchedAt)
{
    /// <summary>Set when vPlan refused the question: then there is no page.</summary>
    public Refusal? Refusal { get; init; }
}

/// <summary>An answer that changes how the walk goes on, remembered so that a resumed walk takes the same
/// way.</summary>
/// <param name="Status">0 for an answer that was too large.</param>
internal sealed record Refusal(int Status, string Message)
{
    public static Refusal? Of(ExportException e) =>
        e switch
        {
            PageTooLargeException => new Refusal(0, e.Message),
            RejectedRequestException => new Refusal((int)HttpStatusCode.BadRequest, e.Message),
            NotAvailableException missing => new Refusal((int)missing.Status, e.Message),
            _ => null,
        };

    public void Throw() =>
        throw Status switch
        {
            0 => new PageTooLargeException(Message),
            (int)HttpStatusCode.BadRequest => new RejectedRequestException(Message),
            _ => new NotAvailableException((HttpStatusCode)Status, Message),
        };
}
