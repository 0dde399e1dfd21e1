using System.Globalization;
using System.Text.Json.Serialization;
using VPlanExport.Entities;
using VPlanExport.Model;

namespace VPlanExport.Package;

/// <summary>A page in the run: <c>raw/&lt;entity&gt;/page-000001.json.gz</c>, vPlan's bytes as sent.</summary>
/// <param name="SentAt">The earlier of vPlan's <c>Date</c> header and this machine's clock, UTC.</param>
internal sealed record LandedPage(int Number, int Rows, DateTime SentAt)
{
    /// <summary>The page's path in the run's store.</summary>
    public string Path(string entity) => PathOf(entity, Number);

    public static string PathOf(string entity, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"raw/{entity}/page-{number:000000}.json.gz");
}

/// <summary>A page of one record's elements, of a relation that vPlan does not load:
/// <c>raw/&lt;entity&gt;.&lt;relation&gt;/page-000001.json.gz</c>.</summary>
/// <param name="Relation">The nested array that the elements would stand in.</param>
internal sealed record LandedList(string Relation, string RecordId, LandedPage Page);

/// <summary>A file of the run's store with what vPlan sent, compressed by gzip.</summary>
/// <param name="List">Set when the page holds the elements of one record instead of records.</param>
internal sealed record LandedFile(string Path, LandedPage Page, LandedList? List = null);

/// <summary>An entity as landed: written to <c>raw/&lt;entity&gt;/extract.json</c> when it is complete.</summary>
internal sealed record LandedEntity(string Entity, Window Window)
{
    [JsonIgnore]
    public Entity Declaration => Catalog.Named(Entity);

    /// <summary>In the order in which they were asked for. Numbers can have gaps: refused questions have a number and
    /// no page.</summary>
    public IReadOnlyList<LandedPage> Pages { get; init; } = [];

    /// <summary>Elements that had to be read record by record.</summary>
    public IReadOnlyList<LandedList> Lists { get; init; } = [];

    /// <summary>The pages of records, then those of single records' elements.</summary>
    [JsonIgnore]
    public IEnumerable<LandedFile> Files =>
        [
            .. Pages.Select(page => new LandedFile(page.Path(Entity), page)),
            .. Lists.Select(list => new LandedFile(list.Page.Path($"{Entity}.{list.Relation}"), list.Page, list)),
        ];

    /// <summary>The pages hold every record that vPlan has.</summary>
    [JsonIgnore]
    public bool IsFullSnapshot => this is { Window: Window.Full, Parents: null };

    /// <summary>Entities served one list per parent: the lists of all parents were read whole.</summary>
    [JsonIgnore]
    public bool IsEveryList => this is { Parents: not null, ParentsLeft: 0 };

    /// <summary>The days of the business date that were read; null for all.</summary>
    [JsonIgnore]
    public (DateOnly From, DateOnly To)? Days => Window is Window.Range range ? (range.From, range.To) : null;

    /// <summary>Entities served one list per parent: the parents whose lists were read whole.</summary>
    public IReadOnlyList<string>? Parents { get; init; }

    /// <summary>Entities served one list per parent: how many parents are left for the next run.</summary>
    public int ParentsLeft { get; init; }

    /// <summary>Of the open records that take turns to be asked for by id: the last one that was; null when all
    /// were.</summary>
    public string? AskedUpTo { get; init; }

    /// <summary>Rows on the pages, repeats included.</summary>
    public long Rows { get; init; }

    /// <summary>Null when the entity is unavailable.</summary>
    public Certificate? Certificate { get; init; }

    /// <summary>
    /// The last place of each id that stands on the pages more than once, by the key of the entity's main table; every
    /// other place of these ids is older.
    /// </summary>
    public IReadOnlyDictionary<long, RowPosition> Repeats { get; init; } = new Dictionary<long, RowPosition>();

