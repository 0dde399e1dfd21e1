using System.CommandLine;
using VPlanExport.Commands.Output;
using VPlanExport.Configuration;
using VPlanExport.Runs;
using VPlanExport.Sandbox;
using VPlanExport.Storage;
using VPlanExport.Warehouse.DuckDb;

namespace VPlanExport.Commands;

/// <summary>A whole export against the sandbox: a full run, changes in vPlan, a nightly increment, three
/// questions.</summary>
internal sealed class DemoCommand : CliCommand
{
    private const int Changes = 60;

    private static readonly (string Title, string Sql)[] Questions =
    [
        (
            "Planned against actual by activity, minutes",
            """
            SELECT activity, sum(planned_minutes) AS planned, sum(tracked_minutes) AS tracked,
                round(sum(planned_minutes) / nullif(sum(tracked_minutes), 0) * 100, 1) AS productivity_percent
            FROM bi.planned_vs_actual GROUP BY activity ORDER BY tracked DESC NULLS LAST LIMIT 8
            """
        ),
        (
            "Hours by week, last 8 weeks",
            """
            SELECT iso_year_week AS week, round(sum(minutes) / 60.0, 1) AS hours, count(*) AS entries
            FROM bi.time_entry GROUP BY week ORDER BY week DESC LIMIT 8
            """
        ),
        (
            "Open cards by stage",
            """
            SELECT board, stage, count(*) AS cards, sum(remaining_minutes) AS remaining_minutes
            FROM bi.card WHERE NOT is_completed GROUP BY board, stage ORDER BY cards DESC LIMIT 10
            """
        ),
    ];

    private readonly Option<SandboxSize> _size = SandboxCommand.SizeOption(SandboxSize.Small);
    private readonly Option<string> _out = new("--out")
    {
        Description = "Folder for the lake, the warehouse and the runs.",
        DefaultValueFactory = _ => "./vplan-demo",
    };
    private readonly Option<int> _port = new("--port")
    {
        Description = "Port of the sandbox; 0 takes a free one.",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<bool> _oauth = new("--oauth")
    {
        Description = "Sign in by OAuth: a made-up person consents first.",
    };

    private readonly Option<bool> _serve = new("--serve")
    {
        Description = "Keep the stand-in vPlan until it is stopped, so that run can be tried again.",
    };

    public DemoCommand() =>
        Command = new Command(
            "demo",
            "Starts a stand-in vPlan, exports it over HTTP into a folder, changes some of its data, and runs a "
                + "nightly increment."
        )
        {
            _size,
            _out,
            _port,
            _oauth,
            _serve,
        };

    public override Command Command { get; }

    public override string Example => "vplan-export demo --size small --out ./vplan-demo";

    public override async Task<ExitCode> InvokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var options = new SandboxOptions
        {
            Size = context.Parsed.GetValue(_size),
            Port = SandboxCommand.Port(context.Parsed.GetValue(_port)),
            Clock = context.Clock,
            HasOddTexts = false,
        };
        var folder = await DemoFolder.PrepareAsync(
            context.Parsed.GetRequiredValue(_out),
            context.Clock,
            cancellationToken
        );
        await using var server = await SandboxCommand.StartAsync(options, cancellationToken);
        var settings = folder.Settings(context.Overrides, server.BaseUrl, options) with { Secrets = context.Secrets };
        context.Reporter.Say(
            $"A stand-in vPlan ({options.Size.ToString().ToLowerInvariant()}) answers at {server.BaseUrl}."
        );

        if (context.Parsed.GetValue(_oauth))
            settings = await DemoConsent.GiveAsync(context, settings, server, cancellationToken);
        var summaries = new List<RunSummary>();
        context.Reporter.Say("First run: everything is read.");
        await RunAsync();
        server.World.ChangeSome(Changes, new Random(options.Seed));
        context.Reporter.Say(
            $"Planners made about {Changes} changes in vPlan. Second run: what changed is read, and what is open "
                + "or recent."
        );
        await RunAsync();

        Ask(context, settings, cancellationToken);
        await ReportAsync(context, settings, folder, cancellationToken);
        context.Reporter.Say("What the two runs did, entity by entity and table by table:");
        summaries.ForEach(context.Reporter.Show);
        PowerBiCommand.Write(folder.PowerBi, PowerBiCommand.LakeOf(settings.Lake.Location), isDutch: false);
        TellNext(context.Reporter, folder);
        if (context.Parsed.GetValue(_serve))
        {
            context.Reporter.Say(
                $"The stand-in vPlan goes on until Ctrl+C. To run again, in another shell in {folder.Path}:"
            );
            context.Reporter.Say(
                $"  {SandboxCommand.KeySettings(ShellText.Current(), server, options)}{Environment.NewLine}  "
                    + $"{ProgramFrom(folder.Path)} run"
            );
            await context.Output.FlushAsync(cancellationToken);
            await SandboxCommand.ServeAsync(context, server, new Random(options.Seed), Changes, cancellationToken);
        }
        return ExitCode.Ok;

        // The tables of a run are long: they follow the answers, which a newcomer is here for.
        Task RunAsync() =>
            ExportRun.RunAsync(
                context,
                settings,
                new RunRequest(RunKind.Nightly, []),
                fresh: false,
                summary =>
                {
                    context.Reporter.Say(SummaryText.Head(summary));
                    summaries.Add(summary);
                },
                cancellationToken
            );
    }

