using VPlanExport.Tests.Support;
using VPlanExport.Warehouse;
using VPlanExport.Warehouse.SqlServer;

namespace VPlanExport.Tests.Warehouse;

/// <summary>A star in the test's SQL Server; without one the test is skipped.</summary>
internal sealed class SqlServerStar : Star
{
    private readonly SqlServerFixture _place = SqlServerFixture.Empty();

    public SqlServerStar() =>
        Loader = new SqlServerWarehouse(
            _place.ConnectionString,
            isEntra: false,
            deploys: true,
            new ImmediateTime(LoadedAt)
        );

    public override IWarehouse Loader { get; }

    public override string[] Rows(string sql) => _place.Rows(sql);

    public override void Tamper(string sql) => _place.Execute(sql);
}