    /// <summary>Requests sent for it, retries included, by the process that finished it.</summary>
    public int Requests { get; init; }

    /// <summary>Rows a page at the end of the walk.</summary>
    public int Limit { get; init; }

    /// <summary>When the first page was sent, by the earlier of vPlan's clock and this machine's, UTC: the watermark is
    /// no later, since what changed before it has been read.</summary>
    public DateTime? FirstDate { get; init; }

    /// <summary>Questions the walks asked, refused ones included: the number of their last page. A confirmation goes on
    /// behind it.</summary>
    public int Questions { get; init; }

    /// <summary>Relations that vPlan loaded: those of the endpoint that it knows, by the name it knows.</summary>
    public IReadOnlyList<string> Loaded { get; init; } = [];

    /// <summary>Ids of rows that were too large for vPlan, and which of the loaded relations they were read
    /// without.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Lacking { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Properties that vPlan left out of the rows: those of the endpoint that it knows.</summary>
    public IReadOnlyList<string> Hidden { get; init; } = [];

    /// <summary>The endpoint's lookback was read, too.</summary>
    public bool HasLookback { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Why vPlan gives nothing for this key (403, 404); null when the entity was read.</summary>
    public string? Unavailable { get; init; }

    /// <summary>Ids that vPlan was found to have no longer, by a lookup of its id or by a sweep; null when neither
    /// ran.</summary>
    [JsonPropertyName("Gone")]
    public IReadOnlyList<string>? Deleted { get; init; }

    /// <summary>Of the sweep that compared every id; null when there was none, or none that proves anything.</summary>
    public Certificate? Swept { get; init; }

    public override string ToString() =>
        Unavailable is null
            ? Certificate?.Text(string.Create(CultureInfo.InvariantCulture, $"{Entity} rows")) ?? Entity
            : $"{Entity}: {Unavailable}";
}

/// <summary>How far an entity is.</summary>
/// <param name="RowsLeft">Rows that vPlan counts behind the last page; null where it counts only a part, such as the
/// list of one parent.</param>
internal readonly record struct ExtractProgress(string Entity, int Pages, long Rows, long? RowsLeft, int RequestsLeft)
{
    /// <summary>From 0 to 1.</summary>
    public double? Share => RowsLeft is { } left && Rows + left > 0 ? (double)Rows / (Rows + left) : null;
}

/// <summary>
/// The proof that a read is complete: at one moment vPlan counted <paramref name="Expected"/> rows for the whole
/// question, and at least as many distinct ids had been seen.
/// </summary>
/// <param name="Expected">vPlan's count at the end of the walk.</param>
/// <param name="Seen">Distinct ids read.</param>
/// <param name="Reread">Rows read again: the last reading holds.</param>
/// <param name="Vanished">Ids seen that vPlan no longer counts: deleted, or no longer in the window.</param>
/// <param name="Questions">Requests that were answered, refusals included.</param>
internal sealed record Certificate(long Expected, long Seen, long Reread, long Vanished, int Questions)
{
    /// <summary>The certificate with records that were asked for by id, which vPlan counted in each answer.</summary>
    public Certificate With(int found, int rows, int questions) =>
        this with
        {
            Expected = Expected + found,
            Seen = Seen + found,
            Reread = Reread + rows - found,
            Questions = Questions + questions,
        };

    /// <summary>Such as <c>4,812 of 4,812 cards, 2 re-read</c>.</summary>
    public string Text(string noun)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Seen:N0} of {Expected:N0} {noun}");
        if (Reread > 0)
            text += string.Create(CultureInfo.InvariantCulture, $", {Reread:N0} re-read");
        if (Vanished > 0)
            text += string.Create(CultureInfo.InvariantCulture, $", {Vanished:N0} vanished");
        return text;
    }
}

/// <summary>Where a record stands in a run: its page, and its place in the page's <c>data</c>, from 0.</summary>
internal readonly record struct RowPosition(int Page, int Row);
