using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Azure.Core;
using Azure.Identity;
using Spectre.Console;
using VPlanExport.Commands.Init;
using VPlanExport.Commands.Output;
using VPlanExport.Commands.Watch;
using VPlanExport.Configuration;
using VPlanExport.Model;
using VPlanExport.Runs.Starts;
using VPlanExport.Storage;

namespace VPlanExport.Commands;

/// <summary>The command line: parses, shows help that ends with an example, and turns errors into exit codes.</summary>
internal sealed class CommandLine
{
    /// <summary>After a signal, for what is being written to be finished or rolled back, and for tokens that were asked
    /// for to be stored.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private const string FolderVariable = "VPLAN_EXPORT_FOLDER";

    private static readonly JsonSerializerOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly MaskedWriter _output;
    private readonly MaskedWriter _errors;
    private readonly TextReader _input;
    private readonly bool _isConsole;
    private readonly TimeProvider _clock;
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;
    private readonly Option<string?> _folder = new("--folder")
    {
        Description =
            "The folder that relative paths and appsettings.json start from; the current one without it. "
            + $"The variable {FolderVariable} names it, too.",
        HelpName = "DIR",
        Recursive = true,
    };
    private readonly Option<string[]> _set = new("--set")
    {
        Description = "A setting, as KEY=VALUE; may be given several times.",
        HelpName = "KEY=VALUE",
        Recursive = true,
        DefaultValueFactory = _ => [],
    };
    private readonly Option<string> _logFormat = new Option<string>("--log-format")
    {
        Description =
            "How progress is written: text, json for machines, or azure for the log of an Azure DevOps pipeline.",
        Recursive = true,
        DefaultValueFactory = _ => "text",
    }.AcceptOnlyFromAmong("text", "json", "azure");
    private readonly Option<bool> _quiet = new("--quiet")
    {
        Description = "Show warnings, errors and what was asked for; no progress, and no summary of what went well.",
        Recursive = true,
    };
    private readonly Option<bool> _verbose = new("--verbose")
    {
        Description = "Show each request and each wait, too.",
        Recursive = true,
    };
    private readonly Option<string?> _summary = new("--summary")
    {
        Description = "A file that is given the summary as Markdown, whether the command ends well or not.",
        HelpName = "FILE",
    };
    private readonly Option<string?> _report = new("--report")
    {
        Description = "A file that is given the report of the night as HTML, whether the command ends well or not.",
        HelpName = "FILE",
    };
    private readonly RootCommand _root = new(
        "Exports a company's vPlan planning data to a Delta lake and a warehouse, right to the row."
    );

    private Secrets _secrets = new([]);

    /// <param name="input">What a person types; null for the console.</param>
    public CommandLine(TextWriter output, TextWriter errors, TimeProvider clock, TextReader? input = null)
    {
        (_isConsole, _clock, _input) = (ReferenceEquals(output, Console.Out), clock, input ?? Console.In);
        _output = new MaskedWriter(output, Mask, () => _isConsole && ClosedPipe.Is(1));
        _errors = new MaskedWriter(errors, Mask, () => _isConsole && ClosedPipe.Is(2));
        _root.Add(_folder);
        _root.Add(_set);
        _root.Add(_logFormat);
        _root.Add(_quiet);
        _root.Add(_verbose);
        foreach (var verb in Verbs)
        {
            verb.Command.SetAction((parsed, cancellationToken) => GuardAsync(verb, parsed, cancellationToken));
            if (verb.HasSummary)
                verb.Command.Add(_summary);
            verb.Command.Validators.Add(RefuseQuietAndVerbose);
            if (verb.HasReport)
                verb.Command.Add(_report);
            _root.Add(verb.Command);
        }
        _root.Options.OfType<VersionOption>().Single().Aliases.Add("-v");
        var help = _root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpText((HelpAction)help.Action!, Verbs.ToDictionary(v => v.Command, v => v.Example));
    }

    private void RefuseQuietAndVerbose(CommandResult given)
    {
        if (given.GetValue(_quiet) && given.GetValue(_verbose))
            given.AddError("--quiet and --verbose contradict each other: leave one of them out.");
    }

    /// <summary>Signs in to Power BI.</summary>
    internal Func<TokenCredential> SignIn { get; init; } = () => new DefaultAzureCredential();

    /// <summary>Where a person answers; null for the console, if it is a terminal.</summary>
    internal IAnsiConsole? Terminal { get; init; }

    /// <summary>Every word of the command line, in the order of the help.</summary>
    internal IReadOnlyList<CliCommand> Verbs { get; } =
    [
        new DemoCommand(),
        new InitCommand(),
        new RunCommand(),
        new BackfillCommand(),
        new LoadCommand(),
        new RollbackCommand(),
        new ForgetCommand(),
        new RejectsCommand(),
        new StatusCommand(),
        new ReportCommand(),
        new VerifyCommand(),
        new CheckCommand(),
        new SettingsCommand(),
        new ConnectCommand(),
        new DisconnectCommand(),
        new QueryCommand(),
        new ChangesCommand(),
        new QuestionsCommand(),
        new SchemaCommand(),
        new CopyIntoCommand(),
        new PowerBiCommand(),
        new SandboxCommand(),
        new CompletionCommand(),
    ];

