using Parquet.Meta;
using VPlanExport.Dialects;
using VPlanExport.Model;

namespace VPlanExport.Storage;

/// <summary>Statistics of a whole file from those of its row groups.</summary>
internal static class FooterStats
{
    public static RowFileFooter Of(FileMetaData file, Table table)
    {
        var columns = new Dictionary<string, ColumnStats>(StringComparer.Ordinal);
        foreach (var column in table.Columns)
        {
            var chunks = file.RowGroups.SelectMany(g => g.Columns).Select(c => c.MetaData!).Where(m => m.PathInSchema[0] == column.Name).ToList();
            if (chunks.Count > 0)
                columns[column.Name] = Of(chunks, ColumnCodec.For(column));
        }
        return new RowFileFooter(file.NumRows, columns);
    }

    private static ColumnStats Of(List<ColumnMetaData> chunks, ColumnCodec codec)
    {
        var nulls = chunks.Sum(c => c.Statistics?.NullCount ?? 0);
        var filled = chunks.Where(c => c.Statistics?.NullCount != c.NumValues).Select(c => c.Statistics).ToList();
        if (filled.Count == 0 || !ParquetTypes.HasBounds(codec.Column.Type) || filled.Exists(s => s?.MinValue is null || s.MaxValue is null))
            return new ColumnStats(null, null, nulls);
        return new ColumnStats(filled.Select(s => codec.Bound(s!.MinValue!)).Min(Order), filled.Select(s => codec.Bound(s!.MaxValue!)).Max(Order), nulls);
    }

    private static readonly Comparer<object> Order = Comparer<object>.Create((a, b) =>
        a is string text ? string.CompareOrdinal(text, (string)b) : ((IComparable)a).CompareTo(b));
}
