using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Report;

/// <summary>The report of a night, as its readers open it.</summary>
[Trait("Tier", "scenario")]
public sealed class NightReportTests
{
    private static readonly string[] Sections =
    [
        "figures",
        "needs-you",
        "utilisation",
        "stage-load",
        "planned-actual",
        "delivery",
        "flow",
        "plan-changes",
        "hours",
        "certificate",
        "about",
    ];

    [Fact]
    public async Task The_report_of_a_fixed_night_is_the_approved_one()
    {
        await using var house = await TestExport.OpenAfterFirstRunAsync();

        var page = await ReportPage.OfAsync(house);

        Approved.ShouldBe(
            page.Text.Replace(house.Folder, "FOLDER", StringComparison.Ordinal),
            "Report/night.html",
            "run this test"
        );
    }

    [Theory]
    [InlineData("en", "Complete as of ")]
    [InlineData("nl-NL", "Volledig per ")]
    public async Task The_page_is_well_formed_and_asks_for_nothing(string culture, string verdict)
    {
        await using var house = await TestExport.OpenAfterFirstRunAsync();

        var page = await ReportPage.OfAsync(house, "--culture", culture);

        page.Verdict.Should().StartWith(verdict).And.Contain("120");
        page.Document.DocumentElement.GetAttribute("lang").Should().Be(culture[..2]);
        page.Document.QuerySelectorAll("main section").Select(s => s.Id).Should().Equal(Sections);
        var ids = page.Document.QuerySelectorAll("[id]").Select(e => e.Id!).ToList();
        ids.Should().OnlyHaveUniqueItems();
        page.Document.QuerySelectorAll("[aria-labelledby]")
            .SelectMany(e => e.GetAttribute("aria-labelledby")!.Split(' '))
            .Should()
            .BeSubsetOf(ids);
        page.Document.QuerySelectorAll("[href]")
            .Select(e => e.GetAttribute("href")!)
            .Should()
            .OnlyContain(href => href == "data:," || ids.Contains(href.TrimStart('#')));
        page.Document.QuerySelectorAll("[src], [style], script, base, iframe, object, img").Should().BeEmpty();
        page.Document.QuerySelectorAll("svg[role=img]")
            .Should()
            .OnlyContain(svg => svg.QuerySelector("title") != null && svg.QuerySelector("desc") != null);
        page.Text.Should().NotContain("url(").And.NotContain("@import");
    }

