using System.CommandLine.Parsing;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Spectre.Console.Testing;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Pipelines;
using VPlanExport.Tests.Storage;
using VPlanExport.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace VPlanExport.Tests.Commands;

/// <summary>From nothing to a scheduled export.</summary>
[Trait("Tier", "platform")]
public sealed class InitCommandTests : IAsyncLifetime
{
    private readonly TempFolder _parent = new();
    private readonly CliHost _place = new();
    private SandboxServer _server = null!;

    private string Folder => Path.Combine(_parent.Path, "set up");

    private string Url => $"{_server.BaseUrl}";

    private string[] Given =>
        [
            "init",
            "--yes",
            "--environment",
            "sandbox",
            "--api-key-file",
            _place.PathOf("key.txt"),
            "--base-url",
            Url,
            "--folder",
            Folder,
        ];

    public async ValueTask InitializeAsync() => _server = await _place.StartVPlanAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _place.Dispose();
        _parent.Dispose();
    }

    [Fact]
    public async Task What_it_writes_is_what_check_takes_and_the_key_is_its_owners_alone()
    {
        var shown = (
            await _place.InvokeBareAsync([.. Given, "--time-zone", "Europe/Brussels", "--set", "VPlan:PageSize=500"])
        ).ShouldBe(ExitCode.Ok);

        shown.Output.Should().ContainAll("ok    lake:", "ok    warehouse:", "ok    vPlan:", "schedules");
        var settings = JsonNode.Parse(Read("appsettings.json"))!;
        settings["VPlan"]!
            .ToJsonString()
            .Should()
            .Be(
                $$"""{"ApiEnv":"sandbox","BaseUrl":"{{Url}}","TimeZone":"Europe/Brussels","PageSize":500,"ApiKeyFile":"./secrets/vplan-api-key"}"""
            );
        File.Exists(Path.Combine(Folder, (string)settings["$schema"]!)).Should().BeTrue();
        Read("secrets/vplan-api-key").Trim().Should().Be(CliHost.Key);
        (shown.Output + Read("appsettings.json")).Should().NotContain(CliHost.Key);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Path.Combine(Folder, "secrets/vplan-api-key"))
                .Should()
                .Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await CheckAsync()).ShouldBe(ExitCode.Ok);
    }

    [Fact]
    public async Task Sinks_are_those_that_were_named_and_relative_ones_lie_in_the_folder()
    {
        (await _place.InvokeBareAsync([.. Given, "--lake", "./my-lake", "--warehouse", "plan.duckdb"])).ShouldBe(
            ExitCode.Ok
        );

        JsonNode.Parse(Read("appsettings.json"))!["Warehouse"]!
            .ToJsonString()
            .Should()
            .Be("""{"Kind":"duckdb","ConnectionString":"Data Source=plan.duckdb"}""");
        File.Exists(Path.Combine(Folder, "plan.duckdb")).Should().BeTrue("it was tested there");
        Directory.Exists(Path.Combine(Folder, "my-lake")).Should().BeTrue();
    }

    [Fact]
    public async Task Nothing_is_overwritten_without_force_and_all_of_it_with_force()
    {
        (await _place.InvokeBareAsync(Given)).ShouldBe(ExitCode.Ok);
        await File.WriteAllTextAsync(
            Path.Combine(Folder, "appsettings.json"),
            "{}",
            TestContext.Current.CancellationToken
        );

        (await _place.InvokeBareAsync(Given)).ShouldBe(ExitCode.Configuration).Naming("appsettings.json", "--force");
        Read("appsettings.json").Should().Be("{}");
        File.Delete(Path.Combine(Folder, "appsettings.json"));
        (await _place.InvokeBareAsync(Given))
            .ShouldBe(ExitCode.Configuration)
            .Naming("secrets/vplan-api-key", "--force");
        (await _place.InvokeBareAsync([.. Given, "--force"])).ShouldBe(ExitCode.Ok);

        Read("appsettings.json").Should().Contain("sandbox");
    }

    [Theory]
    [InlineData("key", ExitCode.Configuration, "VPlan:ApiKey")]
    [InlineData("lake", ExitCode.Sink, "lake")]
    [InlineData("url", ExitCode.Configuration, "/v1")]
    public async Task What_does_not_work_is_not_written(string fault, ExitCode code, string named)
    {
        var file = _place.PathOf("a-file");
        await File.WriteAllTextAsync(file, "no folder", TestContext.Current.CancellationToken);
        if (fault == "key")
            _place.WriteKey("another-key");

        var shown = await _place.InvokeBareAsync([
            .. Given,
            .. fault == "lake" ? ["--lake", Path.Combine(file, "lake")] : Array.Empty<string>(),
            .. fault == "url"
                ? ["--set", $"VPlan:BaseUrl={Url.Replace("/v1", "", StringComparison.Ordinal)}"]
                : Array.Empty<string>(),
        ]);

        shown.ShouldBe(code).Naming("Nothing was written", "FAIL");
        shown.Output.Should().Contain("FAIL").And.Contain(named);
        Directory.GetFileSystemEntries(Folder).Select(Path.GetFileName).Should().BeEquivalentTo("vplan-data");
    }

    [Theory]
    [InlineData("--environment is missing", "--environment", "Settings > API Keys")]
    [InlineData("--api-key-file is missing", "--api-key-file", "Settings > API Keys")]
    public async Task What_cannot_be_asked_for_is_named_with_where_it_is_found(string left, string named, string where)
    {
        var words = Given.ToList();
        words.RemoveRange(words.IndexOf(left.Split(' ')[0]), 2);

        (await _place.InvokeBareAsync([.. words])).ShouldBe(ExitCode.Configuration).Naming(named, where);

        Directory.Exists(Folder).Should().BeFalse();
    }

    [Fact]
    public async Task A_password_on_the_command_line_is_refused_and_not_shown()
    {
        (await _place.InvokeBareAsync([.. Given, "--warehouse", "Server=s;Database=d;User Id=u;Password=pa55word"]))
            .ShouldBe(ExitCode.Configuration)
            .Naming("Warehouse__ConnectionString")
            .Errors.Should()
            .NotContain("pa55word");
    }

    [Fact]
    public async Task A_file_that_is_not_there_may_be_the_key_itself_and_is_not_shown()
    {
        var words = Given;
        words[Array.IndexOf(words, "--api-key-file") + 1] = "s3cret-key-itself";

        (await _place.InvokeBareAsync(words))
            .ShouldBe(ExitCode.Configuration)
            .Naming("--api-key-file")
            .Errors.Should()
            .NotContain("s3cret");
    }

    [Fact]
    public async Task A_person_is_asked_for_what_was_not_given_and_the_key_is_not_shown()
    {
        using var terminal = new TestConsole().Interactive();
        foreach (var line in (string[])["sandbox", "", CliHost.Key, "./lake", "", "Europe/Amsterdam"])
            terminal.Input.PushTextWithEnter(line);

        (await CliHost.InvokeAtAsync(terminal, "init", "--base-url", Url, "--folder", Folder)).ShouldBe(ExitCode.Ok);

        terminal.Output.Should().ContainAll("Settings > API Keys", "identifier", "The lake", "time zone");
        terminal.Output.Should().NotContain(CliHost.Key);
        Read("secrets/vplan-api-key").Trim().Should().Be(CliHost.Key);
        JsonNode.Parse(Read("appsettings.json"))!["Lake"]!["Location"]!.GetValue<string>().Should().Be("./lake");
    }

    [Fact]
    public async Task Who_signs_in_by_OAuth_gets_a_key_for_the_tokens_and_is_told_to_connect()
    {
        using var terminal = new TestConsole().Interactive();
        terminal.Input.PushTextWithEnter("acme");
        terminal.Input.PushKey(ConsoleKey.DownArrow);
        terminal.Input.PushKey(ConsoleKey.Enter);
        foreach (var line in (string[])["client-1", "https://example.com/landed", "client-s3cret", "", "", ""])
            terminal.Input.PushTextWithEnter(line);

        (await CliHost.InvokeAtAsync(terminal, "init", "--folder", Folder)).ShouldBe(ExitCode.Ok);

        Convert.FromBase64String(Read("secrets/vplan-oauth-token-key").Trim()).Should().HaveCount(32);
        Read("secrets/vplan-oauth-client-secret").Trim().Should().Be("client-s3cret");
        Read("appsettings.json").Should().Contain("\"Auth\": \"oauth\"").And.NotContain("s3cret\"");
        Read("schedules/README.md").Should().Contain("vplan-export connect");
    }

    [Fact]
    public async Task With_yes_nobody_is_asked()
    {
        using var terminal = new TestConsole().Interactive();

        (await CliHost.InvokeAtAsync(terminal, Given)).ShouldBe(ExitCode.Ok);

        terminal.Output.Should().BeEmpty();
    }

    [Fact]
    public async Task Every_schedule_brings_the_nightly_run_and_the_weekly_read_of_everything()
    {
        (await _place.InvokeBareAsync([.. Given, "--time-zone", "Europe/Brussels"])).ShouldBe(ExitCode.Ok);

        var commands = new List<string>();
        foreach (var name in (string[])["vplan-export", "vplan-export-weekly"])
        {
            var service = Read($"schedules/systemd/{name}.service");
            commands.Add(service.Split('\n').Single(l => l.StartsWith("ExecStart=", StringComparison.Ordinal))[10..]);
            service.Should().Contain("SuccessExitStatus=4 7");
            Read($"schedules/systemd/{name}.timer")
                .Should()
                .Contain(":00 Europe/Brussels")
                .And.Contain("Persistent=true");
            var task = XDocument.Load(Path.Combine(Folder, $"schedules/windows/{name}.xml")).Root!;
            commands.Add($"\"{Value(task, "Command")}\" {Value(task, "Arguments")}");
            task.Descendants().Count(e => e.Name.LocalName == "Sunday").Should().Be(name.EndsWith("ly") ? 1 : 0);
        }
        var cron = Read("schedules/cron/vplan-export").Split('\n').Where(l => l.Length > 0 && l[0] is not '#').ToList();
        cron.Select(l => l.Split(" '")[0]).Should().Equal("00 3 * * *", "00 7 * * 0");
        commands.AddRange(cron.Select(l => l[l.IndexOf('\'')..].Replace('\'', '"')));
        foreach (var command in commands)
            ToolCommand.Problems([.. CommandLineParser.SplitCommandLine(command).Skip(1)]).Should().BeEmpty();
        commands.Count(c => c.Contains($"--folder \"{Folder}\"")).Should().Be(6, string.Join('\n', commands));
        commands.Count(c => c.Contains("run --full")).Should().Be(3);
        foreach (
            var file in (string[])["kubernetes/kubernetes-cronjob.yml", "kubernetes/kubernetes-cronjob-weekly.yml"]
        )
            Zone($"schedules/{file}").Should().Be("Europe/Brussels");
        foreach (var file in (string[])["nightly.yml", "weekly-full.yml", "steps/install.yml", "steps/run.yml"])
            Read($"schedules/azure-devops/{file}").Should().Be(Repository.Read($"pipelines/{file}"));
    }

    private static string Value(XElement task, string name) =>
        task.Descendants().Single(e => e.Name.LocalName == name).Value;

    private string Zone(string file)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Read(file)));
        return $"{yaml.Documents.Single().RootNode["spec"]["timeZone"]}";
    }

    private string Read(string file) => File.ReadAllText(Path.Combine(Folder, file));

    private Task<Outcome> CheckAsync() =>
        ExportProcess.RunAsync(_parent.Path, new Dictionary<string, string>(), "check", "--folder", Folder);
}
