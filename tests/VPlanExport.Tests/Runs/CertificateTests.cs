using System.Globalization;
using System.IO.Compression;
using System.Text.Json.Nodes;
using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Package;
using VPlanExport.Runs;
using VPlanExport.Sandbox;
using VPlanExport.Storage;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Runs;

/// <summary>Every station of the way of the data holds what the one before held, or nothing is published.</summary>
[Trait("Tier", "scenario")]
public sealed class CertificateTests
{
    private const string Balanced = """
        coalesce(expected <= seen, true) AND landed = accepted + rejected + repeated AND accepted + added = filed AND filed = staged AND staged = merged
        AND minutes_accepted + minutes_added = minutes_filed AND minutes_filed = minutes_staged AND minutes_staged = minutes_merged
        AND hours_accepted + hours_added = hours_filed AND hours_filed = hours_staged AND hours_staged = hours_merged
        """;

    private static readonly RunRequest Full = new(RunKind.Full, []);

    [Fact]
    public async Task A_run_tells_what_each_station_held()
    {
        await using var house = await TestExport.OpenAsync();
        var minutes = house.World.Records("time_tracking").Sum(entry => (long)entry["duration"]!);
        house.World.Edit(
            "stage",
            house.World.Records("stage")[0].Id,
            new JsonObject { ["delay_day"] = new JsonArray(1) }
        );

        await house.NightlyAsync();

        var certificate = await CertificateAsync(house);
        certificate.Losses.Should().BeEmpty();
        certificate.Entities.Select(e => e.Entity).Should().Equal(Catalog.All.Select(e => e.Name));
        var stage = certificate.Entities.Single(e => e.Entity == "stage");
        (stage.Expected!.Value, stage.Landed, stage.Rejected, stage.Accepted)
            .Should()
            .Be((house.World.Count("stage"), stage.Seen!.Value + stage.Reread, 1L, stage.Seen.Value - 1));
        var entries = certificate.Tables.Single(t => t.Table == "fact_time_entry");
        var tally = new ControlTotals(house.World.Count("time_tracking"), minutes, 0);
        new[] { entries.Way.Parsed, entries.Way.Read, entries.Way.Filed, entries.Staged, entries.Merged }
            .Should()
            .OnlyContain(t => t == tally);
        certificate.Tables.Single(t => t.Table == "fact_resource_day").Merged!.Value.Hours.Should().BePositive();
        certificate.Tables.Select(t => t.Table).Should().BeEquivalentTo(Catalog.Tables.Select(t => t.Name));
    }

    [Fact]
    public async Task The_warehouse_keeps_it_and_shows_it_with_the_freshness()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        house.World.ChangeSome(40, new Random(1));
        await house.NightlyAsync();

