using System.Text.Json.Nodes;
using CsvHelper;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Support;
using VPlanExport.Transform.Parsing;

namespace VPlanExport.Tests.Commands;

[Trait("Tier", "scenario")]
public sealed class RejectsCommandTests : IAsyncLifetime
{
    private readonly CliHost _place = new() { Clock = new ImpatientTime() };
    private SandboxServer _server = null!;
    private SandboxRecord _entry = null!;

    private string Out => _place.PathOf("rejects.csv");

    public async ValueTask InitializeAsync()
    {
        _server = await _place.StartVPlanAsync();
        _entry = _server.World.Records("time_tracking")[0];
        _server.World.Edit(
            "time_tracking",
            _entry.Id,
            new JsonObject { ["start"] = "yesterday", ["note"] = "for Jan" }
        );
        _server.World.Edit(
            "stage",
            _server.World.Records("stage")[0].Id,
            new JsonObject { ["delay_day"] = new JsonArray(1) }
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _place.Dispose();
    }

    [Fact]
    public async Task Before_the_first_run_the_quarantine_is_empty()
    {
        (await _place.InvokeAsync("rejects", "list"))
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .Be($"The quarantine is empty.{Environment.NewLine}");
        (await _place.InvokeAsync("rejects", "list", "--format", "csv"))
            .ShouldBe(ExitCode.Ok)
            .Lines.Should()
            .ContainSingle()
            .Which.Should()
            .StartWith("entity,table,id,row_id,field,value,reason,rules,run,page");
    }

    [Fact]
    public async Task The_list_tells_each_row_and_its_reason_in_every_format_and_leaves_once_accepted()
    {
        (await _place.InvokeAsync("run")).ShouldBe(ExitCode.Ok);
        var run = Path.GetFileName(Directory.GetDirectories(Path.Combine(_place.Work, "runs")).Single());

        (await _place.InvokeAsync("rejects", "list"))
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .ContainAll("fact_time_entry", _entry.Id, "yesterday", "not an ISO 8601 timestamp", run, "dim_stage")
            .And.NotContain("for Jan");
        (await _place.InvokeAsync("rejects", "list", "--entity", "stage", "--format", "csv"))
            .ShouldBe(ExitCode.Ok)
            .Lines.Should()
            .HaveCount(2);
        var json = JsonNode.Parse(
            (await _place.InvokeAsync("rejects", "list", "--entity", "time_tracking", "--run", run, "--format", "json"))
                .ShouldBe(ExitCode.Ok)
                .Lines.Single()
        )!;
        (json["table"]!.ToString(), json["field"]!.ToString(), (int)json["rules"]!, (int)json["page"]!)
            .Should()
            .Be(("fact_time_entry", "start", VPlanExport.Transform.Parsing.ValueContract.Version, 1));

        _server.World.Edit("time_tracking", _entry.Id, new JsonObject { ["start"] = "2026-10-01T08:00:00Z" });
        (await _place.InvokeAsync("run")).ShouldBe(ExitCode.Ok);

        (await _place.InvokeAsync("rejects", "list", "--entity", "time_tracking"))
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .Contain("is empty");
        (await _place.InvokeAsync("rejects", "list", "--run", run))
            .ShouldBe(ExitCode.Ok)
            .Output.Should()
            .Contain("is empty", "the stage was rejected again by the second run");
        (await _place.InvokeAsync("load")).ShouldBe(ExitCode.Ok).Output.Should().Contain("Nothing to apply");
    }

    [Fact]
    public async Task A_row_that_stands_in_a_record_is_told_by_its_own_id_too()
    {
        var row = _server.World.Records("order_row")[0];
        _server.World.Edit("order_row", row.Id, new JsonObject { ["delivered_date"] = "soon" });
        (await _place.InvokeAsync("run")).ShouldBe(ExitCode.Ok);

        var json = JsonNode.Parse(
            (await _place.InvokeAsync("rejects", "list", "--entity", "order", "--format", "json"))
                .ShouldBe(ExitCode.Ok)
                .Lines.Single()
        )!;

        (json["table"]!.ToString(), json["id"]!.ToString(), json["row_id"]!.ToString())
            .Should()
            .Be(("fact_order_row", row.Text("order_id")!, row.Id));
    }

    [Fact]
    public async Task The_export_holds_the_raw_json_is_its_owners_alone_and_replaces_no_file_unasked()
    {
        (await _place.InvokeAsync("run")).ShouldBe(ExitCode.Ok);

        (await ExportAsync()).ShouldBe(ExitCode.Ok).Output.Should().Contain("2 rejected rows").And.Contain(Out);

        Raw()
            .Should()
            .Contain(raw =>
                raw.Contains("for Jan", StringComparison.Ordinal) && raw.Contains("yesterday", StringComparison.Ordinal)
            );
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Out).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllTextAsync(Out, "mine", TestContext.Current.CancellationToken);
        (await ExportAsync()).ShouldBe(ExitCode.Configuration).Naming(Out, "--force");
        (await File.ReadAllTextAsync(Out, TestContext.Current.CancellationToken)).Should().Be("mine");
        (await ExportAsync("--force", "--entity", "stage")).ShouldBe(ExitCode.Ok);
        Raw().Should().ContainSingle();
    }

