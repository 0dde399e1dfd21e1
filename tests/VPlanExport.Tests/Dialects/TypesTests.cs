using VPlanExport.Dialects;
using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Tests.Storage;

namespace VPlanExport.Tests.Dialects;

public class TypesTests
{
    [Fact]
    public void Every_kind_of_column_has_its_Delta_type() =>
        DeltaTypes.Columns(DeltaTypes.Schema(Rows.Every)).Select(c => $"{c.Key} {c.Value}").Should().StartWith(
            ["every_key long", "every_id string", "name string", "note string", "count integer", "minutes long", "is_locked boolean", "hours decimal(9,4)",
             "money decimal(18,4)", "work_date date", "work_date_key integer", "start_time string", "started_at timestamp", "raw string", "board_key long"]);

    [Fact]
    public void The_partition_column_is_the_schemas_last() =>
        DeltaTypes.Columns(DeltaTypes.Schema(TimeEntries.Fact)).Keys.Last().Should().Be("partition_month");

    [Fact]
    public void A_file_declares_every_column_once_and_keys_as_required()
    {
        var fields = ParquetTypes.Logical(Rows.Every).DataFields;
        fields.Select(f => f.Name).Should().Equal(Rows.Every.Columns.Select(c => c.Name));
        fields.Where(f => !f.IsNullable).Select(f => f.Name).Should().Equal(Rows.Every.Columns.Where(c => c.Type.Kind is ColumnKind.Key or ColumnKind.DateKey).Select(c => c.Name));
    }
}
