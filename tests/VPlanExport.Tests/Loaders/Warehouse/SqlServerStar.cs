using VPlanExport.Loaders.Warehouse;
using VPlanExport.Tests.Extractors;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Loaders.Warehouse;

/// <summary>A star in the test's SQL Server; without one the test is skipped.</summary>
internal sealed class SqlServerStar : Star
{
    private readonly SqlServerPlace _place = SqlServerPlace.Empty();

    public SqlServerStar() => Loader = new SqlServerWarehouse(_place.ConnectionString, isEntra: false, deploys: true, new HastyTime(LoadedAt));

    public override IWarehouse Loader { get; }

    public override bool Restamps => false;

    public override string[] Rows(string sql) => _place.Rows(sql);

    public override void Tamper(string sql) => _place.Execute(sql);
}
