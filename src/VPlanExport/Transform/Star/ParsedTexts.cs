using System.Text;
using VPlanExport.Model;
using VPlanExport.Transform.Parsing;

namespace VPlanExport.Transform.Star;

/// <summary>Fills the columns that read a text column of their row as another type.</summary>
internal sealed class ParsedTexts(BusinessZone zone)
{
    public void Fill(RowBatch batch)
    {
        foreach (var column in batch.Table.Columns)
        {
            if (column.Source is Source.Parsed parsed)
                Fill(batch, column, parsed);
        }
    }

    private void Fill(RowBatch batch, Column column, Source.Parsed parsed)
    {
        var (texts, kinds) = (batch.Typed<string>(parsed.Column), batch.Typed<string>(parsed.KindColumn));
        for (var row = 0; row < batch.Count; row++)
        {
            if (
                !texts.IsNull(row)
                && !kinds.IsNull(row)
                && string.Equals(kinds[row], parsed.Kind, StringComparison.OrdinalIgnoreCase)
            )
                Put(batch[column.Name], row, column, Encoding.UTF8.GetBytes(texts[row]));
        }
    }

    private void Put(ColumnBuffer buffer, int row, Column column, ReadOnlySpan<byte> text)
    {
        if (buffer is ColumnBuffer<decimal> numbers && ValueContract.TryDecimal(text, column.Type, out var number))
            numbers.Set(row, number);
        else if (buffer is ColumnBuffer<DateOnly> dates && VPlanTime.TryDate(text, zone, out var date))
            dates.Set(row, date);
        else if (buffer is ColumnBuffer<bool> flags && ValueContract.TryBool(text, out var flag))
            flags.Set(row, flag);
    }
}
