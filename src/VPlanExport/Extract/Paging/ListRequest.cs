using System.Globalization;
using System.Text;
using VPlanExport.Model;
using VPlanExport.Package;

namespace VPlanExport.Extract.Paging;

/// <summary>One GET of a list, as a value: what the pager asks, the client sends and the journal remembers.</summary>
/// <param name="Path">Path below the base URL, such as <c>/card</c>.</param>
internal sealed record ListRequest(string Path)
{
    public IReadOnlyList<string> With { get; init; } = [];

    public IReadOnlyList<string> Hide { get; init; } = [];

    /// <summary>The only properties to send; all when empty. Never with <see cref="With"/> (gaps P16).</summary>
    public IReadOnlyList<string> Show { get; init; } = [];

    /// <summary>Asks for the archive (A:`external-reference-344708m0`).</summary>
    public bool Archived { get; init; }

    /// <summary>What is read: the condition that stays the same over the walk.</summary>
    public string? Filter { get; init; }

    /// <summary>Where the walk is: the condition that moves.</summary>
    public string? Seek { get; init; }

    /// <summary>Such as <c>created_at:asc,id:asc</c>.</summary>
    public string? Sort { get; init; }

    /// <summary>Rows a page, 1 to 1000. Always sent: older versions of the API have other defaults.</summary>
    public int Limit { get; init; } = 1000;

    public int Offset { get; init; }

    /// <summary>Set on questions that are answered whole: the days asked for, both included
    /// (A:`capacity-stage-3589178e0`).</summary>
    public (DateOnly From, DateOnly To)? Days { get; init; }

    public static ListRequest Of(Endpoint endpoint, Window window, string? path = null) =>
        new(path ?? endpoint.Path)
        {
            With = [.. endpoint.With.Select(w => w.Name)],
            Hide = endpoint.Hide,
            Filter = Filters.Of(endpoint, window),
        };

