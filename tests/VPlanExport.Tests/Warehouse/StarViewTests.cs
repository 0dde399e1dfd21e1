using VPlanExport.Dialects;
using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Tests.Support;
using VPlanExport.Transform.Derived;

namespace VPlanExport.Tests.Warehouse;

/// <summary>The views in <c>bi</c> that have the names of the star's tables.</summary>
[Collection(SqlServerFixture.Collection)]
[Trait("Tier", "unit")]
public class StarViewTests
{
    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task Every_table_has_a_view_of_its_living_rows_without_technical_columns(string engine)
    {
        await using var star = await Star.PreparedAsync(engine);
        await star.LoadAsync(
            Catalog
                .Tables.Where(t => t != Calendar.Dim)
                .Aggregate(
                    new Landing(1),
                    (landing, table) => landing.With(table, Row(table, 1, false), Row(table, 2, true))
                )
        );

        foreach (var table in Catalog.Tables.Where(t => t != Calendar.Dim))
        {
            star.Rows($"SELECT {table.Key.Name} FROM bi.{table.Name} WHERE {table.Key.Name} <> -1")
                .Should()
                .Equal(["1"], table.Name);
            star.Rows($"SELECT count(*) FROM bi.{table.Name} WHERE {table.Key.Name} = -1")
                .Should()
                .Equal([table.Kind == TableKind.Dimension ? "1" : "0"], table.Name);
        }
        foreach (var table in Catalog.Tables)
        {
            star.Rows(
                    $"SELECT column_name FROM information_schema.columns WHERE table_schema = 'bi' AND table_name = '{table.Name}' ORDER BY ordinal_position"
                )
                .Should()
                .Equal(StarViews.Columns(table).Select(c => c.Name))
                .And.NotContain(["is_deleted", "run_id", "extracted_at", "row_hash"]);
        }
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task Views_for_people_name_a_thing_alike(string engine)
    {
        await using var star = await Star.PreparedAsync(engine);
        var columns = star.Rows(
                "SELECT table_name, column_name, lower(data_type) FROM information_schema.columns WHERE table_schema = 'bi'"
            )
            .Select(row => row.Split('|'))
            .Where(row => Catalog.Tables.All(t => t.Name != row[0]))
            .Select(row => (View: row[0], Name: row[1], IsDay: row[2] == "date"))
            .ToList();
        columns.Select(c => c.View).Distinct().Should().HaveCountGreaterThan(10);

        Odd(c => c.IsDay && c.Name != "date" && !c.Name.EndsWith("_date", StringComparison.Ordinal))
            .Should()
            .Equal("plan_slip.changed_on");
        Odd(c => !c.IsDay && (c.Name == "date" || c.Name.EndsWith("_date", StringComparison.Ordinal)))
            .Should()
            .BeEmpty();
        Odd(c => c.Name.EndsWith("_name", StringComparison.Ordinal) && c.Name is not ("user_name" or "table_name"))
            .Should()
            .BeEmpty();
        Odd(c => c.Name is "user" or "customer" or "relation" or "worker" or "job").Should().Equal("delivery.relation");
        Odd(c => IsHours(c.Name) && !Has(c.View, c.Name.Replace("hours", "minutes"))).Should().BeEmpty();
        Odd(c => c.Name is "relation" or "relation_key" && !Has(c.View, "customers")).Should().BeEmpty();
        Odd(c => c.Name == "changed_on" && !Has(c.View, "date")).Should().BeEmpty();

        IEnumerable<string> Odd(Func<(string View, string Name, bool IsDay), bool> found) =>
            columns.Where(found).Select(c => $"{c.View}.{c.Name}");
        bool Has(string view, string name) => columns.Exists(c => c.View == view && c.Name == name);
        static bool IsHours(string name) => name == "hours" || name.EndsWith("_hours", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Star.Engines), MemberType = typeof(Star))]
    public async Task The_calendar_can_be_marked_as_a_date_table(string engine)
    {
        await using var star = await Star.PreparedAsync(engine);
        var days = Transform.ParsedRecords.RowsOf(
            DateDimension.Make(Transform.ParsedRecords.Run, new DateOnly(2025, 5, 17), new DateOnly(2026, 1, 1))
        );
        await star.LoadAsync(
            new Landing(1).With(Calendar.Dim, [.. days.Skip(1).Select(day => new Dictionary<string, object?>(day))])
        );

        star.Rows("SELECT count(*), count(DISTINCT date), min(date), max(date) FROM bi.dim_date")
            .Should()
            .Equal("1461|1461|2025-01-01|2028-12-31");
        var empty = string.Join(
            " + ",
            StarViews
                .Columns(Calendar.Dim)
                .Where(c => c.Name != "holiday_name")
                .Select(c => $"sum(CASE WHEN {c.Name} IS NULL THEN 1 ELSE 0 END)")
        );
        star.Rows($"SELECT {empty} FROM bi.dim_date").Should().Equal("0");
        star.Rows("SELECT count(*) FROM bi.dim_date WHERE date_key = -1").Should().Equal("0");
    }

    private static Dictionary<string, object?> Row(Table table, int key, bool isDeleted)
    {
        var row = new Dictionary<string, object?> { [table.Key.Name] = key, ["is_deleted"] = isDeleted };
        if (table.Id is { } id)
            row[id.Name] = $"id-{key}";
        return row;
    }
}
