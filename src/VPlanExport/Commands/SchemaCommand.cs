using System.CommandLine;
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

    public SchemaCommand() =>
        Command = new Command("schema", "Generates the DDL and the data dictionary in sql/ from the catalog.")
        {
            _write,
            _check,
            _folder,
            _dacpac,
        };

    public override Command Command { get; }

    public override string Example => "vplan-export schema --check";

    public override Task<ExitCode> InvokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var folder = context.Parsed.GetValue(_folder)!;
        if (context.Parsed.GetValue(_write) == context.Parsed.GetValue(_check))
            throw new ConfigurationException("schema takes --write or --check: give one of them.");
        var dacpac = context.Parsed.GetValue(_dacpac);
        if (context.Parsed.GetValue(_write))
        {
            SqlFolder.Write(folder, Catalog.All, Catalog.Tables);
            GeneratedFolder.Write(folder, PowerBiFolder.Render(), PowerBiFolder.Generated);
            Show(context, folder, "was written from the catalog");
            if (dacpac is not null)
                Build(context, dacpac);
            return Task.FromResult(ExitCode.Ok);
        }
        if (dacpac is not null)
            throw new ConfigurationException($"schema --check builds nothing: give --dacpac {dacpac} with --write.");
        IReadOnlyList<string> differences =
        [
            .. SqlFolder.Check(folder, Catalog.All, Catalog.Tables),
            .. GeneratedFolder.Check(folder, PowerBiFolder.Render(), PowerBiFolder.Generated),
        ];
        if (differences.Count > 0)
            throw new ContractException(
                $"{folder} is not what the catalog generates: {string.Join("; ", differences)}. Run: vplan-export "
                    + "schema --write"
            );
        Show(context, folder, "is what the catalog generates");
        return Task.FromResult(ExitCode.Ok);
    }

    private static void Build(CommandContext context, string dacpac)
    {
        Dacpac.Write(dacpac, Catalog.All, Catalog.Tables);
        Show(context, dacpac, "was built from the catalog");
    }

    private static void Show(CommandContext context, string folder, string state)
    {
        var path = Path.GetFullPath(folder);
        context.Reporter.Show("schema", new { path, state }, output => output.WriteLine($"{path} {state}."));
    }
}
