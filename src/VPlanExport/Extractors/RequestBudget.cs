using System.Globalization;
using System.Text.Json;
using VPlanExport.Storage;

namespace VPlanExport.Extractors;

/// <summary>
/// The requests a UTC day, shared by everything that runs and remembered between runs in <c>budget.json</c>. Every attempt counts and is
/// written down before it is sent, so that a process killed at any moment has counted what it sent.
/// </summary>
public sealed class RequestBudget
{
    private const string File = "budget.json";
    private readonly IStore _store;
    private readonly int _perDay;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _one = new(1);
    private Day _day;
    private string? _corrupt;

    private RequestBudget(IStore store, int perDay, TimeProvider time, Day day, string? corrupt) =>
        (_store, _perDay, _time, _day, _corrupt) = (store, perDay, time, day, corrupt);

    /// <summary>Requests sent today.</summary>
    public int Used => Today(_day).Used;

    /// <summary>Requests that may still be sent today.</summary>
    public int Left => Math.Max(0, _perDay - Used);

    private DateOnly Date => DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);

    /// <summary>
    /// Reads what was used today. A file that cannot be read counts as a day used up: nobody knows what was sent, and vPlan's limit is shared with the
    /// planners' own integrations.
    /// </summary>
    /// <param name="store">The work folder.</param>
    public static async Task<RequestBudget> OpenAsync(IStore store, int perDay, TimeProvider time, CancellationToken cancellationToken = default)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        await using var file = await store.OpenAsync(File, cancellationToken);
        if (file is null)
            return new RequestBudget(store, perDay, time, new Day(today, 0), null);
        return await ReadAsync(file, cancellationToken) is { } day
            ? new RequestBudget(store, perDay, time, day, null)
            : new RequestBudget(store, perDay, time, new Day(today, perDay), $"{store.Location}/{File} cannot be read, so today's requests count as used up. Delete the file if fewer were sent, or run again tomorrow (UTC).");
    }

    private static async Task<Day?> ReadAsync(Stream file, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<Day>(file, cancellationToken: cancellationToken) is { Used: >= 0 } day ? day : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Takes one request; <see cref="BudgetReachedException"/> when none is left.</summary>
    public async Task TakeAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var day = Today(_day);
            if (day.Used >= _perDay)
                throw new BudgetReachedException(Reached(day));
            await SaveAsync(day with { Used = day.Used + 1 }, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task SaveAsync(Day day, CancellationToken cancellationToken)
    {
        await _store.PutAsync(File, stream => JsonSerializer.SerializeAsync(stream, day, cancellationToken: cancellationToken), cancellationToken);
        (_day, _corrupt) = (day, null);
    }

    private Day Today(Day day) => day.Date == Date ? day : new Day(Date, 0);

    private string Reached(Day day) => _corrupt ?? string.Create(
        CultureInfo.InvariantCulture,
        $"The request budget of {day.Date:yyyy-MM-dd} (UTC) is used up: {day.Used:N0} of {_perDay:N0} (VPlan:RequestsPerDay). The next run resumes where this one stopped.");

    private sealed record Day(DateOnly Date, int Used);
}
