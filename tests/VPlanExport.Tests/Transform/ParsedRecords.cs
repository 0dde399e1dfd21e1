using System.Text;
using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Transform;
using VPlanExport.Transform.Parsing;

namespace VPlanExport.Tests.Transform;

/// <summary>Records read by a PageReader, as rows of name to value.</summary>
internal sealed class ParsedRecords
{
    public static readonly DateTime ReadAt = new(2026, 11, 23, 1, 2, 3, DateTimeKind.Utc);

    public static readonly RunContext Run = new(
        "run-1",
        new DateOnly(2026, 11, 23),
        TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam"),
        ReadAt,
        new CalendarSettings(Holidays.Dutch, FiscalYearStart: 1)
    );

    private ParsedRecords(PageReader reader) => Reader = reader;

    public PageReader Reader { get; }

    /// <summary>Reads records that stand one a string on a page.</summary>
    public static ParsedRecords Of(Entity entity, params string[] records) =>
        OfPages(entity, new Dictionary<long, RowPosition>(), records);

    /// <summary>Reads one page a string, each with its records between commas.</summary>
    public static ParsedRecords OfPages(
        Entity entity,
        IReadOnlyDictionary<long, RowPosition> lastPlaces,
        params string[][] pages
    )
    {
        var reader = new PageReader(entity, Run, lastPlaces);
        for (var i = 0; i < pages.Length; i++)
            reader.ReadPage(Page(pages[i]), i + 1, ReadAt);
        return new ParsedRecords(reader);
    }

    public static byte[] Page(params string[] records) =>
        Encoding.UTF8.GetBytes($$"""{"count":9,"limit":1000,"offset":0,"data":[{{string.Join(',', records)}}]}""");

    public IReadOnlyList<Dictionary<string, object?>> Rows(Table table) =>
        RowsOf(Reader.Batches.Single(b => b.Table == table));

    public Dictionary<string, object?> Row(Table table) => Rows(table).Single();

    public static IReadOnlyList<Dictionary<string, object?>> RowsOf(RowBatch batch)
    {
        foreach (var column in batch.Table.Columns)
            batch[column.Name].Count.Should().Be(batch.Count, $"column {column.Name} must have a value for every row");
        return
        [
            .. Enumerable
                .Range(0, batch.Count)
                .Select(row => batch.Table.Columns.ToDictionary(c => c.Name, c => batch[c.Name].Boxed(row))),
        ];
    }
}
