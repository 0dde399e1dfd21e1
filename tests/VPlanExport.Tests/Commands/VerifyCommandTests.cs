using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

[Trait("Tier", "scenario")]
public sealed class VerifyCommandTests : IAsyncLifetime
{
    private readonly CliHost _place = new() { Clock = new ImpatientTime() };
    private SandboxServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await _place.StartVPlanAsync();
        _server.World.Edit(
            "time_tracking",
            _server.World.Records("time_tracking")[0].Id,
            new JsonObject { ["start"] = "yesterday" }
        );
        (await _place.InvokeAsync("run")).ShouldBe(ExitCode.Ok);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _place.Dispose();
    }

    [Fact]
    public async Task Nothing_differs_after_a_run_though_a_row_is_in_the_quarantine_and_vPlan_has_made_more_since()
    {
        await Task.Delay(TimeSpan.FromSeconds(1.1), TestContext.Current.CancellationToken);
        _server.World.Add("item", new JsonObject { ["name"] = "new" });
        var asked = _server.Requests.Count;

        var outcome = (await _place.InvokeAsync("verify")).ShouldBe(ExitCode.Ok);

        outcome
            .Lines.Should()
            .ContainSingle(line => line.StartsWith("time_tracking", StringComparison.Ordinal))
            .Which.Should()
            .MatchRegex(@" 500 +499 +1 +same$");
        outcome
            .Lines.Should()
            .ContainSingle(line => line.StartsWith("fact_time_entry", StringComparison.Ordinal))
            .Which.Should()
            .MatchRegex(@"499 rows, [\d,]+ minutes, 0 not live +499 rows, .* same$");
        outcome.Output.Should().NotContain("DIFFERS");
        (_server.Requests.Count - asked).Should().BeInRange(2, 80);
    }

    [Theory]
    [InlineData(
        "DELETE FROM dw.fact_card WHERE card_key = (SELECT max(card_key) FROM dw.fact_card)",
        "fact_card: the lake holds 120 rows",
        "the warehouse 119 rows"
    )]
    [InlineData(
        "UPDATE dw.fact_time_entry SET minutes = minutes + 1 WHERE time_entry_key = (SELECT max(time_entry_key) FROM dw.fact_time_entry)",
        "fact_time_entry: the lake holds 499 rows",
        "vplan-export load --all"
    )]
    [InlineData(
        "UPDATE dw.dim_card SET is_deleted = true WHERE card_key = (SELECT max(card_key) FROM dw.dim_card)",
        "dim_card: the lake holds 120 rows",
        "the warehouse 119 rows"
    )]
    [InlineData(
        "UPDATE dw.dim_card SET card_key = card_key + 1 WHERE card_key = (SELECT max(card_key) FROM dw.dim_card)",
        "dim_card: the lake holds 120 rows",
        "with other keys"
    )]
    public async Task A_change_made_by_hand_in_the_warehouse_is_found(string change, params string[] told)
    {
        using (var connection = new DuckDBConnection($"Data Source={_place.Warehouse}"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = change;
            command.ExecuteNonQuery().Should().Be(1);
        }

        (await _place.InvokeAsync("verify", "--entity", "card,time_tracking"))
            .ShouldBe(ExitCode.Contract)
            .Naming(["1 thing differs.", .. told]);
        (await _place.InvokeAsync("verify", "--entity", "board")).ShouldBe(ExitCode.Ok);
    }

    [Fact]
    public async Task What_vPlan_deleted_and_what_was_never_read_is_found_with_what_to_do()
    {
        _server.World.Delete("item", _server.World.Records("item")[0].Id);
        _server.World.Add(
            "project",
            new JsonObject { ["name"] = "overlooked", ["created_at"] = "2020-01-01T00:00:00Z" }
        );

        var outcome = (await _place.InvokeAsync("verify", "--summary", _place.PathOf("summary.md")))
            .ShouldBe(ExitCode.Contract)
            .Naming(
                "2 things differ",
                "item: of the records made before",
                "1 are no longer in vPlan",
                "run --sweep --entity item",
                "project: of the records",
                "1 are missing",
                "run --full --entity project"
            );

        outcome.Output.Should().Contain("DIFFERS");
        (await File.ReadAllTextAsync(_place.PathOf("summary.md"), TestContext.Current.CancellationToken))
            .Should()
            .Contain("DIFFERS")
            .And.Contain("1 are missing");
        (await _place.InvokeAsync("run", "--full")).ShouldBe(ExitCode.Ok);
        (await _place.InvokeAsync("verify")).ShouldBe(ExitCode.Ok);
    }

    [Fact]
    public async Task A_record_that_vPlan_lists_as_deleted_is_no_difference_and_hides_none()
    {
        var items = _server.World.Records("item").Select(item => item.Id).ToList();
        _server.World.Edit("item", items[0], new JsonObject { ["deleted_at"] = "2026-01-01T00:00:00Z" });
        (await _place.InvokeAsync("run", "--entity", "item")).ShouldBe(ExitCode.Ok);
        (await _place.InvokeAsync("verify", "--entity", "item"))
            .ShouldBe(ExitCode.Ok)
            .Lines.Should()
            .ContainSingle(line => line.StartsWith("item", StringComparison.Ordinal))
            .Which.Should()
            .MatchRegex($" 1 +{items.Count} +{items.Count - 1} +0 +same$");

        _server.World.Delete("item", items[1]);
        (await _place.InvokeAsync("verify", "--entity", "item"))
            .ShouldBe(ExitCode.Contract)
            .Naming(
                "item: of the records",
                "1 of them as deleted",
                "1 are no longer in vPlan",
                "run --sweep --entity item"
            );
        (await _place.InvokeAsync("run", "--entity", "item")).ShouldBe(ExitCode.Ok);

        _server.World.Delete("item", items[0]);
        (await _place.InvokeAsync("verify", "--entity", "item")).ShouldBe(ExitCode.Ok);
    }

    [Fact]
    public async Task A_rejected_record_that_vPlan_made_since_the_last_read_is_no_difference()
    {
        _server.World.Add(
            "project",
            new JsonObject
            {
                ["name"] = "later",
                ["created_at"] = "2099-01-01T00:00:00Z",
                ["updated_at"] = "not a time",
            }
        );
        (await _place.InvokeAsync("run", "--entity", "project", "--set", "Runs:MinRejects=10")).ShouldBe(ExitCode.Ok);
        (await _place.InvokeAsync("rejects", "list")).ShouldBe(ExitCode.Ok).Output.Should().Contain("not a time");

        (await _place.InvokeAsync("verify", "--entity", "project")).ShouldBe(ExitCode.Ok);
    }

    [Fact]
    public async Task Before_the_first_run_there_is_nothing_to_verify()
    {
        using var place = new CliHost();
        place.Use(_server);

        (await place.InvokeAsync("verify"))
            .ShouldBe(ExitCode.Configuration)
            .Naming("no committed run", "vplan-export run");
    }

    [Fact]
    public async Task While_a_rollback_is_unfinished_there_is_no_one_state_to_verify()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_place.Work, "rollback.json"),
            """{"ToRun": "an-earlier-run", "At": "2026-10-07T01:00:00Z"}""",
            TestContext.Current.CancellationToken
        );

        (await _place.InvokeAsync("verify"))
            .ShouldBe(ExitCode.Configuration)
            .Naming("rollback to run an-earlier-run", "vplan-export load");
    }

    [Fact]
    public async Task The_status_tells_the_certificate_when_ids_were_compared_and_what_is_in_the_quarantine()
    {
        var outcome = (await _place.InvokeAsync("status")).ShouldBe(ExitCode.Ok);

        outcome
            .Lines.Should()
            .Contain(line =>
                line.StartsWith("time_tracking", StringComparison.Ordinal)
                && line.Contains("500 of 500 time entries", StringComparison.Ordinal)
            )
            .Which.Should()
            .MatchRegex(@"^time_tracking +\S+Z? +.*499 rows, [\d,]+ minutes +1$");
        outcome.Output.Should().Contain("1 rejected rows are in the quarantine: vplan-export rejects list");
        var json = JsonNode.Parse(
            (await _place.InvokeAsync("status", "--format", "json")).ShouldBe(ExitCode.Ok).Output
        )!;
        var entry = json["entities"]!.AsArray().Single(e => (string)e!["entity"]! == "time_tracking")!;
        ((int)entry["held"]!, (string)entry["proof"]!["certificate"]!, (DateTime?)entry["sweptAt"] is not null)
            .Should()
            .Be((1, "500 of 500 time entries", true));
    }
}
