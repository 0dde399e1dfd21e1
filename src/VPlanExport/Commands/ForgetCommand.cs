using System.CommandLine;
using Spectre.Console;
using VPlanExport.Commands.Output;
using VPlanExport.Configuration;
using VPlanExport.Runs;
using VPlanExport.Runs.Forget;

namespace VPlanExport.Commands;

/// <summary>Forgets a person, without one request.</summary>
internal sealed class ForgetCommand : CliCommand
{
    private readonly Option<string> _user = new("--user")
    {
        Description = "The id of the user in vPlan, as user_id of dw.dim_user.",
        HelpName = "ID",
        Required = true,
    };
    private readonly Option<bool> _dryRun = new("--dry-run")
    {
        Description = "Tell by table and file what would change; change nothing.",
    };
    private readonly Option<bool> _yes = new("--yes") { Description = "Do not ask: it cannot be undone." };

    public ForgetCommand() =>
        Command = new Command(
            "forget",
            "Replaces the name, the addresses and the notes of a person in the lake and its older versions, the "
                + "warehouse, the pages and rows of runs, and the logs. Later runs keep it so. No API call."
        )
        {
            _user,
            _dryRun,
            _yes,
        };

    public override Command Command { get; }

    public override string Example => "vplan-export forget --user 8c2d8c7e-5f3b-4b43-9a5e-1f0c3a6d2b11 --dry-run";

    public override bool HasSummary => true;

    public override bool Works => true;

    public override async Task<ExitCode> InvokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var (user, settings) = (context.Parsed.GetRequiredValue(_user), context.ReadSettings());
        if (context.Parsed.GetValue(_dryRun))
        {
            var found = await context.Reporter.DuringAsync(() => FindAsync(context, settings, user, cancellationToken));
            context.Reporter.Show("forget", found, output => Write(found, isDone: false, output, TextTable.Write));
            return ExitCode.Ok;
        }
        if (!context.Parsed.GetValue(_yes) && !await IsMeantAsync(context, user, cancellationToken))
        {
            context.Reporter.Say("Nothing was changed.");
            return ExitCode.Ok;
        }
        var done = await context.Reporter.DuringAsync(async () =>
        {
            await using var runner = await ExportSession.OpenAsync(
                settings,
                "vplan-export forget",
                context.Clock,
                context.Tell,
                cancellationToken
            );
            return await runner.ForgetAsync(user, cancellationToken);
        });
        context.Reporter.Show("forget", done, output => Write(done, isDone: true, output, TextTable.Write));
        return ExitCode.Ok;
    }

    /// <summary>Looks without preparing or finishing anything.</summary>
    private static async Task<ForgetReport> FindAsync(
        CommandContext context,
        Settings settings,
        string user,
        CancellationToken cancellationToken
    )
    {
        var runs = new RunStore(settings.Runs.WorkFolder, context.Clock);
        await using var only = await RunLock.AcquireAsync(
            runs.Store,
            "vplan-export forget --dry-run",
            context.Clock,
            cancellationToken
        );
        await using var sinks = Sinks.Open(settings, context.Clock);
        await Environments.EnsureSameAsync(settings, runs, sinks.Lake, cancellationToken);
        return await new ForgetPerson(runs, sinks, context.Clock, context.Tell).FindAsync(user, cancellationToken);
    }

    private static async Task<bool> IsMeantAsync(
        CommandContext context,
        string user,
        CancellationToken cancellationToken
    )
    {
        if (context.Terminal is not { } terminal)
            throw new ConfigurationException(
                $"forget --user {user} cannot be undone, and there is no terminal to ask at. Look first with "
                    + "--dry-run, then start again with --yes."
            );
        return await new ConfirmationPrompt(Markup.Escape($"Forget user {user} for good? This cannot be undone."))
        {
            DefaultValue = false,
        }.ShowAsync(terminal, cancellationToken);
    }

    /// <param name="table">Writes a table, as text or as Markdown.</param>
    internal static void Write(
        ForgetReport report,
        bool isDone,
        TextWriter output,
        Action<TextWriter, IReadOnlyList<string>, IEnumerable<IReadOnlyList<string>>> table
    )
    {
        output.WriteLine(
            report.Lines.Count == 0 ? $"Nothing tells of user {report.User}."
            : isDone ? $"User {report.User} is forgotten; {report.Pseudonym} stands where the name stood."
            : $"Of user {report.User} this would change, and nothing was changed:"
        );
        if (report.Lines.Count == 0)
            return;
        output.WriteLine();
        table(
            output,
            ["place", "table or run", ">rows", ">files"],
            report.Lines.Select(l => new[] { l.Place, l.Name, ValueText.Number(l.Rows), ValueText.Number(l.Files) })
        );
    }
}
