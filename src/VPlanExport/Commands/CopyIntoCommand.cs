using System.CommandLine;
using System.Text;
using VPlanExport.Dialects;
using VPlanExport.Entities;
using VPlanExport.Lake;
using VPlanExport.Storage;

namespace VPlanExport.Commands;

/// <summary>T-SQL that loads the lake, as its last run left it, into a Synapse dedicated pool or a Fabric
/// warehouse.</summary>
internal sealed class CopyIntoCommand : CliCommand
{
    private readonly Option<string> _out = new("--out")
    {
        Description = "The script.",
        HelpName = "FILE",
        DefaultValueFactory = _ => "copy-into.sql",
    };

    public CopyIntoCommand() =>
        Command = new Command(
            "copy-into",
            "Writes the T-SQL that fills a Synapse pool's or a Fabric warehouse's tables with the lake's files "
                + "of this moment."
        )
        {
            _out,
        };

    public override Command Command { get; }

    public override string Example => "vplan-export copy-into --out copy-into.sql";

    public override async Task<ExitCode> InvokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var settings = context.ReadSettings().Lake;
        if (settings.Location is not StoreLocation.Blob place)
            throw new ConfigurationException(
                $"COPY INTO reads from Azure, and Lake:Location is the folder {settings.Location}: set it to "
                    + "https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX."
            );
        var path = Path.GetFullPath(context.Parsed.GetValue(_out)!);
        await File.WriteAllTextAsync(
            path,
            await ScriptAsync(
                new DeltaLake(place.Open(context.Clock), context.Clock),
                place,
                settings.Retention,
                cancellationToken
            ),
            cancellationToken
        );
        context.Reporter.Show(
            "copy-into",
            new { path },
            output => output.WriteLine($"{path} was written from {place}.")
        );
        return ExitCode.Ok;
    }

    private static async Task<string> ScriptAsync(
        DeltaLake lake,
        StoreLocation place,
        TimeSpan retention,
        CancellationToken cancellationToken
    )
    {
        var set =
            await lake.ReadConsistentSetAsync(cancellationToken)
            ?? throw new SinkException($"The lake {place} holds no run yet: start one with `vplan-export run`.");
        var script = new StringBuilder(
            $"""
            -- {place} as run {set.Run} left it.
            -- Write this again after every run: files that it replaces are there for {retention.TotalDays:0} days more.
            -- The tables are those of sql/synapse or sql/fabric.
            -- Files are read as the user who runs this; add CREDENTIAL = (…) for another.

            """.ReplaceLineEndings("\n")
        );
        foreach (var table in Catalog.Tables.Where(t => set.Versions.ContainsKey(t.Name)))
            script
                .Append("GO\n")
                .Append(
                    CopyScripts.Fill(
                        table,
                        Parts(place, await lake.FilesAsync(table, set.Versions[table.Name], cancellationToken))
                    )
                );
        return script.ToString();
    }

    private static IReadOnlyList<CopyPart> Parts(StoreLocation place, IReadOnlyList<LakeFile> files) =>
        [
            .. files
                .GroupBy(f => string.Join(',', f.Columns))
                .Select(alike => new CopyPart(alike.First().Columns, [.. alike.Select(f => $"{place}/{f.Path}")])),
        ];
}
