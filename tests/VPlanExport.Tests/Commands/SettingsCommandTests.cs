using System.Text.Json.Nodes;
using Json.Schema;
using VPlanExport.Configuration;
using VPlanExport.Tests.Storage;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>Which settings are in force and where they come from, and the schema by which editors complete them.</summary>
[Trait("Tier", "platform")]
public sealed class SettingsCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly CliHost _place = new();

    public void Dispose()
    {
        _place.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Each_setting_is_on_a_line_with_its_value_and_where_it_comes_from()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_folder.Path, "appsettings.json"),
            """{ "VPlan": { "PageSize": 500, "Concurrency": 2, "OverlapMinutes": 20 }, "Wharehouse": { "Kind": "x" } }""",
            TestContext.Current.CancellationToken
        );
        var shown = (
            await ExportProcess.RunAsync(
                _folder.Path,
                new Dictionary<string, string>
                {
                    ["VPlan__ApiKey"] = "s3cret-of-the-environment",
                    ["VPLAN__CONCURRENCY"] = "3",
                    ["VPlan__PageSize"] = "",
                    ["VPlan__ApiKeyNextFile"] = "s3cret-in-the-wrong-place",
                    ["Warehouse__ConnectionString"] = "Server=s;Database=d;User Id=u;Password=pa55word",
                    ["Warehouse__Kind"] = "sqlserver",
                    ["Lake__Location"] = "https://acme.blob.core.windows.net/lake/vplan",
                },
                "settings",
                "--set",
                "VPlan:ApiEnv=acme",
                "--set",
                "VPlan:RequestsPerDay=10"
            )
        );

        var lines = shown.Lines.ToDictionary(
            line => line.Split(' ')[0],
            line => string.Join('|', line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..])
        );
        lines.Keys.Should().Contain(Setting.All.Select(s => s.Key));
        lines["VPlan:ApiEnv"].Should().Be("acme|--set");
        lines["VPlan:RequestsPerDay"].Should().Be("10|--set");
        lines["VPlan:Concurrency"].Should().Be("3|environment");
        lines["VPlan:OverlapMinutes"].Should().Be("20|appsettings.json");
        lines["VPlan:PageSize"].Should().Be("1000|default", "a blank value in a stronger place is the default");
        lines["VPlan:ApiKey"].Should().Be("***|environment");
        lines["VPlan:ApiKeyNextFile"].Should().Be("***|environment");
        lines["Warehouse:ConnectionString"].Should().Be("Server=s;Database=d;User|Id=u;Password=***|environment");
        lines["Runs:WorkFolder"].Should().Be("https://acme.blob.core.windows.net/lake/vplan/_work|default");
        shown.Output.Should().NotContainAny("s3cret", "pa55word");
        shown.ShouldBe(ExitCode.Configuration).Naming("VPlan:ApiKeyNextFile names a file that cannot be read");
    }

    [Fact]
    public async Task Machines_and_those_who_look_for_their_own_see_the_same()
    {
        var shown = (
            await _place.InvokeBareAsync("settings", "--changed", "--set", "VPlan:PageSize=7", "--log-format", "json")
        ).ShouldBe(ExitCode.Ok);

        JsonNode.Parse(shown.Lines.Single())!["settings"]!
            .ToJsonString()
            .Should()
            .Be("""[{"key":"VPlan:PageSize","value":"7","origin":"--set"}]""");
    }

    [Fact]
    public async Task Settings_that_make_no_sense_are_shown_and_then_refused()
    {
        var shown = (await _place.InvokeBareAsync("settings", "--set", "VPlan:PageSize=0"))
            .ShouldBe(ExitCode.Configuration)
            .Naming("VPlan:PageSize is '0'");

        shown.Output.Should().MatchRegex(@"VPlan:PageSize +0 +--set");
    }

    [Theory]
    [InlineData("""{ "VPlan": { "PageSize": 500, "ApiEnv": "acme" }, "Logging": { "Level": "x" } }""", true)]
    [InlineData(
        """{ "$schema": "./x.json", "Warehouse": { "Deploy": false }, "Notify": { "Format": "teams" } }""",
        true
    )]
    [InlineData("""{ "VPlan": { "PageSize": 5000 } }""", false)]
    [InlineData("""{ "VPlan": { "PageSise": 500 } }""", false)]
    [InlineData("""{ "VPlan": { "ApiKey": "a secret" } }""", false)]
    [InlineData("""{ "VPlan": { "OAuth": { "Pkce": "maybe" } } }""", false)]
    public async Task The_schema_takes_what_the_file_takes(string settings, bool isValid)
    {
        var schema = JsonSchema.FromText(
            (await _place.InvokeBareAsync("schema", "--settings")).ShouldBe(ExitCode.Ok).Output
        );

        schema.Evaluate(JsonNode.Parse(settings)).IsValid.Should().Be(isValid);
    }

    [Fact]
    public async Task The_schema_is_written_and_checked_like_everything_that_is_generated()
    {
        (await _place.InvokeBareAsync("schema", "--settings", "--write", "--folder", _folder.Path)).ShouldBe(
            ExitCode.Ok
        );
        var file = Path.Combine(_folder.Path, "appsettings.schema.json");
        Directory.GetFileSystemEntries(_folder.Path).Should().Equal(file);
        (await _place.InvokeBareAsync("schema", "--settings", "--check", "--folder", _folder.Path)).ShouldBe(
            ExitCode.Ok
        );

        await File.AppendAllTextAsync(file, " ", TestContext.Current.CancellationToken);

        (await _place.InvokeBareAsync("schema", "--check", "--folder", _folder.Path))
            .ShouldBe(ExitCode.Contract)
            .Naming("appsettings.schema.json, line");
    }
}
