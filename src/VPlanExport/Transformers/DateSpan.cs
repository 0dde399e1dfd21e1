using VPlanExport.Model;

namespace VPlanExport.Transformers;

/// <summary>The oldest and the latest date that a date key stands for: dim_date reaches from the one to the other.</summary>
internal sealed class DateSpan
{
    public DateOnly Oldest { get; private set; } = DateOnly.MaxValue;

    public DateOnly Latest { get; private set; } = DateOnly.MinValue;

    public void Take((DateOnly Oldest, DateOnly Latest)? span)
    {
        if (span is { } known)
            (Oldest, Latest) = known;
    }

    public void Take(RowBatch batch)
    {
        foreach (var column in batch.Table.Columns)
        {
            if (column.Source is Source.DateKeyOf date)
                Take(batch.Typed<DateOnly>(date.Column));
        }
    }

    private void Take(ColumnBuffer<DateOnly> days)
    {
        for (var row = 0; row < days.Count; row++)
        {
            if (days.IsNull(row) || !BusinessZone.HasKey(days[row]))
                continue;
            Oldest = days[row] < Oldest ? days[row] : Oldest;
            Latest = days[row] > Latest ? days[row] : Latest;
        }
    }
}
