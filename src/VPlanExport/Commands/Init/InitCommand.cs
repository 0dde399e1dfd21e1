using System.CommandLine;
using VPlanExport.Configuration;
using VPlanExport.Extract.Http;
using VPlanExport.Runs;
using VPlanExport.Storage;

namespace VPlanExport.Commands.Init;

/// <summary>From nothing to a scheduled export: asks, tests what was answered, and only then writes.</summary>
internal sealed class InitCommand : CliCommand
{
    private readonly InitOptions _options = new();

    public InitCommand() =>
        Command = _options.AddTo(
            new Command(
                "init",
                "Sets the export up: asks on a terminal for what it needs, tests vPlan, lake and warehouse, and writes "
                    + "appsettings.json, the secrets and what runs it every night. "
                    + VPlanSettings.WhereToFind
            )
        );

    public override Command Command { get; }

    public override string Example =>
        "vplan-export init --environment ENVIRONMENT --api-key-file key.txt --folder /srv/vplan-export --yes";

    /// <summary>Nothing is written unless all of it was tested.</summary>
    public override async Task<ExitCode> InvokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var folder = new InitFolder(
            Path.GetFullPath(HomeFolder.Expanded(context.Parsed.GetValue(_options.Folder) ?? ".")),
            context.Parsed.GetValue(_options.Force)
        );
        var terminal = context.Parsed.GetValue(_options.Yes) ? null : context.Terminal;
        folder.RefuseWhatIsThere();
        var answers = _options.Read(context, folder.Path);
        if (terminal is not null)
            answers = await new InitQuestions(terminal).AskAsync(answers, cancellationToken);
        answers.Require();
        context.Secrets.Add(answers.Secrets.Values);
        return await folder.WriteAsync(
            answers.Files(ProgramPath.Own(), folder.Path),
            staged => TestAsync(context, answers, folder.Path, staged, cancellationToken),
            written => context.Reporter.Show("init", new { folder = folder.Path, written }, o => Tell(o, folder.Path))
        );
    }

    /// <summary>What the files say, tried as <c>check</c> does; where a person has to consent first, vPlan is not asked
    /// yet.</summary>
    /// <param name="staged">Where the files lie that are not in their place yet.</param>
    private static async Task<ExitCode> TestAsync(
        CommandContext context,
        InitAnswers answers,
        string folder,
        string staged,
        CancellationToken cancellationToken
    )
    {
        var settings = SettingsReader.Read(staged, answers.From(folder, staged)) with { Secrets = context.Secrets };
        var checks = new Checks(context.Reporter, context.HasColour, context.Width, cancellationToken);
        await CheckCommand.TrySinksAsync(checks, settings, context, cancellationToken);
        if (!settings.VPlan.UsesOAuth)
            await CheckCommand.TryKeyAsync(checks, settings, context, cancellationToken);
        if (checks.Code != ExitCode.Ok)
            throw new ExportException(
                checks.Code,
                $"Nothing was written to {folder}, because the lines with FAIL say what does not work yet. Correct "
                    + "that, and run the same command again."
            );
        return checks.Code;
    }

    private static void Tell(TextWriter output, string folder)
    {
        output.WriteLine();
        output.WriteLine($"Written to {folder}: {SettingsReader.File}, the secrets, and in schedules what runs it.");
        output.WriteLine("Next:");
        output.WriteLine($"  vplan-export check --folder {folder}");
        output.WriteLine($"  vplan-export run --folder {folder}");
        output.WriteLine($"Then schedule it: {Path.Combine(folder, "schedules", "README.md")} says how.");
    }
}