    private static async Task ReportAsync(
        CommandContext context,
        Settings settings,
        DemoFolder folder,
        CancellationToken cancellationToken
    )
    {
        var options = ReportChoices.Usual(settings, context.Clock.GetUtcNow());
        var (html, figures, _) = await new ReportMaker(settings, context.Clock, context.Secrets.Mask).MakeAsync(
            options,
            null,
            cancellationToken
        );
        ReportFile.Write(folder.Report, html);
        context.Reporter.Show(
            "figures",
            new { figures = figures.Select(FigureLine.Of) },
            output =>
            {
                output.WriteLine();
                FiguresText.Write(figures, output, width: 0, FiguresText.CanDraw(context.IsAlone));
                output.WriteLine();
            }
        );
    }

    private static void Ask(CommandContext context, Settings settings, CancellationToken cancellationToken)
    {
        var warehouse = new DuckDbWarehouse(settings.Warehouse.ConnectionString, context.Clock);
        foreach (var (title, sql) in Questions)
        {
            using var answer = warehouse.Query(sql, asJson: false, cancellationToken);
            var rows = answer.Rows().ToList();
            context.Reporter.Show(
                "answer",
                new
                {
                    title,
                    columns = answer.Columns.Select(c => c.Name),
                    rows = rows.Select(r => r.Select(ValueText.Text)),
                },
                output =>
                {
                    output.WriteLine();
                    output.WriteLine(title);
                    output.WriteLine();
                    QueryCommand.WriteTable(answer.Columns, rows, output);
                }
            );
        }
    }

    private static void TellNext(Reporter reporter, DemoFolder folder)
    {
        var program = ProgramFrom(folder.Path);
        reporter.Say(
            $"""
            Everything is in {folder.Path}. Try next, from that folder:
              {program} status
              {program} query "SELECT * FROM bi.card LIMIT 5"
              {program} query "SELECT * FROM bi.freshness" --format csv
              {program} sandbox --port 5080 --size medium
            A Power BI project on this lake is in {folder.PowerBi}: open VPlan.pbip in Power BI Desktop.
            The report of the night is below: open it in a browser. To write it again: {program} report
              {folder.Report}
            """
        );
    }