    /// <summary>
    /// Does what the arguments say; numbers and dates look the same in every country, no secret of the settings is
    /// shown, and what is made is its owner's alone.
    /// </summary>
    /// <returns>An <see cref="ExitCode"/>, or <see cref="Failure.Stopped"/>.</returns>
    public async Task<int> InvokeAsync(IReadOnlyList<string> args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        PrivateFiles.Always();
        var parsed = Parse(args);
        var code = await EndedAsync(parsed);
        _output.Flush();
        if (_output.Fault is { } fault && code == (int)ExitCode.Ok)
            code = Fail(
                parsed,
                new Failure(
                    ExitCode.Sink,
                    "What vplan-export had to say could not be written whole: "
                        + $"{(fault is IOException ? fault.Message.TrimEnd('.') : "the output is closed")}. Its "
                        + "work is done. Make room where the output goes, or send it elsewhere."
                )
            );
        _errors.Flush();
        return code;
    }

    private async Task<int> EndedAsync(ParseResult parsed)
    {
        try
        {
            FindSecrets(parsed);
            if (EnterFolder(parsed))
                FindSecrets(parsed);
            return await InvokeAsync(parsed);
        }
        catch (Exception e)
        {
            return Fail(parsed, Failure.Of(e, CancellationToken.None));
        }
    }

    private void FindSecrets(ParseResult parsed) =>
        _secrets = new Secrets(SettingsReader.SecretsIn(".", Overrides(parsed)), AzureLog.Escaped, Markdown.Text);

    /// <summary>Goes to the folder that was named, so that every relative path starts there.</summary>
    /// <returns>Whether one was.</returns>
    /// <exception cref="ConfigurationException">There is no such folder.</exception>
    private bool EnterFolder(ParseResult parsed)
    {
        var (name, folder) = parsed.GetResult(_folder)?.Tokens is [.., { Value: var given }]
            ? (_folder.Name, given)
            : (FolderVariable, Environment.GetEnvironmentVariable(FolderVariable));
        if (string.IsNullOrWhiteSpace(folder))
            return false;
        try
        {
            Directory.SetCurrentDirectory(HomeFolder.Expanded(folder));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ConfigurationException(
                $"{name} is '{folder}', which is no folder that this account can enter: {e.Message} Name the folder "
                    + $"that {SettingsReader.File} stands in, or that relative paths are to start from.",
                e
            );
        }
    }

    /// <summary>What the arguments mean, and the errors in them.</summary>
    internal ParseResult Parse(IReadOnlyList<string> args) =>
        _root.Parse(
            args switch
            {
                [] => ["--help"],
                ["help", var verb, ..] when Verbs.All(v => v.Command.Name != verb) => [verb],
                ["help", ..] => [.. args.Skip(1), "--help"],
                _ => args,
            }
        );

    private async Task<int> InvokeAsync(ParseResult parsed)
    {
        if (parsed.Errors.Count > 0)
            return await RefuseAsync(parsed);
        return await parsed.InvokeAsync(
            new InvocationConfiguration
            {
                Output = _output,
                Error = _errors,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = Patience,
            }
        );
    }

    /// <summary>A command that works leaves a trace even when its words are not understood.</summary>
    private async Task<int> RefuseAsync(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var failure = new Failure(
            ExitCode.Configuration,
            $"{string.Join(" ", ErrorsOf(parsed).Select(e => e.Message))}{Question(parsed)} See: {HelpOf(command)}"
        );
        var code = Fail(parsed, failure);
        if (Verbs.FirstOrDefault(v => v.Works && v.Command == command) is not { } verb)
            return code;
        var start = await BeginAsync(verb, parsed, Reporter(parsed, _output));
        if (verb.HasReport)
            await ReportStepOf(parsed, start.Reporter).AfterAsync(failure);
        await start.EndAsync(failure);
        return code;
    }

    /// <summary>Where a command is mistyped, the parser first says that none was given.</summary>
    private static IEnumerable<ParseError> ErrorsOf(ParseResult parsed) =>
        parsed.UnmatchedTokens.Count > 0 && parsed.CommandResult.Command is { Action: null, Subcommands.Count: > 0 }
            ? parsed.Errors.Skip(1)
            : parsed.Errors;

    /// <summary>The command or option that the first word which is neither was probably meant for.</summary>
    private static string Question(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var options = command.Options.Concat(command.Parents.OfType<Command>().SelectMany(p => p.Options));
        return parsed.UnmatchedTokens is [var given, ..]
            ? NearestName.Question(
                given,
                given.StartsWith('-') ? options.Select(o => o.Name) : command.Subcommands.Select(c => c.Name)
            )
            : "";
    }

