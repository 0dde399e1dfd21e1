using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Runs;

namespace VPlanExport.Tests.Runs;

[Trait("Tier", "unit")]
public class TableChecksumTests
{
    public static TheoryData<string> Tables => [.. Catalog.Tables.Select(t => t.Name)];

    [Theory]
    [MemberData(nameof(Tables))]
    public void Every_value_of_every_column_counts_but_those_that_name_the_run(string name)
    {
        var table = Catalog.Table(name);
        foreach (var (i, column) in table.Columns.Index())
        {
            foreach (var alter in Alterations(column))
                Differs(table, batch => alter(batch[i]))
                    .Should()
                    .Be(column.Name is not ("run_id" or "extracted_at"), $"{column.Name} was altered");
        }
    }

    [Theory]
    [InlineData("a", "bc", "ab", "c")]
    [InlineData("a|b", "c", "a", "b|c")]
    [InlineData("", null, null, "")]
    [InlineData("\u00e9", "", "e\u0301", "")]
    public void Texts_are_told_apart_wherever_they_begin_and_end(
        string? name,
        string? description,
        string? otherName,
        string? otherDescription
    )
    {
        Content(batch => Put(batch, name, description))
            .Should()
            .NotBe(Content(batch => Put(batch, otherName, otherDescription)));

        static void Put(RowBatch batch, string? name, string? description)
        {
            foreach (var (column, text) in new[] { ("name", name), ("description", description) })
            {
                if (text is null)
                    batch.Typed<string>(column).SetNull(0);
                else
                    batch.Typed<string>(column).Set(0, text);
            }
        }

        static string Content(Action<RowBatch> put)
        {
            var batch = Rows(Cards.Dim);
            put(batch);
            return ContentSum.Of(Cards.Dim, [batch]).Months.Single().Checksum;
        }
    }

    [Fact]
    public void Minutes_that_move_from_one_row_to_another_are_found() =>
        Differs(
                TimeEntries.Fact,
                batch =>
                {
                    batch.Typed<long>("minutes").Set(0, 6);
                    batch.Typed<long>("minutes").Set(1, 4);
                }
            )
            .Should()
            .BeTrue();

    [Fact]
    public void Rows_may_come_in_any_order_and_in_any_batches()
    {
        var (batch, reversed) = (Rows(TimeEntries.Fact), new RowBatch(TimeEntries.Fact));
        reversed.AppendFrom(batch, 1);
        reversed.AppendFrom(batch, 0);

        ContentSum
            .Of(TimeEntries.Fact, [reversed])
            .DifferentMonths(ContentSum.Of(TimeEntries.Fact, [batch]))
            .Should()
            .BeEmpty();
        ContentSum
            .Of(TimeEntries.Fact, [reversed, batch])
            .DifferentMonths(ContentSum.Of(TimeEntries.Fact, [batch]))
            .Should()
            .Equal("2026-10");
    }

    [Fact]
    public void A_decimal_is_the_same_however_many_zeros_it_is_written_with() =>
        Differs(Schedules.Fact, batch => batch.Typed<decimal>("hours_work").Set(0, 5.00000m)).Should().BeFalse();

    [Fact]
    public void A_row_counts_in_the_month_of_its_day_and_one_without_a_day_in_none()
    {
        var batch = Rows(TimeEntries.Fact);
        batch.Typed<DateOnly>("work_date").Set(0, new DateOnly(2025, 12, 31));
        batch.Typed<DateOnly>("work_date").SetNull(1);

        ContentSum
            .Of(TimeEntries.Fact, [batch])
            .Months.Select(m => (m.Month, m.Rows))
            .Should()
            .Equal(("", 1), ("2025-12", 1));
    }

    private static bool Differs(Table table, Action<RowBatch> alter)
    {
        var batch = Rows(table);
        alter(batch);
        return ContentSum.Of(table, [batch]).DifferentMonths(ContentSum.Of(table, [Rows(table)])).Count > 0;
    }

    /// <summary>Two rows that say the same but for their keys.</summary>
    private static RowBatch Rows(Table table)
    {
        var batch = new RowBatch(table);
        for (var row = 0; row < 2; row++)
        {
            foreach (var (i, column) in table.Columns.Index())
                Append(batch[i], i == 0 ? 7 + row : 5, column);
        }
        return batch;
    }

    private static void Append(ColumnBuffer buffer, int number, Column column)
    {
        switch (buffer)
        {
            case ColumnBuffer<long> b:
                b.Append(number);
                break;
            case ColumnBuffer<int> b:
                b.Append(number);
                break;
            case ColumnBuffer<bool> b:
                b.Append(false);
                break;
            case ColumnBuffer<decimal> b:
                b.Append(number);
                break;
            case ColumnBuffer<DateOnly> b:
                b.Append(new DateOnly(2026, 10, number));
                break;
            case ColumnBuffer<DateTime> b:
                b.Append(new DateTime(2026, 10, number, 0, 0, 0, DateTimeKind.Utc));
                break;
            case ColumnBuffer<string> b:
                b.Append($"Text of {column.Name}");
                break;
        }
    }

    /// <summary>The least that somebody can change in the second row.</summary>
    private static IEnumerable<Action<ColumnBuffer>> Alterations(Column column) =>
        column.Type.Kind switch
        {
            ColumnKind.Key or ColumnKind.Int64 => [b => ((ColumnBuffer<long>)b).Set(1, 9)],
            ColumnKind.Int32 or ColumnKind.DateKey => [b => ((ColumnBuffer<int>)b).Set(1, 9)],
            ColumnKind.Bool => [b => ((ColumnBuffer<bool>)b).Set(1, true), Null<bool>],
            ColumnKind.Decimal =>
            [
                b => ((ColumnBuffer<decimal>)b).Set(1, 5 + new decimal(1, 0, 0, false, (byte)column.Type.Scale)),
                Null<decimal>,
            ],
            ColumnKind.Date => [b => ((ColumnBuffer<DateOnly>)b).Set(1, new DateOnly(2026, 10, 6)), Null<DateOnly>],
            ColumnKind.Timestamp =>
            [
                b =>
                    ((ColumnBuffer<DateTime>)b).Set(
                        1,
                        new DateTime(2026, 10, 5, 0, 0, 0, DateTimeKind.Utc).AddMicroseconds(1)
                    ),
                Null<DateTime>,
            ],
            ColumnKind.Id or ColumnKind.Text or ColumnKind.Time or ColumnKind.Json =>
            [
                b => ((ColumnBuffer<string>)b).Set(1, $"text of {column.Name}"),
                b => ((ColumnBuffer<string>)b).Set(1, $"Text of {column.Name} "),
                b => ((ColumnBuffer<string>)b).Set(1, ""),
                Null<string>,
            ],
        };

    private static void Null<T>(ColumnBuffer buffer) => ((ColumnBuffer<T>)buffer).SetNull(1);
}
