using Microsoft.SqlServer.Dac.Model;
using VPlanExport.Dialects;
using VPlanExport.Entities;
using VPlanExport.Tests.Dialects;

namespace VPlanExport.Tests.PowerBi;

/// <summary>The T-SQL of every measure, as SQL Server would resolve it over the views.</summary>
[Trait("Tier", "unit")]
public sealed class MeasureTSqlTests : IDisposable
{
    private readonly TSqlModel _model = Dacpac.Compile(TSqlFiles.All.Select(TSqlFiles.Read));

    public void Dispose() => _model.Dispose();

    [Fact]
    public void Every_column_and_view_that_a_measure_names_is_there_and_no_sum_holds_a_select()
    {
        var sql = new MeasureSql("sqlserver", Catalog.Tables);
        var slice = Slice.Of(Calendar.Dim, "iso_year_week = '2026-W41'");
        foreach (var (measure, i) in Measures.All.Select((m, i) => (m, i)))
        {
            _model.AddObjects(
                $"CREATE VIEW bi.measure_{i} AS SELECT {sql.Of(measure)} AS figure, {sql.Of(measure, [slice])} AS sliced"
            );
            sql.Of(measure)
                .Should()
                .NotMatchRegex(@"\b(sum|avg|min|max)\((?:[^()]|\([^()]*\))*\bSELECT\b", measure.Name);
        }

        _model.Validate().Select(message => message.ToString()).Should().BeEmpty();
    }

    [Fact]
    public void A_measure_of_what_is_not_there_is_noticed()
    {
        _model.AddObjects(
            "CREATE VIEW bi.measure_x AS SELECT (SELECT sum(f.hours_of_yore) FROM bi.fact_resource_day f) AS figure"
        );

        _model.Validate().Should().NotBeEmpty();
    }
}
