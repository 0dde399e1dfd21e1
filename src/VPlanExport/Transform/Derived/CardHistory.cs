using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Package;

namespace VPlanExport.Transform.Derived;

/// <summary>The rows of hist_card and fact_plan_change: what the star says of cards after the run, against what the
/// history held for current.</summary>
internal sealed class CardHistory(RunContext run, IBaseline baseline, IReadOnlyList<TableChange> read)
{
    /// <summary>Cards of vPlan that the history has not come across yet.</summary>
    private readonly Dictionary<long, Plan> _plans = [];
    private bool _isFirst = true;

    public async Task MakeAsync(DerivedRows history, DerivedRows changes)
    {
        await ReadPlansAsync();
        await foreach (var batch in baseline.Before(PlanHistory.Cards, null))
        {
            for (var row = 0; row < batch.Count; row++)
                await FollowAsync(batch, row, history, changes);
        }
        foreach (var (card, plan) in _plans)
        {
            await history.AddAsync(batch => Open(batch, card, plan, run.StartedAt));
            if (!_isFirst)
                await changes.AddAsync(batch => Change(batch, card, "added", null, plan));
        }
        await history.FlushAsync();
        await changes.FlushAsync();
    }

    private async Task FollowAsync(RowBatch batch, int row, DerivedRows history, DerivedRows changes)
    {
        _isFirst = false;
        var card = batch.Typed<long>("card_key")[row];
        var isCurrent = batch.Typed<bool>("is_current")[row];
        var was = Plan.Of(batch, row, batch.Typed<long>("resource_hash")[row]);
        var isThere = _plans.TryGetValue(card, out var now);
        if (!isCurrent || (isThere && now == was))
        {
            if (isCurrent)
                _plans.Remove(card);
            return;
        }
        var from = batch.Typed<DateTime>("valid_from")[row];
        var until = run.StartedAt > from ? run.StartedAt : from.AddTicks(TimeSpan.TicksPerMicrosecond);
        await history.AddAsync(rows => Close(rows, batch, row, until));
        if (isThere)
        {
            _plans.Remove(card);
            await history.AddAsync(rows => Open(rows, card, now!, until));
        }
        if (now is null || !now.IsPlannedAs(was))
            await changes.AddAsync(rows => Change(rows, card, isThere ? "changed" : "removed", was, now));
    }

    private async Task ReadPlansAsync()
    {
        var links = new List<(long Card, long Resource)>();
        await foreach (var (batch, row) in baseline.After(read, Cards.ResourceBridge).UndeletedAsync())
            links.Add((batch.Typed<long>("card_key")[row], batch.Typed<long>("resource_key")[row]));
        var hashes = links
            .GroupBy(l => l.Card)
            .ToDictionary(g => g.Key, g => Hash([.. g.Select(l => l.Resource).Order()]));
        await foreach (var (batch, row) in baseline.After(read, Cards.Fact).UndeletedAsync())
            _plans[batch.Key(row)] = Plan.Of(batch, row, hashes.GetValueOrDefault(batch.Key(row)));
    }

    private static long Hash(long[] resources) =>
        (long)(XxHash3.HashToUInt64(MemoryMarshal.AsBytes<long>(resources)) >> 1);

    private static void Open(RowBatch rows, long card, Plan plan, DateTime from)
    {
        rows.Typed<long>(PlanHistory.Cards.Key.Name)
            .Append(
                SurrogateKey.Of("card_history", string.Create(CultureInfo.InvariantCulture, $"{card}|{from.Ticks}"))
            );
        rows.Typed<long>("card_key").Append(card);
        rows.Typed<DateTime>("valid_from").Append(from);
        rows["valid_to"].AppendNull();
        rows.Typed<bool>("is_current").Append(true);
        plan.AppendTo(rows, "");
        Append(rows.Typed<long>("remaining_minutes"), plan.Remaining);
        rows.Typed<long>("resource_hash").Append(plan.Resources);
    }

    /// <summary>The row as it was, but over: all columns up to those that every row of the run gets.</summary>
    private static void Close(RowBatch rows, RowBatch before, int row, DateTime until)
    {
        foreach (var column in PlanHistory.Cards.Columns.TakeWhile(c => c.Name != "is_deleted"))
        {
            if (column.Name == "valid_to")
                rows.Typed<DateTime>("valid_to").Append(until);
            else if (column.Name == "is_current")
                rows.Typed<bool>("is_current").Append(false);
            else
                rows[column.Name].AppendFrom(before[column.Name], row);
        }
    }

    private void Change(RowBatch rows, long card, string type, Plan? was, Plan? now)
    {
        rows.Typed<long>(PlanHistory.Changes.Key.Name)
            .Append(SurrogateKey.Of("plan_change", string.Create(CultureInfo.InvariantCulture, $"{card}|{run.RunId}")));
        rows.Typed<long>("card_key").Append(card);
        rows.Typed<DateOnly>("changed_on").Append(run.Today);
        rows.Typed<int>("changed_on_key").Append(BusinessZone.KeyOf(run.Today));
        rows.Typed<string>("change_type").Append(type);
        (was ?? Plan.None).AppendTo(rows, "old_");
        (now ?? Plan.None).AppendTo(rows, "new_");
        Append(
            rows.Typed<int>("slip_days"),
            was?.End is { } from && now?.End is { } to ? to.DayNumber - from.DayNumber : null
        );
    }

    private static void Append<T>(ColumnBuffer<T> buffer, T? value)
        where T : struct
    {
        if (value is { } known)
            buffer.Append(known);
        else
            buffer.AppendNull();
    }

    /// <summary>What the history follows of a card.</summary>
    private sealed record Plan(
        DateOnly? Start,
        DateOnly? End,
        DateOnly? Due,
        long Stage,
        long Status,
        long? Planned,
        long? Remaining,
        long Resources
    )
    {
        public static readonly Plan None = new(
            null,
            null,
            null,
            SurrogateKey.Unknown,
            SurrogateKey.Unknown,
            null,
            null,
            0
        );

        /// <param name="batch">Rows of fact_card or of hist_card.</param>
        public static Plan Of(RowBatch batch, int row, long resources) =>
            new(
                Value<DateOnly>(batch, "start_date", row),
                Value<DateOnly>(batch, "end_date", row),
                Value<DateOnly>(batch, "due_date", row),
                batch.Typed<long>("stage_key")[row],
                batch.Typed<long>("status_key")[row],
                Value<long>(batch, "planned_minutes", row),
                Value<long>(batch, "remaining_minutes", row),
                resources
            );

        public bool IsPlannedAs(Plan other) =>
            this with { Remaining = other.Remaining, Resources = other.Resources } == other;

        public void AppendTo(RowBatch rows, string prefix)
        {
            Append(rows.Typed<DateOnly>($"{prefix}start_date"), Start);
            Append(rows.Typed<DateOnly>($"{prefix}end_date"), End);
            Append(rows.Typed<DateOnly>($"{prefix}due_date"), Due);
            rows.Typed<long>($"{prefix}stage_key").Append(Stage);
            rows.Typed<long>($"{prefix}status_key").Append(Status);
            Append(rows.Typed<long>($"{prefix}planned_minutes"), Planned);
        }

        private static T? Value<T>(RowBatch batch, string column, int row)
            where T : struct => batch[column].IsNull(row) ? null : batch.Typed<T>(column)[row];
    }
}
