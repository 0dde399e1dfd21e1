using System.Globalization;
using VPlanExport.Model;

namespace VPlanExport.Runs;

/// <summary>A property of a plan as it was and as it is.</summary>
internal sealed record Difference(string What, string Old, string New, int? Days)
{
    /// <summary>Null when there is none.</summary>
    public static Difference? OfDates(string what, DateOnly? old, DateOnly? now) =>
        old == now
            ? null
            : new Difference(
                what,
                Text(old),
                Text(now),
                old is { } from && now is { } to ? to.DayNumber - from.DayNumber : null
            );

    /// <summary>Null when there is none.</summary>
    public static Difference? OfNumbers(string what, long? old, long? now) =>
        old == now
            ? null
            : new Difference(
                what,
                old?.ToString(CultureInfo.InvariantCulture) ?? "",
                now?.ToString(CultureInfo.InvariantCulture) ?? "",
                null
            );

    public static string Text(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}

/// <summary>The plan of a job: that of its cards together.</summary>
internal sealed record JobPlan(DateOnly? Start, DateOnly? End, DateOnly? Due, long Minutes, int Cards)
{
    private static readonly JobPlan None = new(null, null, null, 0, 0);

    /// <param name="batch">Rows of hist_card.</param>
    public static JobPlan OfCard(RowBatch batch, int row)
    {
        return new JobPlan(
            Date("start_date"),
            Date("end_date"),
            Date("due_date"),
            batch["planned_minutes"].IsNull(row) ? 0 : batch.Typed<long>("planned_minutes")[row],
            1
        );

        DateOnly? Date(string column) => batch[column].IsNull(row) ? null : batch.Typed<DateOnly>(column)[row];
    }

    public JobPlan With(JobPlan? other) =>
        other is null
            ? this
            : new JobPlan(
                Start < other.Start || other.Start is null ? Start : other.Start,
                End > other.End || other.End is null ? End : other.End,
                Due ?? other.Due,
                Minutes + other.Minutes,
                Cards + other.Cards
            );

    /// <summary>What is different; one line also where cards changed and the whole did not.</summary>
    public static IEnumerable<Difference> Compare(JobPlan? old, JobPlan? now)
    {
        var (before, after) = (old ?? None, now ?? None);
        var found = new[]
        {
            Difference.OfDates("start_date", before.Start, after.Start),
            Difference.OfDates("end_date", before.End, after.End),
            Difference.OfDates("due_date", before.Due, after.Due),
            Difference.OfNumbers("planned_minutes", before.Minutes, after.Minutes),
            Difference.OfNumbers("cards", before.Cards, after.Cards),
        }
            .OfType<Difference>()
            .ToList();
        return found.Count > 0 ? found : [new Difference("its cards only", "", "", null)];
    }
}
