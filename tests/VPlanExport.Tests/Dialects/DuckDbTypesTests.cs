using VPlanExport.Dialects;
using VPlanExport.Model;

namespace VPlanExport.Tests.Dialects;

[Trait("Tier", "unit")]
public class DuckDbTypesTests
{
    [Theory]
    [InlineData(ColumnKind.Key, "BIGINT")]
    [InlineData(ColumnKind.Id, "VARCHAR")]
    [InlineData(ColumnKind.Text, "VARCHAR")]
    [InlineData(ColumnKind.Int32, "INTEGER")]
    [InlineData(ColumnKind.Int64, "BIGINT")]
    [InlineData(ColumnKind.Bool, "BOOLEAN")]
    [InlineData(ColumnKind.Decimal, "DECIMAL(9,4)")]
    [InlineData(ColumnKind.Date, "DATE")]
    [InlineData(ColumnKind.DateKey, "INTEGER")]
    [InlineData(ColumnKind.Time, "VARCHAR")]
    [InlineData(ColumnKind.Timestamp, "TIMESTAMP")]
    [InlineData(ColumnKind.Json, "VARCHAR")]
    public void Every_kind_has_its_type(ColumnKind kind, string expected) =>
        DuckDbTypes.Name(new ColumnType(kind, 100, 9, 4)).Should().Be(expected);

    [Fact]
    public void No_kind_is_forgotten() =>
        Enum.GetValues<ColumnKind>()
            .Should()
            .AllSatisfy(kind => DuckDbTypes.Name(new ColumnType(kind)).Should().NotBeEmpty());
}