    [Fact]
    public async Task The_export_opens_in_a_spreadsheet_with_its_accents_and_computes_nothing()
    {
        string[] values = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "-12.5", "Café"];
        foreach (var (entry, value) in _server.World.Records("time_tracking").Zip(values))
            _server.World.Edit("time_tracking", entry.Id, new JsonObject { ["start"] = value });
        (await _place.InvokeAsync("run", "--set", "Runs:MinRejects=100")).ShouldBe(ExitCode.Ok);

        (await ExportAsync("--entity", "time_tracking")).ShouldBe(ExitCode.Ok);

        File.ReadAllBytes(Out)[..3].Should().Equal(0xEF, 0xBB, 0xBF);
        Column("value").Should().BeEquivalentTo("'=1+1", "'+1+1", "'-1+1", "'@SUM(A1)", "'\t=1", "-12.5", "Café");
        (await _place.InvokeAsync("rejects", "export", "--help")).Output.Should().Contain("apostrophe");
        (await _place.InvokeAsync("query", "--help")).Output.Should().Contain("CSV is for programs");
    }

    [Fact]
    public async Task Personal_data_is_left_out_as_the_setting_says_now()
    {
        (await _place.InvokeAsync("run")).ShouldBe(ExitCode.Ok);
        _place.Settings.Add("Privacy:PersonalData=omit");

        (await ExportAsync()).ShouldBe(ExitCode.Ok);
        Raw().Should().HaveCount(2).And.OnlyContain(raw => raw.StartsWith("(landed when", StringComparison.Ordinal));

        (await _place.InvokeAsync("run")).ShouldBe(ExitCode.Ok);
        (await ExportAsync("--force")).ShouldBe(ExitCode.Ok);
        Raw()
            .Should()
            .HaveCount(2)
            .And.Contain(raw => raw.Contains("yesterday", StringComparison.Ordinal))
            .And.NotContain(raw => raw.Contains("for Jan", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("rejects export", "--out")]
    [InlineData("rejects list --run 20260101T000000Z-1", "'20260101T000000Z-1'")]
    [InlineData("rejects list --entity cards", "'cards'")]
    [InlineData("rejects forget", "'forget'")]
    public async Task What_makes_no_sense_is_refused(string line, string named) =>
        (await _place.InvokeAsync(line.Split(' '))).ShouldBe(ExitCode.Configuration).Naming(named);

    private Task<Outcome> ExportAsync(params string[] more) =>
        _place.InvokeAsync(["rejects", "export", "--out", Out, .. more]);

    private List<string> Raw() => Column("raw");

    private List<string> Column(string name)
    {
        using var csv = CsvReader.Create(File.OpenRead(Out));
        var values = new List<string>();
        while (csv.Read())
            values.Add(csv.GetString(csv.Headers.ToList().IndexOf(name)));
        return values;
    }
}