    [Fact]
    public async Task The_policy_allows_the_one_style_sheet_and_stands_before_it()
    {
        await using var house = await TestExport.OpenAfterFirstRunAsync();

        var page = await ReportPage.OfAsync(house);

        var style = page.Document.QuerySelectorAll("style").Should().ContainSingle().Subject.TextContent;
        var policy = page.Document.QuerySelector("meta[http-equiv=Content-Security-Policy]")!.GetAttribute("content");
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        policy.Should().StartWith("default-src 'none'").And.Contain($"style-src 'sha256-{hash}'");
        page.Text.IndexOf("Content-Security-Policy", StringComparison.Ordinal)
            .Should()
            .BeLessThan(page.Text.IndexOf("<style", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_eight_figures_are_those_of_the_views()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        house.World.ChangeSome(40, new Random(1));
        await house.NightlyAsync();
        Change(
            house,
            "UPDATE dw.dim_order SET delivered_date = DATE '2026-09-01' + (abs(order_key) % 45)::INTEGER, "
                + "promised_date = DATE '2026-09-25' WHERE order_key <> -1",
            "UPDATE dw.fact_planned_day SET date = DATE '2026-10-01' + 20 * (abs(planned_day_key) % 2)::INTEGER, "
                + "date_key = 20261001 + 20 * (abs(planned_day_key) % 2)::INTEGER, "
                + "resource_key = (SELECT max(resource_key) FROM dw.dim_resource)"
        );

        var page = await ReportPage.OfAsync(house, "--as-of", "2026-10-08");

        Same("utilisation", Utilisation("2026-W41"));
        Same("open_cards", "SELECT count(*) FROM bi.card WHERE NOT is_completed");
        Same("overdue", "SELECT count(*) FROM bi.card WHERE NOT is_completed AND due_date < DATE '2026-10-08'");
        Same("backlog_hours", "SELECT sum(remaining_hours) FROM bi.backlog_hours");
        Same(
            "on_time",
            "SELECT count(*) FILTER (WHERE is_on_time) / count(is_on_time) FROM bi.delivery "
                + "WHERE done_date BETWEEN DATE '2026-09-11' AND DATE '2026-10-08'"
        );
        Same(
            "slip_days",
            "SELECT coalesce(sum(slip_days), 0) FROM bi.plan_slip WHERE slip_days > 0 "
                + "AND changed_on BETWEEN DATE '2026-10-02' AND DATE '2026-10-08'"
        );
        Same("tracked_hours", "SELECT sum(minutes) / 60.0 FROM bi.time_entry WHERE iso_year_week = '2026-W40'");
        Same("approval_hours", "SELECT sum(minutes) / 60.0 FROM bi.approval_backlog WHERE status = 'pending'");
        Number(page.Figure("tracked_hours").GetAttribute("data-planned")!)
            .Should()
            .BeApproximately(
                Asked("SELECT sum(planned_minutes) / 60.0 FROM bi.utilisation_day WHERE iso_year_week = '2026-W40'"),
                1e-9
            );
        Number(page.Value("slip_days")).Should().BePositive();
        page = await ReportPage.OfAsync(house, "--as-of", "2026-10-22");
        Same("utilisation", Utilisation("2026-W43"));
        Number(page.Value("utilisation")).Should().BePositive();

        void Same(string figure, string sql)
        {
            page.Value(figure).Should().NotBeEmpty(figure);
            Number(page.Value(figure)).Should().BeApproximately(Asked($"SELECT coalesce(({sql}), 0)"), 1e-9, figure);
        }

        static string Utilisation(string week) =>
            "SELECT (SELECT coalesce(sum(planned_minutes), 0) FROM bi.fact_planned_day p JOIN bi.dim_date d USING (date) "
            + $"WHERE p.resource_key <> -1 AND iso_year_week = '{week}') / (SELECT 60.0 * sum(hours_available) FROM "
            + $"bi.fact_resource_day r JOIN bi.dim_date d USING (date) WHERE iso_year_week = '{week}')";

        double Asked(string sql) => Number(house.Warehouse(sql).Single());
    }

    [Fact]
    public async Task What_the_last_run_of_last_week_left_stands_beside_what_is_left_now()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        await house.NightlyAsync();
        var before = Asked();
        foreach (var card in house.World.Records("card").Where(c => c["completed_at"] is null).Take(20))
            house.World.Edit("card", card.Id, new JsonObject { ["start_date"] = null, ["end_date"] = null });
        var pending = house.World.Records("time_tracking").First(r => r.Text("status") == "pending").Id;
        house.World.Edit("time_tracking", pending, new JsonObject { ["status"] = "approved" });
        house.Clock.Advance(TimeSpan.FromDays(7));
        await house.FullAsync();

        var page = await ReportPage.OfAsync(house);

        foreach (var (figure, hours) in before)
        {
            page.Figure(figure).TextContent.Should().Contain($"a week ago {hours} h");
            page.Value(figure).Should().NotBe(hours);
        }
        page.Figure("backlog_hours").QuerySelectorAll("svg").Should().ContainSingle();

        Dictionary<string, string> Asked() =>
            new()
            {
                ["backlog_hours"] = Hours("sum(remaining_hours) FROM bi.backlog_hours"),
                ["approval_hours"] = Hours("sum(minutes) / 60 FROM bi.approval_backlog WHERE status = 'pending'"),
            };

        string Hours(string sum) =>
            house.Warehouse($"SELECT format('{{:,.1f}}', (SELECT {sum}))").Single().Replace(".0", "");
    }

    [Fact]
    public async Task The_certificate_says_what_each_phase_took()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        string[] phases = ["extract", "transform", "derive", "publish", "load"];
        house
            .Warehouse($"SELECT {string.Join(" + ", phases.Select(p => $"{p}_seconds"))} >= 0 FROM etl.run")
            .Should()
            .Equal("True");
        Change(house, [.. phases.Select((p, i) => $"UPDATE etl.run SET {p}_seconds = {i + 1}.5")]);

        var page = await ReportPage.OfAsync(house);

        Row(page).Should().EndWith(["1.5", "2.5", "3.5", "4.5", "5.5"]);
    }

    [Fact]
    public async Task A_journal_of_an_earlier_version_has_no_phases_and_no_last_week()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        string[] added =
        [
            "extract_seconds",
            "transform_seconds",
            "derive_seconds",
            "publish_seconds",
            "load_seconds",
            "backlog_hours",
            "approval_hours",
        ];
        Change(house, added.Select(c => $"ALTER TABLE etl.run DROP COLUMN {c}"));

        var page = await ReportPage.OfAsync(house);
        Row(page).Should().EndWith(Enumerable.Repeat("–", 5));
        await house.NightlyAsync();

