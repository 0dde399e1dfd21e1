using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using VPlanExport.Commands;
using VPlanExport.Commands.Output;
using VPlanExport.Sandbox;
using VPlanExport.Tests.Support;

namespace VPlanExport.Tests.Commands;

/// <summary>Secrets stay where they were put, whatever a command meets. Each holds what JSON, Markdown, a URL and a pipeline's log write in a way of their own.</summary>
[Trait("Tier", "scenario")]
public sealed class SecretTests : IAsyncLifetime
{
    private const string Key = """k3y/that+is|nowhere"else]""";
    private const string NextKey = """n3xt/key+that|is"nowhere;else""";
    private const string AccountKey = "YWNjb3VudC9rZXkrdGhhdCtpcy9ub3doZXJl/+Zg==";
    private const string Password = "p4ss;word/that+is|nowhere";
    private const string PrivacyKey = """pr1vacy/key+that|is"nowhere""";

    private static readonly string[] All = [Key, NextKey, AccountKey, Password, PrivacyKey];
    private static readonly string Everything = $"{Key} {NextKey} {PrivacyKey}";

    private static readonly string[] Files =
    [
        "key.txt",
        "next.txt",
        "lake.txt",
        "warehouse.txt",
        "privacy.txt",
        "appsettings.json",
    ];

    private readonly CliHost _place = new() { Clock = new ImpatientTime() };
    private readonly List<Outcome> _outcomes = [];
    private SandboxServer _server = null!;
    private string[] _format = [];

    public static TheoryData<string> Formats => ["text", "json", "azure"];