        house
            .Warehouse($"SELECT count(*) FILTER (WHERE {Balanced}) || ' of ' || count(*) FROM etl.certificate")
            .Should()
            .Equal($"{2 * Catalog.All.Count} of {2 * Catalog.All.Count}");
        house
            .Warehouse(
                "SELECT sum(t.minutes) = (SELECT minutes FROM bi.freshness WHERE table_name = 'fact_time_entry') FROM etl.load_table t JOIN etl.run r USING (run_id) WHERE table_name = 'fact_time_entry' GROUP BY r.sequence ORDER BY r.sequence DESC LIMIT 1"
            )
            .Should()
            .Equal("True");
        house
            .Warehouse("SELECT landed = accepted + rejected + repeated FROM bi.freshness WHERE table_name = 'dim_card'")
            .Should()
            .Equal("True");
    }

    [Fact]
    public async Task The_lake_says_of_each_read_what_the_warehouse_says()
    {
        string[] counts = ["expected", "seen", "landed", "accepted", "rejected", "repeated", "minutes"];
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        house.World.ChangeSome(40, new Random(1));
        await house.RunAsync(new RunRequest(RunKind.Nightly, ["card", "time_tracking"]));

        var inWarehouse = house.Warehouse(
            "SELECT DISTINCT concat_ws('|', entity, strftime(watermark, '%Y-%m-%dT%H:%M:%SZ'), "
                + $"{string.Join(", ", counts.Select(c => $"coalesce({c}::VARCHAR, '-')"))}, "
                + "printf('%.4f', hours::DOUBLE), coalesce(unavailable_reason, '-')) FROM bi.freshness "
                + "WHERE entity NOT LIKE '%,%'"
        );

        inWarehouse.Should().HaveCount(Catalog.All.Count);
        ReadsOf(house)
            .Select(read =>
                string.Join(
                    '|',
                    [
                        read.Key,
                        $"{read.Value!["watermark"]}",
                        .. counts.Select(c => $"{read.Value[c] ?? "-"}"),
                        ((decimal)read.Value["hours"]!).ToString("F4", CultureInfo.InvariantCulture),
                        $"{read.Value["unavailable_reason"] ?? "-"}",
                    ]
                )
            )
            .Should()
            .BeEquivalentTo(inWarehouse);

        static JsonObject ReadsOf(TestExport house) =>
            JsonNode.Parse(File.ReadAllText(house.In("lake/lake.json")))!["reads"]!.AsObject();
    }

    [Fact]
    public async Task A_record_that_is_lost_after_it_was_landed_stops_the_run_which_goes_on_when_it_is_back()
    {
        await using var house = await TestExport.OpenAfterFirstNightAsync();
        house.World.ChangeSome(20, new Random(1));
        (await house.DiesAtAsync(happened => happened is RunEvent.Started { Phase: "transform" }, Full))
            .Should()
            .BeTrue();
        var run = (await house.AllRunsAsync())[^1];
        var page = Path.Combine(run.Store.Location, "raw/card/page-000002.json.gz");
        var whole = await File.ReadAllBytesAsync(page, TestContext.Current.CancellationToken);
        await WithoutARecordAsync(page);
        var (before, asked) = (house.Warehouse("SELECT run_id FROM etl.load"), house.VPlan.Requests.Count);

        var stopped = await FluentActions
            .Awaiting(() => house.RunAsync(Full))
            .Should()
            .ThrowAsync<ReconciliationException>();

        stopped
            .WithMessage(
                $"Run {run.RunId} does not balance, so nothing of it is published: card: rows landed *, rows on the pages *, 1 lost. What was read is kept*"
            )
            .Which.ExitCode.Should()
            .Be(ExitCode.Contract);
        (await CertificateAsync(house)).Losses.Should().ContainSingle().Which.Should().StartWith("card: rows landed");
        house.Warehouse("SELECT run_id FROM etl.load").Should().Equal(before);
        await house.SinksAgreeAsync();
        (await run.PhaseAsync(TestContext.Current.CancellationToken)).Should().Be(RunPhase.Extracted);

        await File.WriteAllBytesAsync(page, whole, TestContext.Current.CancellationToken);
        await house.RunAsync(Full);

        (await run.PhaseAsync(TestContext.Current.CancellationToken)).Should().Be(RunPhase.Committed);
        house.VPlan.Requests.Count.Should().BeGreaterThan(asked);
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task An_entity_that_never_balances_stops_the_run_which_then_reads_that_one_anew_and_no_other_again()
    {
        await using var house = await TestExport.OpenAsync();
        var made = 0;
        house.VPlan.Edits = EditSchedule.Before(
            (world, request) =>
            {
                if (request.PathAndQuery.Contains("/time_tracking", StringComparison.Ordinal))
                    world.Add(
                        "time_tracking",
                        new JsonObject
                        {
                            ["duration"] = 1,
                            ["created_at"] = new DateTime(2020, 1, 1)
                                .AddDays(-made++)
                                .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null),
                        }
                    );
            }
        );

        await FluentActions
            .Awaiting(() => house.NightlyAsync())
            .Should()
            .ThrowAsync<ReconciliationException>()
            .WithMessage("/time_tracking: vPlan counts*Nothing of this run is published*");

        (await (await house.AllRunsAsync()).Single().PhaseAsync(TestContext.Current.CancellationToken))
            .Should()
            .Be(RunPhase.Planned);
        house.VPlan.Edits = EditSchedule.None;
        var before = house.VPlan.Requests.Count;

        await house.NightlyAsync();

        (await house.AllRunsAsync()).Should().ContainSingle();
        house
            .VPlan.Requests.Skip(before)
            .Should()
            .NotContain(r => r.PathAndQuery.Contains("/board?", StringComparison.Ordinal))
            .And.Contain(r => r.PathAndQuery.Contains("/time_tracking?", StringComparison.Ordinal));
        await house.BothSinksEqualVPlanAsync();
    }

    [Fact]
    public async Task A_run_that_an_earlier_version_transformed_is_finished_although_it_tells_of_no_station()
    {
        await using var house = await TestExport.OpenAsync();
        (await house.DiesAtAsync(happened => happened is RunEvent.Started { Phase: "publish" }, Full))
            .Should()
            .BeTrue();
        var file = Path.Combine((await house.AllRunsAsync()).Single().Store.Location, "transformed.json");
        var earlier = JsonNode
            .Parse(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken))!
            .AsObject();
        earlier.Remove("Checksum").Should().BeTrue();
        earlier.Remove("Stations").Should().BeTrue();
        foreach (var change in earlier["Tables"]!.AsArray())
            change!.AsObject().Remove("Filed").Should().BeTrue();
        await File.WriteAllTextAsync(file, earlier.ToJsonString(), TestContext.Current.CancellationToken);

        await house.RunAsync(Full);

        (await house.Runs.CommittedAsync(TestContext.Current.CancellationToken)).Should().HaveCount(2);
        house
            .Warehouse("SELECT count(landed) || ' of ' || count(*) FROM etl.certificate")
            .Should()
            .Equal($"{Catalog.All.Count} of {2 * Catalog.All.Count}");
        await house.BothSinksEqualVPlanAsync();
    }

    private static async Task<Reconciliation> CertificateAsync(TestExport house) =>
        (
            await (await house.AllRunsAsync())[^1]
                .Store.ReadJsonAsync<Reconciliation>(Reconciliation.File, "", TestContext.Current.CancellationToken)
        )!;

    /// <summary>A page that is whole as a file and as JSON.</summary>
    private static async Task WithoutARecordAsync(string page)
    {
        JsonNode json;
        await using (var zip = new GZipStream(File.OpenRead(page), CompressionMode.Decompress))
            json = (await JsonNode.ParseAsync(zip, cancellationToken: TestContext.Current.CancellationToken))!;
        json["data"]!.AsArray().RemoveAt(3);
        await using var output = new GZipStream(File.Create(page), CompressionLevel.Fastest);
        await output.WriteAsync(
            System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()),
            TestContext.Current.CancellationToken
        );
    }
}
