namespace VPlanExport.Extractors;

/// <summary>What a walk is about: a question without its paging.</summary>
/// <param name="SeekField">A timestamp of which a row's value never gets smaller.</param>
/// <param name="From">Rows whose <paramref name="SeekField"/> is at or after this are wanted; null for all, those without a value too.</param>
internal sealed record Walk(Question About, string SeekField, DateTime? From = null)
{
    public static Walk Of(Question about, Window window) => new(about, window.SeekField, (window as Window.Since)?.Utc);

    /// <summary>The whole question, or what is left of it from <paramref name="cursor"/> on.</summary>
    public Question Since(DateTime? cursor) => About with
    {
        Seek = cursor is { } at ? Filters.Is(SeekField, "gte", at) : null,
    };

    /// <summary>The rows shown with the timestamp <paramref name="tie"/>: it may have been cut to its unit, so it is asked for as a span.</summary>
    /// <param name="next">The first moment that would be shown differently.</param>
    public Question Within(DateTime tie, DateTime next, string? afterId) => About with
    {
        Seek = Filters.All(
            Filters.Is(SeekField, "gte", tie),
            Filters.Is(SeekField, "lt", next),
            afterId is null ? null : Filters.Is("id", "gt", afterId)),
        Sort = "id:asc",
    };
}