    /// <summary>Path and query, each value encoded once.</summary>
    public string Url
    {
        get
        {
            if (Days is { } days)
                return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Path}?date_range_start={days.From:yyyy-MM-dd}&date_range_end={days.To:yyyy-MM-dd}&time_frame=day"
                );
            var url = new StringBuilder(Path).Append(CultureInfo.InvariantCulture, $"?limit={Limit}&offset={Offset}");
            Add(url, "filter", Filters.All(Filter, Seek));
            Add(url, "sort", Sort);
            Add(url, "with", Join(With));
            Add(url, "hide", Join(Hide));
            Add(url, "show", Join(Show));
            Add(url, "archived", Archived ? "true" : null);
            return url.ToString();
        }
    }

    /// <summary>Rows that vPlan counts behind a page; null where it does not say, and on the way back from the newest
    /// end.</summary>
    public long? LeftBehind(PageScan page) =>
        Sort?.Contains(":desc", StringComparison.Ordinal) == true ? null
        : page.Count is { } count ? Math.Max(count - Offset - page.Rows.Count, 0)
        : null;

    private static void Add(StringBuilder url, string name, string? value)
    {
        if (value is not null)
            url.Append('&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }

    private static string? Join(IReadOnlyList<string> names) => names.Count == 0 ? null : string.Join(',', names);
}

/// <summary>What a walk is about: a question without its paging.</summary>
/// <param name="SeekField">A timestamp of which a row's value never gets smaller.</param>
/// <param name="From">Rows whose <paramref name="SeekField"/> is at or after this are wanted; null for all, those
/// without a value too.</param>
internal sealed record SeekRange(ListRequest About, string SeekField, DateTime? From = null)
{
    public static SeekRange Of(ListRequest about, Window window) =>
        new(about, window.SeekField, (window as Window.Since)?.Utc);

    /// <summary>The whole question, or what is left of it from <paramref name="cursor"/> on.</summary>
    public ListRequest Since(DateTime? cursor) =>
        About with
        {
            Seek = cursor is { } at ? Filters.Is(SeekField, "gte", at) : null,
        };

    /// <summary>The rows shown with the timestamp <paramref name="tie"/>: it may have been cut to its unit, so it is
    /// asked for as a span.</summary>
    /// <param name="next">The first moment that would be shown differently.</param>
    public ListRequest Within(DateTime tie, DateTime next, string? afterId) =>
        About with
        {
            Seek = Filters.All(
                Filters.Is(SeekField, "gte", tie),
                Filters.Is(SeekField, "lt", next),
                afterId is null ? null : Filters.Is("id", "gt", afterId)
            ),
            Sort = "id:asc",
        };
}

/// <summary>The filter language (A:`filtering-344703m0`). Values are always quoted; there is no way to escape a quote,
/// so none may hold one.</summary>
internal static class Filters
{
    /// <summary>Longest filter to send, in characters as sent (gaps P22).</summary>
    public const int MaxLength = 2000;

    /// <summary>False for text that no filter can ask for.</summary>
    public static bool CanHold(string value) => !value.Contains('\'');

    public static string Is(string field, string op, string value) =>
        !CanHold(value)
            ? throw new ArgumentException($"vPlan's filters cannot hold a quote: {value}")
            : $"{field}:{op}:'{value}'";

    public static string Is(string field, string op, DateTime utc) => Is(field, op, VPlanStamp.Text(utc));

    public static string? All(params string?[] conditions) => Join(",and,", conditions);

    public static string? Any(params string?[] conditions) => Join(",or,", conditions);

    /// <summary>Records by their ids.</summary>
    public static string AnyId(IEnumerable<string> ids) => Any([.. ids.Select(id => Is("id", "eq", id))])!;

    /// <summary>True when vPlan takes a filter on so many ids.</summary>
    public static bool Fits(IEnumerable<string> ids) => Uri.EscapeDataString(AnyId(ids)).Length < MaxLength;

    /// <summary>The ids in groups that vPlan takes a filter on.</summary>
    public static IEnumerable<IReadOnlyList<string>> Groups(IEnumerable<string> ids, int most)
    {
        var group = new List<string>();
        foreach (var id in ids)
        {
            if (group.Count > 0 && (group.Count == most || !Fits([.. group, id])))
            {
                yield return group;
                group = [];
            }
            group.Add(id);
        }
        if (group.Count > 0)
            yield return group;
    }

    /// <summary>The days of a backfill, as a condition on the endpoint's business field.</summary>
    public static string? Of(Endpoint endpoint, Window window) =>
        window switch
        {
            Window.Range range when endpoint.BusinessFieldIsDate => All(
                Is(endpoint.BusinessField, "gte", Day(range.From)),
                Is(endpoint.BusinessField, "lte", Day(range.To))
            ),
            Window.Range { To: var to } range => All(
                Is(endpoint.BusinessField, "gte", Midnight(range.From, range.Zone)),
                to < DateOnly.MaxValue ? Is(endpoint.BusinessField, "lt", Midnight(to.AddDays(1), range.Zone)) : null
            ),
            _ => null,
        };

    /// <summary>The records of a lookback that vPlan can be asked for.</summary>
    public static string Of(Lookback lookback, DateOnly from)
    {
        var recent = lookback.Dates.Select(date => Is(date, "gte", Day(from)));
        var open = lookback.Open is { } o ? o.Values.Select(value => Is(o.Property, "eq", value)) : [];
        return $"({Any([.. recent, .. open])})";
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>UTC of the day's first moment: an hour later than midnight where the clocks go forward at
    /// midnight.</summary>
    private static DateTime Midnight(DateOnly day, string zoneId)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(zoneId);
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
            local = local.AddMinutes(15);
        return zone.IsAmbiguousTime(local)
            ? DateTime.SpecifyKind(local - zone.GetAmbiguousTimeOffsets(local).Max(), DateTimeKind.Utc)
            : TimeZoneInfo.ConvertTimeToUtc(local, zone);
    }

    private static string? Join(string separator, string?[] conditions)
    {
        var given = conditions.OfType<string>().ToArray();
        return given.Length == 0 ? null : string.Join(separator, given);
    }
}
