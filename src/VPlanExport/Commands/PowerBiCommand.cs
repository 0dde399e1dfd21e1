using System.CommandLine;
using Microsoft.Data.SqlClient;
using VPlanExport.Configuration;
using VPlanExport.PowerBi;
using VPlanExport.Runs;
using VPlanExport.Storage;

namespace VPlanExport.Commands;

/// <summary>A Power BI project of the catalog; no source is asked for anything.</summary>
internal sealed class PowerBiCommand : CliCommand
{
    private const string LakeSource = "lake";

    private readonly Argument<string?> _action = new Argument<string?>("action")
    {
        Description =
            "refresh: nothing is written; the published model loads again what the last committed run changed.",
        Arity = ArgumentArity.ZeroOrOne,
    }.AcceptOnlyFromAmong("refresh");

    private readonly Option<string?> _out = new("--out")
    {
        Description = "The project's folder. A project that is there is generated again in place.",
        HelpName = "DIR",
    };
    private readonly Option<string?> _source = new("--source")
    {
        Description =
            "What Power BI reads: sqlserver or lake; when left out, sqlserver where Warehouse:Kind is "
            + "sqlserver, else lake.",
        HelpName = "sqlserver|lake",
    };
    private readonly Option<string> _language = new Option<string>("--language")
    {
        Description = "Language of the names, en or nl; the other one is a translation.",
        DefaultValueFactory = _ => "en",
    }.AcceptOnlyFromAmong("en", "nl");
    private readonly Option<bool> _incremental = new("--incremental")
    {
        Description = "sqlserver: time entries and planned days are refreshed by month.",
    };

    public PowerBiCommand() =>
        Command = new Command(
            "powerbi",
            "Writes a Power BI project for the warehouse or the lake: model, measures and pages."
        )
        {
            _action,
            _out,
            _source,
            _language,
            _incremental,
        };

    public override Command Command { get; }

    public override string Example => "vplan-export powerbi --out ./powerbi --source lake";

    public override async Task<ExitCode> InvokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var settings = context.ReadSettings();
        if (context.Parsed.GetValue(_action) is not null)
            await RefreshAsync(context, settings, cancellationToken);
        else
            Write(context, settings);
        return ExitCode.Ok;
    }

    private static async Task RefreshAsync(
        CommandContext context,
        Settings settings,
        CancellationToken cancellationToken
    )
    {
        if (!settings.PowerBi.IsConfigured)
        {
            throw new ConfigurationException(
                "powerbi refresh needs a published model: set PowerBi:Workspace and PowerBi:Dataset to the ids "
                    + "that its address has in the browser."
            );
        }
        var last =
            await new RunStore(settings.Runs.WorkFolder, context.Clock).LastManifestAsync(cancellationToken)
            ?? throw new ConfigurationException(
                $"There is no committed run in {settings.Runs.WorkFolder}, so there is nothing to refresh: "
                    + $"start one with `vplan-export run`."
            );
        await new ModelRefreshStep(context, settings).RefreshAsync([last.RunId], cancellationToken);
    }

    private void Write(CommandContext context, Settings settings)
    {
        var source = SourceOf(settings, context.Parsed.GetValue(_source), context.Parsed.GetValue(_incremental));
        if (context.Parsed.GetValue(_out) is not { } given)
            throw new ConfigurationException("powerbi writes a project: name its folder with --out DIR.");
        var path = Path.GetFullPath(given);
        if (File.Exists(path))
            throw new ConfigurationException($"--out names {path}, which is a file. Give a folder.");
        Write(path, source, isDutch: context.Parsed.GetValue(_language) == "nl");
        context.Reporter.Show(
            "powerbi",
            new { path, source = source is ModelSource.Lake ? LakeSource : WarehouseSettings.SqlServer },
            output => Tell(output, path, source)
        );
    }

    public static void Write(string folder, ModelSource source, bool isDutch) =>
        ProjectFolder.Write(folder, new PowerBiProject(new ModelNames(isDutch), source).Files());

    /// <summary>The lake as Power BI finds it: a folder, or the account's address for hierarchical
    /// namespaces.</summary>
    public static ModelSource.Lake LakeOf(StoreLocation location) =>
        location switch
        {
            StoreLocation.Blob blob => new ModelSource.Lake(
                blob.ToString().Replace(".blob.", ".dfs.", StringComparison.Ordinal),
                IsFolder: false
            ),
            _ => new ModelSource.Lake(Path.GetFullPath(location.ToString()!), IsFolder: true),
        };

    private static ModelSource SourceOf(Settings settings, string? given, bool isIncremental)
    {
        var source =
            given
            ?? (settings.Warehouse.Kind == WarehouseSettings.SqlServer ? WarehouseSettings.SqlServer : LakeSource);
        return source switch
        {
            WarehouseSettings.SqlServer => SqlServerOf(settings.Warehouse, isIncremental),
            LakeSource when isIncremental => throw new ConfigurationException(
                "--incremental was given with the lake, of which Power BI reads every table whole. Leave it "
                    + "out, or give --source sqlserver."
            ),
            LakeSource => LakeOf(settings.Lake.Location),
            WarehouseSettings.DuckDb => throw new ConfigurationException(
                "--source is 'duckdb': Power BI reads a DuckDB file only with a driver and a connector that "
                    + "every desk and gateway needs. Give --source lake, which holds the same rows and needs "
                    + "nothing, or --source sqlserver."
            ),
            _ => throw new ConfigurationException($"--source is '{source}'; it takes sqlserver or lake."),
        };
    }

    /// <summary>Server and database, and nothing else of the connection string.</summary>
    private static ModelSource.SqlServer SqlServerOf(WarehouseSettings warehouse, bool isIncremental)
    {
        if (warehouse.Kind != WarehouseSettings.SqlServer)
            return PowerBiFolder.AnySqlServer with { IsIncremental = isIncremental };
        try
        {
            var parts = new SqlConnectionStringBuilder(warehouse.ConnectionString);
            return new ModelSource.SqlServer(parts.DataSource, parts.InitialCatalog, isIncremental);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new ConfigurationException(
                "Warehouse:ConnectionString is no connection string of SQL Server: name server and database, as "
                    + "'Server=tcp:NAME.database.windows.net,1433;Database=NAME'.",
                e
            );
        }
    }

    private static void Tell(TextWriter output, string path, ModelSource source)
    {
        output.WriteLine(
            $"{path} holds a Power BI project that reads "
                + $"{string.Join(" and ", source.Parameters.Select(p => $"{p.Name} {p.Value}"))}."
        );
        output.WriteLine("Open VPlan.pbip in Power BI Desktop, press Refresh, and sign in to the source once.");
        if (source is ModelSource.SqlServer { Server: PowerBiFolder.AnyServer })
            output.WriteLine("Warehouse:Kind names no SQL Server: set the parameters Server and Database in Desktop.");
    }
}
