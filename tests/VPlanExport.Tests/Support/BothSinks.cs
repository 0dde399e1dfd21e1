using VPlanExport.Entities;
using VPlanExport.Model;

namespace VPlanExport.Tests.Support;

/// <summary>Compares the lake and the warehouse with vPlan and with each other.</summary>
internal static class BothSinks
{
    /// <summary>Both sinks hold what vPlan has now, row for row, and nothing refers to a row that is not there.</summary>
    public static async Task ShouldEqualVPlanAsync(this Installation installation)
    {
        var expected = await VPlanRows.OfAsync(installation.Server);
        var lake = await installation.ShouldAgreeAsync();
        foreach (var table in expected.Tables)
        {
            var (columns, rows) = expected[table];
            lake[table].Project(columns).Should().Equal(rows, "{0} holds what vPlan has", table);
        }
    }

    /// <summary>Lake and warehouse hold the same rows, and nothing refers to a row that is not there.</summary>
    /// <returns>The lake's rows by table.</returns>
    public static async Task<IReadOnlyDictionary<string, SinkRows>> ShouldAgreeAsync(this Installation installation)
    {
        var lake = new Dictionary<string, SinkRows>();
        foreach (var table in Catalog.Tables)
        {
            lake[table.Name] = await SinkRows.OfLakeAsync(installation.Settings, table);
            SinkRows.OfWarehouse(installation.Settings, table).All.Should().Equal(lake[table.Name].All, "{0} is the same in the warehouse and the lake", table.Name);
        }
        ShouldNotDangle(lake);
        return lake;
    }

    public static void ShouldNotDangle(IReadOnlyDictionary<string, SinkRows> tables)
    {
        foreach (var table in Catalog.Tables)
        {
            foreach (var column in table.Columns.Where(c => c.References is not null))
            {
                var target = Catalog.Table(column.References!);
                var known = tables[target.Name].Rows.Select(r => r[target.Key.Name]).ToHashSet();
                tables[table.Name].Rows.Select(r => r[column.Name]).Distinct().Where(key => !known.Contains(key))
                    .Should().BeEmpty("{0}.{1} refers to rows of {2}", table.Name, column.Name, target.Name);
            }
        }
    }

    /// <summary>Ids of the rows that are marked as deleted, the same in both sinks.</summary>
    public static async Task<IReadOnlyList<string>> DeletedAsync(this Installation installation, Table table)
    {
        var lake = (await SinkRows.OfLakeAsync(installation.Settings, table)).Deleted.Select(r => r.Id).Order(StringComparer.Ordinal).ToList();
        SinkRows.OfWarehouse(installation.Settings, table).Deleted.Select(r => r.Id).Order(StringComparer.Ordinal).Should().Equal(lake);
        return lake;
    }
}
