using VPlanExport.Model;

namespace VPlanExport.Storage;

/// <summary>What a row holds in a column that did not exist when it was written.</summary>
internal static class Absent
{
    public static void Fill(ColumnBuffer buffer, Column column, int rows)
    {
        for (var i = 0; i < rows; i++)
            Append(buffer, column);
    }

    private static void Append(ColumnBuffer buffer, Column column)
    {
        if (column.Type.IsNullable)
            buffer.AppendNull();
        else if (buffer is ColumnBuffer<long> keys)
            keys.Append(Keys.Unknown);
        else
            ((ColumnBuffer<int>)buffer).Append((int)Keys.Unknown);
    }
}
