using VPlanExport.Entities;
using VPlanExport.Extract;
using VPlanExport.Model;
using VPlanExport.Package;

namespace VPlanExport.Runs.Backfill;

/// <summary>
/// Cuts a long range to the months that vPlan or the lake has rows of: an empty month is a run that finds nothing. What
/// vPlan lists per resource or board has no ends that it could be asked for, and does not count.
/// </summary>
internal sealed class BackfillRange(Extractor extractor, Baseline baseline, TimeZoneInfo zone)
{
    /// <summary>To read so many months costs no more than to ask where they begin.</summary>
    private const int Short = 3;

    /// <summary>Whether the request is left as it is without a question.</summary>
    public static bool IsShort(RunRequest request) => request.Months().Count <= Short;

    /// <returns>The request with whole months left out at its ends; null when there is nothing in any of
    /// them.</returns>
    public async Task<RunRequest?> CutAsync(RunRequest request, CancellationToken cancellationToken)
    {
        var entities = Catalog
            .All.Where(e => request.IsAbout(e.Name) && e.Endpoint.Per is null && e.Endpoint.Unnest is null)
            .ToList();
        if (IsShort(request) || entities.Count == 0)
            return request;
        var (first, last) = await EndsAsync(request, entities, cancellationToken);
        var (from, to) = (request.From!.Value, request.To!.Value);
        if (first is null || last is null)
            return await HoldsAsync(entities, from, to, cancellationToken) ? request : null;
        var begin = Later(from, new DateOnly(first.Value.Year, first.Value.Month, 1));
        var end = Earlier(to, EndOfMonth(last.Value));
        return request with
        {
            From =
                begin > from && await HoldsAsync(entities, from, begin.AddDays(-1), cancellationToken) ? from : begin,
            To = end < to && await HoldsAsync(entities, end.AddDays(1), to, cancellationToken) ? to : end,
        };
    }

    private static DateOnly EndOfMonth(DateOnly day) =>
        new(day.Year, day.Month, DateTime.DaysInMonth(day.Year, day.Month));

    private async Task<(DateOnly? First, DateOnly? Last)> EndsAsync(
        RunRequest request,
        IReadOnlyList<Entity> entities,
        CancellationToken cancellationToken
    )
    {
        var window = new Window.Range(request.From!.Value, request.To!.Value, zone);
        DateOnly? first = null;
        DateOnly? last = null;
        foreach (var entity in entities)
        {
            foreach (var day in await extractor.EndsAsync(entity, window, new BusinessZone(zone), cancellationToken))
            {
                first = first < day ? first : day;
                last = last > day ? last : day;
            }
        }
        return (first, last);
    }

    /// <summary>Whether the lake has rows there, which vPlan may no longer have.</summary>
    private async Task<bool> HoldsAsync(
        IReadOnlyList<Entity> entities,
        DateOnly from,
        DateOnly to,
        CancellationToken cancellationToken
    )
    {
        foreach (var entity in entities)
        {
            // A day around the range belongs to the months that are read.
            if (
                from.AddDays(1) <= to.AddDays(-1)
                && (await baseline.IdsInRangeAsync(entity, from.AddDays(1), to.AddDays(-1), cancellationToken)).Count
                    > 0
            )
                return true;
        }
        return false;
    }

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;
}
