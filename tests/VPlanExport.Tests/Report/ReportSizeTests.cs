using System.Diagnostics;
using DuckDB.NET.Data;
using VPlanExport.Configuration;
using VPlanExport.Entities;
using VPlanExport.Extract.Http;
using VPlanExport.Report;
using VPlanExport.Runs.Starts;
using VPlanExport.Storage;
using VPlanExport.Tests.Warehouse;

namespace VPlanExport.Tests.Report;

/// <summary>The report of a large customer.</summary>
[Trait("Tier", "scenario")]
public sealed class ReportSizeTests
{
    private const int Largest = 300 * 1024;

    [Fact]
    public async Task Two_hundred_resources_and_300_000_cards_make_less_than_300_KB()
    {
        await using var star = await DuckDbStar.PreparedAsync();
        Fill(star.File);
        var settings = SettingsOf(star.File);
        var good = new GoodRun("r", new DateTime(2026, 10, 7, 1, 0, 0), new DateTime(2026, 10, 7, 1, 5, 0));
        var report = new NightReport(
            settings,
            new ReportOptions(new DateOnly(2026, 10, 7), IsDutch: false, ShowsPeople: true),
            new ReportVerdict(ReportState.Complete, good, null),
            new DateTime(2026, 10, 7, 6, 0, 0)
        );

        var watch = Stopwatch.StartNew();
        var (html, _) = await star.Loader.AskAsync(s => report.Of(s, "here"), TestContext.Current.CancellationToken);
        TestContext.Current.SendDiagnosticMessage(
            FormattableString.Invariant($"{html.Length:n0} bytes in {watch.Elapsed.TotalSeconds:0.0} s")
        );

        System.Text.Encoding.UTF8.GetByteCount(html).Should().BeLessThan(Largest);
        var page = ReportPage.Of(html);
        page.Value("open_cards").Should().Be("150000");
        page.Section("utilisation").Should().Contain("160 more are not shown");
        page.Document.QuerySelectorAll("#needs-you tbody tr").Length.Should().Be(15);
    }

    private static void Fill(string file)
    {
        using var connection = new DuckDBConnection($"Data Source={file}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO dw.dim_date (date_key, date, iso_year_week, weekday, is_weekend, day_offset, week_offset)
            SELECT strftime(d, '%Y%m%d')::INTEGER, d::DATE, strftime(d, '%G-W%V'), isodow(d), isodow(d) > 5,
                (d::DATE - DATE '2026-10-07'), 0
            FROM range(DATE '2025-01-01', DATE '2028-01-01', INTERVAL 1 DAY) t(d);
            INSERT INTO dw.dim_resource (resource_key, name, start_date_key, end_date_key, workdays_start_date_key)
            SELECT i, 'Employee number ' || i, -1, -1, -1 FROM range(200) t(i);
            INSERT INTO dw.dim_stage (stage_key, name, board_key, capacity_notification_min, capacity_notification_max)
            SELECT i, 'Stage number ' || i, 1, 50, 90 FROM range(100) t(i);
            INSERT INTO dw.dim_card (card_key, name, board_key, collection_key, stage_key, status_key, parent_card_key,
                start_date_key, end_date_key)
            SELECT i, 'Card with a name of a usual length ' || i, 1, -1, i % 100, -1, -1, -1, -1 FROM range(300000) t(i);
            INSERT INTO dw.fact_card (card_key, collection_key, board_key, stage_key, status_key, start_date,
                start_date_key, end_date_key, due_date, due_date_key, completed_date, completed_date_key, created_date,
                created_date_key, planned_minutes, remaining_minutes, is_scheduled, is_completed)
            SELECT i, -1, 1, i % 100, -1, day, -1, -1, day, -1, CASE WHEN i % 2 = 0 THEN day END, -1,
                DATE '2025-01-01', -1, 120, 60, TRUE, i % 2 = 0
            FROM (SELECT i, DATE '2025-06-01' + (i % 800)::INTEGER AS day FROM range(300000) t(i));
            INSERT INTO dw.bridge_card_resource (card_resource_key, card_key, resource_key)
            SELECT i, i, i % 200 FROM range(300000) t(i);
            INSERT INTO dw.fact_planned_day (planned_day_key, card_key, resource_key, activity_key, date, date_key,
                planned_minutes)
            SELECT i, i, i % 200, i % 10, DATE '2025-06-01' + (i % 800)::INTEGER, -1, 480 FROM range(300000) t(i);
            INSERT INTO dw.fact_resource_day (resource_day_key, resource_key, date, date_key, hours_available)
            SELECT row_number() OVER (), r, d::DATE, strftime(d, '%Y%m%d')::INTEGER, 8
            FROM range(200) a(r), range(DATE '2026-08-01', DATE '2026-12-01', INTERVAL 1 DAY) t(d) WHERE isodow(d) < 6;
            INSERT INTO dw.fact_stage_capacity_day (stage_capacity_day_key, stage_key, board_key, date, date_key,
                available_minutes)
            SELECT row_number() OVER (), s, 1, d::DATE, strftime(d, '%Y%m%d')::INTEGER, 480
            FROM range(100) a(s), range(DATE '2026-10-01', DATE '2026-11-01', INTERVAL 1 DAY) t(d);
            INSERT INTO dw.dim_activity (activity_key, item_key, name) SELECT i, -1, 'Activity ' || i FROM range(60) t(i);
            INSERT INTO dw.dim_user (user_key, resource_key, full_name) SELECT i, i, 'Person number ' || i FROM range(200) t(i);
            INSERT INTO dw.fact_time_entry (time_entry_key, card_key, collection_key, board_key, activity_key, user_key,
                resource_key, work_date, work_date_key, started_at, minutes, status, is_running)
            SELECT i, i % 300000, -1, 1, i % 60, i % 200, i % 200, day, strftime(day, '%Y%m%d')::INTEGER, day, 60,
                CASE WHEN i % 9 = 0 THEN 'pending' ELSE 'approved' END, FALSE
            FROM (SELECT i, DATE '2025-08-01' + (i % 430)::INTEGER AS day FROM range(600000) t(i));
            INSERT INTO dw.fact_plan_change (plan_change_key, card_key, changed_on, changed_on_key, change_type,
                old_end_date, new_end_date, slip_days, old_stage_key, new_stage_key, old_status_key, new_status_key)
            SELECT i, i, DATE '2026-10-07' - (i % 60)::INTEGER, -1, 'changed', DATE '2026-10-01', DATE '2026-10-09',
                i % 40 - 12, -1, -1, -1, -1 FROM range(20000) t(i);
            """;
        command.ExecuteNonQuery();
    }

    private static Settings SettingsOf(string file) =>
        new(
            new VPlanSettings(),
            TimeZoneInfo.Utc,
            TimeSpan.FromMinutes(15),
            new LakeSettings(new StoreLocation.Folder("lake"), TimeSpan.FromDays(7)),
            new WarehouseSettings(WarehouseSettings.DuckDb, $"Data Source={file}"),
            new RunSettings(new StoreLocation.Folder("work"), TimeSpan.FromDays(30), 0.01, 10, 0.1, 25, 7),
            new CalendarSettings(Holidays.Dutch, FiscalYearStart: 1)
        );
}
