using Parquet.Schema;
using VPlanExport.Dialects;
using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Tests.Storage;

namespace VPlanExport.Tests.Dialects;

[Trait("Tier", "unit")]
public class TypesTests
{
    private static readonly Type[] s_known =
    [
        typeof(long),
        typeof(int),
        typeof(bool),
        typeof(ReadOnlyMemory<char>),
        typeof(decimal),
        typeof(DateTime),
        typeof(DateOnly),
    ];

    [Fact]
    public void Every_kind_of_column_has_its_Delta_type() =>
        DeltaTypes
            .Columns(DeltaTypes.Schema(Rows.Every))
            .Select(c => $"{c.Key} {c.Value}")
            .Should()
            .StartWith([
                "every_key long",
                "every_id string",
                "name string",
                "note string",
                "count integer",
                "minutes long",
                "is_locked boolean",
                "hours decimal(9,4)",
                "money decimal(18,4)",
                "work_date date",
                "work_date_key integer",
                "start_time string",
                "started_at timestamp",
                "raw string",
                "board_key long",
            ]);

    [Fact]
    public void The_partition_column_is_the_schemas_last() =>
        DeltaTypes.Columns(DeltaTypes.Schema(TimeEntries.Fact)).Keys.Last().Should().Be("partition_month");

    [Fact]
    public void A_file_declares_every_column_once_and_keys_as_required()
    {
        var fields = ParquetTypes.Logical(Rows.Every).DataFields;
        fields.Select(f => f.Name).Should().Equal(Rows.Every.Columns.Select(c => c.Name));
        fields
            .Where(f => !f.IsNullable)
            .Select(f => f.Name)
            .Should()
            .Equal(
                Rows.Every.Columns.Where(c => c.Type.Kind is ColumnKind.Key or ColumnKind.DateKey).Select(c => c.Name)
            );
    }

    /// <summary>What Power BI, Fabric, Synapse and SQL Server all read.</summary>
    [Fact]
    public void Every_column_of_the_catalog_has_a_type_that_every_reader_knows()
    {
        foreach (var (table, column) in Catalog.Tables.SelectMany(t => t.Columns.Select(c => (t, c))))
        {
            var field = ParquetTypes.Logical(table).DataFields.Single(f => f.Name == column.Name);
            field.Path.Length.Should().Be(1, "no reader takes {0}.{1} apart", table, column);
            field.IsArray.Should().BeFalse();
            s_known
                .Should()
                .Contain(field.ClrType, "{0}.{1} is no tiny, unsigned, floating or unique number", table, column);
            if (field is DateTimeDataField { ClrType: var type } moment && type == typeof(DateTime))
                (moment.DateTimeFormat, moment.Unit, moment.IsAdjustedToUTC)
                    .Should()
                    .Be(
                        (DateTimeFormat.Timestamp, DateTimeTimeUnit.Micros, true),
                        "{0}.{1} has microseconds in UTC",
                        table,
                        column
                    );
            if (field is DecimalDataField number)
                number.Precision.Should().BeLessThanOrEqualTo(18, "{0}.{1} is read by every viewer", table, column);
        }

        Catalog
            .Tables.SelectMany(t => t.Columns)
            .Select(c => SqlServerTypes.Name(c.Type).Split('(')[0])
            .Distinct()
            .Should()
            .BeSubsetOf(["bigint", "int", "bit", "decimal", "date", "datetime2", "nvarchar"]);
    }
}