    /// <summary>How this program is called from a folder: by its name where it is installed as a tool, else by its
    /// path.</summary>
    private static string ProgramFrom(string folder)
    {
        var path = Environment.ProcessPath;
        var isBuilt =
            Path.GetFileNameWithoutExtension(path) == "vplan-export"
            && File.Exists(Path.ChangeExtension(path, ".dll") ?? "");
        return isBuilt ? Path.GetRelativePath(folder, path!) : "vplan-export";
    }
}

/// <summary>The folder that a demo fills.</summary>
/// <param name="Path">Absolute.</param>
internal sealed record DemoFolder(string Path)
{
    private const string Marker = ".vplan-demo";

    private static readonly string[] Made =
    [
        "appsettings.json",
        "warehouse.duckdb",
        "warehouse.duckdb.wal",
        ReportFile.Name,
    ];

    private string Work => Inside("work");

    /// <summary>The report of the last run.</summary>
    public string Report => Inside(ReportFile.Name);

    /// <summary>The Power BI project.</summary>
    public string PowerBi => Inside("powerbi");

    /// <summary>A new or empty folder, or one that an earlier demo made: what that one left is removed.</summary>
    /// <exception cref="ConfigurationException">The folder holds something else.</exception>
    /// <exception cref="LockedException">Another demo works in it.</exception>
    public static async Task<DemoFolder> PrepareAsync(
        string given,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
    {
        var folder = new DemoFolder(System.IO.Path.GetFullPath(given));
        if (File.Exists(folder.Path))
            throw new ConfigurationException(
                $"--out names {folder.Path}, which is a file. Give an empty or new folder."
            );
        if (File.Exists(folder.Inside(Marker)))
            await folder.ClearAsync(clock, cancellationToken);
        else if (Directory.Exists(folder.Path) && Directory.EnumerateFileSystemEntries(folder.Path).Any())
            throw new ConfigurationException(
                $"--out names {folder.Path}, which holds files that no demo made. Give an empty or new folder."
            );
        Directory.CreateDirectory(folder.Path);
        File.WriteAllText(
            folder.Inside(Marker),
            "Made by vplan-export demo, which removes its own files here when it is run again.\n"
        );
        File.WriteAllText(
            folder.Inside("appsettings.json"),
            """
            {
              "Lake": { "Location": "./lake" },
              "Warehouse": { "ConnectionString": "Data Source=./warehouse.duckdb" },
              "Runs": { "WorkFolder": "./work" }
            }

            """
        );
        return folder;
    }

    /// <summary>Settings for a demo's runs: the sandbox's address and key, never the operator's own.</summary>
    public Settings Settings(IReadOnlyList<string> overrides, Uri baseUrl, SandboxOptions options)
    {
        var settings = SettingsReader.Read(
            Path,
            [
                .. overrides,
                $"VPlan:BaseUrl={baseUrl}",
                $"VPlan:ApiEnv={options.ApiEnv}",
                $"Lake:Location={Inside("lake")}",
                "Lake:ConnectionString=",
                "Lake:ConnectionStringFile=",
                "Warehouse:Kind=duckdb",
                "Warehouse:ConnectionStringFile=",
                $"Warehouse:ConnectionString=Data Source={Inside("warehouse.duckdb")}",
                $"Runs:WorkFolder={Work}",
                "PowerBi:Workspace=",
                "PowerBi:Dataset=",
                "Report:Location=",
            ]
        );
        return settings with
        {
            VPlan = settings.VPlan with { ApiKey = options.ApiKey, ApiKeyNext = "", UsesOAuth = false },
        };
    }

    private async Task ClearAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        await using var alone = await RunLock.AcquireAsync(
            new FolderStore(Work),
            "vplan-export demo",
            clock,
            cancellationToken
        );
        foreach (var file in Made)
            File.Delete(Inside(file));
        foreach (var folder in new[] { Inside("lake"), Work }.Where(Directory.Exists))
            Directory.Delete(folder, recursive: true);
    }

    private string Inside(string name) => System.IO.Path.Combine(Path, name);
}