    private string Mask(string text) => _secrets.Mask(text);

    private static string HelpOf(Command command) =>
        command is RootCommand ? "vplan-export --help" : $"vplan-export {command.Name} --help";

    private async Task<int> GuardAsync(CliCommand verb, ParseResult parsed, CancellationToken cancellationToken)
    {
        TextWriter output = Format(parsed) == "azure" ? new AzureLog(_output) : _output;
        var shown = Told(parsed, Reporter(parsed, output));
        var start = verb.Works ? await BeginAsync(verb, parsed, shown) : null;
        var reporter = start?.Reporter ?? shown;
        SummaryFile? summary = null;
        Failure? failure = null;
        var code = ExitCode.Ok;
        try
        {
            summary = parsed.GetValue(_summary) is { } file
                ? SummaryFile.Begin(file, $"{Start.Program} {verb.Command.Name}", reporter, _clock, Mask)
                : null;
            if (parsed.GetResult(_report) is not null)
                ReportFile.EnsureWritable(_report.Name, parsed.GetValue(_report)!);
            code = await verb.InvokeAsync(
                new CommandContext(parsed, Overrides(parsed), output, _clock, summary ?? reporter)
                {
                    IsOutputLost = () => _output.IsLost,
                    IsAlone = _isConsole,
                    SignIn = SignIn,
                    Input = _input,
                    Culture = _culture,
                    HasColour =
                        IsTerminal
                        && Format(parsed) == "text"
                        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
                    Terminal = Terminal ?? (IsTerminal && !Console.IsInputRedirected ? AnsiConsole.Console : null),
                    Secrets = _secrets,
                },
                cancellationToken
            );
        }
        catch (Exception e)
        {
            failure = Failure.Of(e, cancellationToken);
        }
        if (verb.HasReport)
            await ReportStepOf(parsed, summary ?? reporter).AfterAsync(failure);
        summary?.End(failure);
        code = failure is null ? code : (ExitCode)Fail(parsed, failure);
        await (start?.EndAsync(failure) ?? Task.CompletedTask);
        return (int)code;
    }

    /// <summary>The file is read from the words themselves, as <see cref="Overrides"/> is.</summary>
    private ReportStep ReportStepOf(ParseResult parsed, Reporter reporter) =>
        new(
            parsed.GetResult(_report)?.Tokens is [.., { Value: var file }] ? file : null,
            () => SettingsReader.Read(Directory.GetCurrentDirectory(), Overrides(parsed)),
            reporter,
            _clock,
            Mask
        );

    private Task<WatchedStart> BeginAsync(CliCommand verb, ParseResult parsed, Reporter shown) =>
        WatchedStart.BeginAsync(
            verb.Command.Name,
            SettingsReader.ReadWatch(".", Overrides(parsed)),
            shown,
            _clock,
            Mask
        );

    /// <summary>Read from the words themselves, which are there even when others were not understood.</summary>
    private List<string> Overrides(ParseResult parsed) =>
        parsed.GetResult(_set)?.Tokens.Select(t => t.Value).ToList() ?? [];

    private Reporter Told(ParseResult parsed, Reporter reporter) =>
        parsed.GetValue(_quiet) ? new QuietReporter(reporter)
        : parsed.GetValue(_verbose) ? new VerboseReporter(reporter)
        : reporter;

    private Reporter Reporter(ParseResult parsed, TextWriter output)
    {
        if (Format(parsed) == "json")
            return new JsonReporter(output, _clock);
        if (output is AzureLog log)
            return new AzureReporter(log, _clock);
        return IsTerminal
            ? new LiveReporter(AnsiConsole.Console, output, _clock, Mask)
            : new PlainReporter(output, _clock);
    }

    private bool IsTerminal =>
        _isConsole
        && !Console.IsOutputRedirected
        && AnsiConsole.Profile.Capabilities is { Interactive: true, Ansi: true };

    /// <summary>Answers for a command line that was not understood, too.</summary>
    private string Format(ParseResult parsed) =>
        parsed.GetResult(_logFormat)?.Tokens is [.., { Value: var format }] ? format : "text";

    /// <summary>A pipeline's agent reads commands from the output alone.</summary>
    private int Fail(ParseResult parsed, Failure failure)
    {
        switch (Format(parsed))
        {
            case "json":
                _errors.WriteLine(
                    JsonSerializer.Serialize(
                        new
                        {
                            time = _clock.GetUtcNow().UtcDateTime,
                            @event = "error",
                            exitCode = (int)failure.Code,
                            message = failure.Message,
                        },
                        Relaxed
                    )
                );
                break;
            case "azure":
                new AzureLog(_output).Issue(failure.IsPassing ? "warning" : "error", failure.Message);
                if (_output.Fault is not null)
                    _errors.WriteLine($"error: {failure.Message}");
                break;
            default:
                _errors.WriteLine($"error: {failure.Message}");
                break;
        }
        return (int)failure.Code;
    }
}
