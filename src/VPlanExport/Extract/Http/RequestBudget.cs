using System.Globalization;
using System.Text.Json;
using VPlanExport.Storage;

namespace VPlanExport.Extract.Http;

/// <summary>
/// The requests a UTC day, shared by everything that runs, on whichever machine, and remembered between runs in
/// <c>budget.json</c>. Every attempt counts and is written down before it is sent, so that a process killed at any
/// moment has counted what it sent.
/// </summary>
internal sealed class RequestBudget
{
    private const string File = "budget.json";
    private readonly IStore _store;
    private readonly int _perDay;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _one = new(1);
    private Count _count;

    private RequestBudget(IStore store, int perDay, TimeProvider time, Count count) =>
        (_store, _perDay, _time, _count) = (store, perDay, time, count);

    /// <summary>Requests sent today.</summary>
    public int Used => Today(_count.Day).Used;

    /// <summary>Requests of each day that are kept for the nightly run, so that this one does not take them.</summary>
    public int Reserve { get; set; }

    /// <summary>Requests that may still be sent today.</summary>
    public int Left => Math.Max(0, _perDay - Reserve - Used);

    private DateOnly Date => DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);

    /// <summary>
    /// Reads what was used today. A file that cannot be read counts as a day used up: nobody knows what was sent, and
    /// vPlan's limit is shared with the planners' own integrations.
    /// </summary>
    /// <param name="store">The work folder.</param>
    public static async Task<RequestBudget> OpenAsync(
        IStore store,
        int perDay,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var budget = new RequestBudget(store, perDay, time, new Count(null, null, null));
        budget._count = await budget.ReadAsync(cancellationToken);
        return budget;
    }

    /// <summary>Takes one request; <see cref="BudgetReachedException"/> when none is left.</summary>
    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            while (!await TryTakeAsync(cancellationToken))
                _count = await ReadAsync(cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>False when another process has counted meanwhile.</summary>
    private async Task<bool> TryTakeAsync(CancellationToken cancellationToken)
    {
        var day = Today(_count.Day);
        if (day.Used >= _perDay - Reserve)
            throw new BudgetReachedException(Reached(day));
        day = day with { Used = day.Used + 1 };
        if (
            await _store.ReplaceAsync(File, _count.Version, JsonSerializer.SerializeToUtf8Bytes(day), cancellationToken)
            is not { } version
        )
            return false;
        _count = new Count(day, version, null);
        return true;
    }

    private async Task<Count> ReadAsync(CancellationToken cancellationToken)
    {
        var file = await _store.ReadAsync(File, cancellationToken);
        if (file is null)
            return new Count(new Day(Date, 0), null, null);
        return Parse(file.Content) is { } day
            ? new Count(day, file.Version, null)
            : new Count(
                new Day(Date, _perDay),
                file.Version,
                $"{_store.Location}/{File} cannot be read, so today's requests count as used up. Delete the file "
                    + "if fewer were sent, or run again tomorrow (UTC)."
            );
    }

    private static Day? Parse(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize<Day>(json) is { Used: >= 0 } day ? day : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private Day Today(Day? day) => day?.Date == Date ? day : new Day(Date, 0);

    private string Reached(Day day) =>
        _count.Corrupt
        ?? string.Create(
            CultureInfo.InvariantCulture,
            $"The request budget of {day.Date:yyyy-MM-dd} (UTC) is used up: {day.Used:N0} of {_perDay:N0} "
                + $"(VPlan:RequestsPerDay)"
        )
            + (
                day.Used < _perDay
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $", and the {_perDay - day.Used:N0} that are left are kept for the nightly run. Run the "
                            + $"same command again tomorrow (UTC): it goes on where it stopped."
                    )
                    : ". The next run resumes where this one stopped."
            );

    private sealed record Day(DateOnly Date, int Used);

    /// <param name="Version">Of the file as it was read or written last; null when there is none.</param>
    /// <param name="Corrupt">What to say when the file could not be read.</param>
    private sealed record Count(Day? Day, string? Version, string? Corrupt);
}