    public async ValueTask InitializeAsync()
    {
        _server = await _place.StartVPlanAsync(new SandboxOptions { Size = SandboxSize.Tiny, ApiKey = Key });
        WriteSecrets(_place, _server);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _place.Dispose();
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task They_are_in_no_output_and_no_file_of_commands_that_succeed(string format)
    {
        Use(format);
        foreach (var board in _server.World.Records("board"))
            _server.World.Edit("board", board.Id, new JsonObject { ["name"] = $"of {Key}" });
        foreach (var card in _server.World.Records("card").Take(20))
            _server.World.Edit(
                "card",
                card.Id,
                new JsonObject
                {
                    ["note"] =
                        $"of {Key}, then {NextKey} and {Convert.ToBase64String(Encoding.UTF8.GetBytes($"to:{NextKey}"))}",
                }
            );

        await InvokeAsync(ExitCode.Ok, "run --entity board --entity card --summary run.md");
        await InvokeAsync(ExitCode.Ok, "run --full --entity board");
        await InvokeAsync(
            ExitCode.Ok,
            "backfill --from 2026-10-01 --to 2026-11-30 --entity card --summary backfill.md"
        );
        await InvokeAsync(ExitCode.Ok, "backfill --from 2026-10-01 --to 2026-11-30 --dry-run --summary dry.md");
        await InvokeAsync(ExitCode.Ok, "backfill --from 2026-10-01 --to 2026-10-31 --entity card --plan plan.md");
        await InvokeAsync(ExitCode.Ok, "backfill --apply plan.md --wait");
        await InvokeAsync(ExitCode.Ok, "load --summary load.md");
        await InvokeAsync(ExitCode.Ok, "verify --entity card --summary verify.md");
        await InvokeAsync(
            ExitCode.Ok,
            $"rollback --to {Path.GetFileName(Directory.GetDirectories(Path.Combine(_place.Work, "runs")).Order().First())} --summary rollback.md"
        );
        await InvokeAsync(ExitCode.Ok, "rejects list");
        await InvokeAsync(ExitCode.Ok, "check");
        await InvokeAsync(ExitCode.Ok, "status");
        await InvokeAsync(ExitCode.Ok, "status --format json");
        foreach (var layout in new[] { "table", "csv", "json" })
            _outcomes.Add(
                (await _place.InvokeAsync("query", "SELECT name FROM dw.dim_board", "--format", layout)).ShouldBe(
                    ExitCode.Ok
                )
            );

        _outcomes[^1].Output.Should().Contain("of *****");
        Folder().Should().Contain(f => f.EndsWith(".json.gz", StringComparison.Ordinal));
        NothingIsShown();
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task They_are_in_nothing_that_vplan_repeats_in_an_error(string format)
    {
        Use(format);
        foreach (var kind in new[] { FaultKind.Status401, FaultKind.Status403, FaultKind.Status500 })
        {
            foreach (var isAboutAll in new[] { true, false })
            {
                _server.Faults = FaultSchedule.When(r =>
                    isAboutAll || r.Path == "/card_relation"
                        ? new Fault(kind)
                        {
                            Description =
                                $"{Key} {NextKey} Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"sandbox:{Key}"))}",
                        }
                        : null
                );
                await InvokeAsync(null, "run --entity board --entity card_relation --summary run.md");
            }
            await InvokeAsync(null, "check");
            await InvokeAsync(null, "verify --entity card_relation --summary verify.md");
            await InvokeAsync(
                null,
                "backfill --from 2026-10-01 --to 2026-11-30 --entity card_relation --dry-run --summary dry.md"
            );
        }

        _outcomes
            .Where(o =>
                o.Output.Contains("***", StringComparison.Ordinal) || o.Errors.Contains("***", StringComparison.Ordinal)
            )
            .Should()
            .NotBeEmpty();
        NothingIsShown();
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task They_are_in_no_message_about_settings(string format)
    {
        Use(format);
        string[] wrong =
        [
            .. new[] { Key, NextKey, PrivacyKey }.SelectMany(secret =>
                new[]
                {
                    "VPlan:PageSize",
                    "VPlan:BaseUrl",
                    "VPlan:TimeZone",
                    "VPlan:ApiKey",
                    "Privacy:PersonalData",
                    "Warehouse:Kind",
                    "Calendar:Holidays",
                    "No:Setting",
                }.Select(key => $"{key}={secret}")
            ),
            Key,
            $"Calendar:Holidays={_place.PathOf("key.txt")}",
            $"Lake:Location={File.ReadAllText(_place.PathOf("lake.txt"))}",
            $"Warehouse:ConnectionString={File.ReadAllText(_place.PathOf("warehouse.txt"))}",
            $"Lake:ConnectionStringFile={_place.PathOf("warehouse.txt")}",
            $"VPlan:ApiKeyFile={_place.Folder}",
            $"VPlan:ApiKeyNextFile={_place.PathOf("nowhere.txt")}",
            $"Runs:WorkFolder=/proc/{Key}",
        ];
        foreach (var setting in wrong)
            _outcomes.Add(
                await _place.InvokeAsync([.. _format, "run", "--summary", _place.PathOf("run.md"), "--set", setting])
            );
        foreach (
            var command in new CommandLine(TextWriter.Null, TextWriter.Null, _place.Clock).Verbs.Select(v =>
                v.Command.Name
            )
        )
            _outcomes.Add(
                await _place.InvokeAsync([
                    .. _format,
                    command,
                    $"--{Key}",
                    NextKey,
                    "--set",
                    $"VPlan:PageSize={PrivacyKey}",
                ])
            );

        _outcomes.Should().OnlyContain(o => o.Code != 0);
        NothingIsShown();
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task They_are_in_no_message_about_the_lake_or_the_warehouse(string format)
    {
        Use(format);
        using var storage = new RefusingServer(string.Join(' ', All));
        var account =
            $"DefaultEndpointsProtocol=http;AccountName=account;AccountKey={AccountKey};BlobEndpoint={storage.Url}/account";
        File.WriteAllText(_place.PathOf("lake.txt"), account);
        string[] lake =
        [
            "--set",
            $"Lake:ConnectionStringFile={_place.PathOf("lake.txt")}",
            "--set",
            $"Lake:Location={storage.Url}/account/lake",
        ];
        string[] warehouse =
        [
            "--set",
            "Warehouse:ConnectionString=",
            "--set",
            $"Warehouse:ConnectionStringFile={_place.PathOf("warehouse.txt")}",
        ];

        foreach (
            var command in new[]
            {
                "run --summary run.md",
                "check",
                "status",
                "load --summary load.md",
                "verify --summary verify.md",
                "rollback --to none --summary rollback.md",
                "rejects list",
                "backfill --from 2026-10-01 --to 2026-10-31 --plan plan.md",
                "copy-into",
            }
        )
        {
            _outcomes.Add(await _place.InvokeAsync([.. _format, .. Words(command), .. lake]));
            _outcomes.Add(
                await _place.InvokeAsync([
                    .. _format,
                    .. Words(command),
                    .. warehouse,
                    "--set",
                    "Warehouse:Kind=sqlserver",
                ])
            );
            _outcomes.Add(await _place.InvokeAsync([.. _format, .. Words(command), .. warehouse]));
        }

        _outcomes.Where(o => o.Code == (int)ExitCode.Sink).Should().NotBeEmpty();
        NothingIsShown();
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task They_are_in_no_report_of_a_bug(string format)
    {
        Use(format);
        for (var nth = 2; nth < 7; nth++)
        {
            foreach (var command in new[] { "run --entity board --summary run.md", "load --summary load.md" })
                _outcomes.Add(
                    await _place.InvokeAsync(new BrokenTime(nth, Everything), [.. _format, .. Words(command)])
                );
        }

        _outcomes.Where(o => o.Code == (int)ExitCode.Bug).Should().HaveCountGreaterThan(1);
        NothingIsShown();
    }

    private static void WriteSecrets(CliHost place, SandboxServer server)
    {
        place.WriteKey(Key);
        File.WriteAllText(place.PathOf("next.txt"), NextKey);
        File.WriteAllText(
            place.PathOf("lake.txt"),
            $"DefaultEndpointsProtocol=https;AccountName=account;AccountKey={AccountKey}"
        );
        File.WriteAllText(
            place.PathOf("warehouse.txt"),
            $"Server=127.0.0.1,9;Database=d;User ID=u;Password=\"{Password}\";Connect Timeout=1"
        );
        File.WriteAllText(place.PathOf("privacy.txt"), PrivacyKey);
        place.Settings.AddRange([
            $"VPlan:ApiKeyNextFile={place.PathOf("next.txt")}",
            $"Privacy:KeyFile={place.PathOf("privacy.txt")}",
        ]);
    }

    private void Use(string format) => _format = ["--log-format", format];

    private string[] Words(string command) =>
        [
            .. command
                .Split(' ')
                .Select(word => word.EndsWith(".md", StringComparison.Ordinal) ? _place.PathOf(word) : word),
        ];

    private async Task InvokeAsync(ExitCode? code, string command)
    {
        var outcome = await _place.InvokeAsync([.. _format, .. Words(command)]);
        _outcomes.Add(code is { } wanted ? outcome.ShouldBe(wanted) : outcome);
    }

    private IEnumerable<string> Folder() =>
        Directory
            .GetFiles(_place.Folder, "*", SearchOption.AllDirectories)
            .Where(f => !Files.Contains(Path.GetFileName(f)));

    private void NothingIsShown()
    {
        var forms = new Secrets(All, AzureLog.Escaped, Markdown.Text).Forms;
        _outcomes
            .SelectMany(o => new[] { o.Output, o.Errors })
            .Where(text => forms.Any(form => text.Contains(form, StringComparison.Ordinal)))
            .Should()
            .BeEmpty();
        Folder()
            .Where(f => TextOf(f) is var text && forms.Any(form => text.Contains(form, StringComparison.Ordinal)))
            .Should()
            .BeEmpty();
    }

    private static string TextOf(string file)
    {
        using Stream stream = file.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(File.OpenRead(file), CompressionMode.Decompress)
            : File.OpenRead(file);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
