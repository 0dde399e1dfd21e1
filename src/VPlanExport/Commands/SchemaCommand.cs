using System.CommandLine;
using VPlanExport.Configuration;
using VPlanExport.Dialects;
using VPlanExport.Entities;
using VPlanExport.PowerBi;

namespace VPlanExport.Commands;

/// <summary>The generated SQL: written from the catalog, or checked against it.</summary>
internal sealed class SchemaCommand : CliCommand
{
    private readonly Option<bool> _write = new("--write") { Description = "Write the generated files." };
    private readonly Option<bool> _check = new("--check")
    {
        Description = "Fail when a file is not what the catalog generates.",
    };
    private readonly Option<string> _folder = new("--folder")
    {
        Description = "The sql folder.",
        DefaultValueFactory = _ => "sql",
    };

    private readonly Option<string?> _dacpac = new("--dacpac")
    {
        Description = "With --write: also build this file, which SqlPackage deploys to SQL Server.",
    };

    private readonly Option<bool> _settings = new("--settings")
    {
        Description =
            "Only the JSON schema of appsettings.json, by which editors complete it: shown, or with --write or "
            + $"--check the file {SettingsSchema.File}.",
    };

    public SchemaCommand() =>
        Command = new Command(
            "schema",
            "Generates the DDL, the data dictionary and the schema of appsettings.json in sql/ from the catalog."
        )
        {
            _settings,
            _write,
            _check,
            _folder,
            _dacpac,
        };

    public override Command Command { get; }

    public override string Example => "vplan-export schema --check";

    public override Task<ExitCode> InvokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var (writes, checks) = (context.Parsed.GetValue(_write), context.Parsed.GetValue(_check));
        var onlySettings = context.Parsed.GetValue(_settings);
        if (onlySettings && !writes && !checks)
        {
            context.Output.Write(SettingsSchema.Render());
            return Task.FromResult(ExitCode.Ok);
        }
        if (writes == checks)
            throw new ConfigurationException("schema takes --write or --check: give one of them.");
        var (folder, dacpac) = (context.Parsed.GetValue(_folder)!, context.Parsed.GetValue(_dacpac));
        if (writes)
            Write(context, folder, onlySettings, dacpac);
        else if (dacpac is not null)
            throw new ConfigurationException($"schema --check builds nothing: give --dacpac {dacpac} with --write.");
        else
            Check(context, folder, onlySettings);
        return Task.FromResult(ExitCode.Ok);
    }

    private static void Write(CommandContext context, string folder, bool onlySettings, string? dacpac)
    {
        if (!onlySettings)
        {
            SqlFolder.Write(folder, Catalog.All, Catalog.Tables);
            GeneratedFolder.Write(folder, PowerBiFolder.Render(), PowerBiFolder.Generated);
        }
        GeneratedFolder.Write(folder, OfSettings(), []);
        Show(context, folder, "was written from the catalog");
        if (dacpac is not null)
            Build(context, dacpac);
    }

    private static void Check(CommandContext context, string folder, bool onlySettings)
    {
        IReadOnlyList<string> differences =
        [
            .. onlySettings ? [] : SqlFolder.Check(folder, Catalog.All, Catalog.Tables),
            .. onlySettings ? [] : GeneratedFolder.Check(folder, PowerBiFolder.Render(), PowerBiFolder.Generated),
            .. GeneratedFolder.Check(folder, OfSettings(), []),
        ];
        if (differences.Count > 0)
            throw new ContractException(
                $"{folder} is not what the catalog generates: {string.Join("; ", differences)}. Run: vplan-export "
                    + "schema --write"
            );
        Show(context, folder, "is what the catalog generates");
    }

    private static Dictionary<string, string> OfSettings() => new() { [SettingsSchema.File] = SettingsSchema.Render() };

#if DACPAC
    private static void Build(CommandContext context, string dacpac)
    {
        Dacpac.Write(dacpac, Catalog.All, Catalog.Tables);
        Show(context, dacpac, "was built from the catalog");
    }
#else
    private static void Build(CommandContext context, string dacpac) =>
        throw new ConfigurationException(
            $"--dacpac is '{dacpac}', and this package leaves out what builds a dacpac. The files in sql/ were "
                + "written. Build the file from the source: dotnet run --project src/VPlanExport -- schema --write "
                + "--dacpac FILE"
        );
#endif

    private static void Show(CommandContext context, string folder, string state)
    {
        var path = Path.GetFullPath(folder);
        context.Reporter.Show("schema", new { path, state }, output => output.WriteLine($"{path} {state}."));
    }
}