        house.Warehouse("SELECT backlog_hours IS NULL FROM etl.run ORDER BY sequence").Should().Equal("True", "False");
    }

    /// <summary>The cells of the last run.</summary>
    private static IEnumerable<string> Row(ReportPage page) =>
        page
            .Document.QuerySelectorAll("#certificate table")[0]
            .QuerySelectorAll("tbody tr")[0]
            .Children.Select(cell => cell.TextContent);

    [Fact]
    public async Task The_report_says_the_same_with_the_same_warehouse_and_clock()
    {
        await using var house = await TestExport.OpenAfterFirstRunAsync();

        var first = await ReportPage.OfAsync(house, "--as-of", "2026-10-07");
        house.Clock.Advance(-TimeSpan.FromHours(1));
        var second = await ReportPage.OfAsync(house, "--as-of", "2026-10-07");

        second.Text.Should().Be(first.Text);
    }

    [Fact]
    public async Task People_are_left_out_when_that_is_asked()
    {
        await using var house = await TestExport.OpenAfterFirstRunAsync();
        var people = house.Warehouse(
            "SELECT full_name FROM bi.dim_user WHERE user_key <> -1 UNION "
                + "SELECT name FROM bi.dim_resource WHERE resource_key <> -1"
        );

        var all = await ReportPage.OfAsync(house);
        var none = await ReportPage.OfAsync(house, "--without-people");

        people.Should().Contain(name => all.Main.Contains(name, StringComparison.Ordinal));
        people.Should().NotContain(name => none.Main.Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Users_are_shown_only_where_personal_data_is_kept()
    {
        await using var house = await TestExport.OpenAfterFirstRunAsync();
        var names = house.Warehouse("SELECT DISTINCT user_name FROM bi.approval_backlog WHERE status = 'pending'");

        var kept = await ReportPage.OfAsync(house);
        var omitted = await ReportPage.OfAsync(house, "--set", "Privacy:PersonalData=omit");

        names.Should().NotBeEmpty();
        kept.Section("hours").Should().Contain(names[0]);
        omitted.Section("hours").Should().NotContain(names[0]);
    }

    [Fact]
    public async Task Hostile_names_stay_text()
    {
        string[] names =
        [
            "</title><script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "</style><b onclick='x'>&amp;",
            "\u202Egnp.exe\u0007\u0000",
            "😀 ë",
            new string('W', 255),
        ];
        await using var house = await TestExport.OpenAfterFirstRunAsync();
        Rename(house, names);

        var page = await ReportPage.OfAsync(house);

        page.Document.QuerySelectorAll("script, img, b, [onclick], [onerror]").Should().BeEmpty();
        page.Main.Should().ContainAll(names[0], names[1], names[2], "\u202Egnp.exe", names[4], names[5]);
        page.Text.Should().NotContain("\u0007").And.Contain("ë");
        page.Document.Title.Should().Contain(names[0]);
    }

    [Fact]
    public async Task A_first_run_says_from_when_changes_are_known()
    {
        await using var house = await TestExport.OpenAfterFirstRunAsync();

        (await ReportPage.OfAsync(house))
            .Section("plan-changes")
            .Should()
            .Contain("There was one run, on 7 Oct 2026. Changes of the plan are known from the next run on.");
    }

    [Theory]
    [InlineData("--culture fr-FR", "--culture is 'fr-FR'", "en or nl-NL")]
    [InlineData("--as-of tomorrow", "--as-of is 'tomorrow'", "yyyy-MM-dd")]
    [InlineData("--out nowhere/report.html", "--out is 'nowhere/report.html'", "there is no folder")]
    public async Task Words_that_are_not_understood_are_named(string words, params string[] said)
    {
        using var place = new CliHost();

        (await place.InvokeAsync(["report", .. words.Split(' ')])).ShouldBe(ExitCode.Configuration).Naming(said);
    }

    /// <summary>Gives what a report shows by name these names.</summary>
    private static void Rename(TestExport house, IReadOnlyList<string> names)
    {
        var list = string.Join(", ", names.Select(n => $"'{Escaped(n)}'"));
        string[] columns =
        [
            "dim_card.name",
            "dim_collection.name",
            "dim_activity.name",
            "dim_stage.name",
            "dim_board.name",
            "dim_resource.name",
            "dim_user.full_name",
            "dim_relation.name",
            "dim_order.code",
        ];
        Change(
            house,
            [
                .. from column in columns
                let parts = column.Split('.')
                let key = $"{parts[0][4..]}_key"
                select $"UPDATE dw.{parts[0]} SET {parts[1]} = ([{list}])[1 + abs({key}) % {names.Count}]",
                $"UPDATE etl.run SET environment_name = '{Escaped(names[0])}'",
            ]
        );
    }

    private static void Change(TestExport house, params IEnumerable<string> statements)
    {
        using var connection = new DuckDBConnection(house.Settings.Warehouse.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        foreach (var statement in statements)
        {
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }
    }

    private static string Escaped(string name) =>
        name.Replace("'", "''", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
