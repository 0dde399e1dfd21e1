using System.CommandLine;
using System.Globalization;
using Azure.Core;
using Azure.Identity;
using Spectre.Console;
using VPlanExport.Commands.Output;
using VPlanExport.Configuration;
using VPlanExport.Runs;

namespace VPlanExport.Commands;

/// <summary>One word of the command line.</summary>
internal abstract class CliCommand
{
    public abstract Command Command { get; }

    /// <summary>A whole command line that works; its help ends with it.</summary>
    public abstract string Example { get; }

    /// <summary>Whether --summary writes what it did to a file.</summary>
    public virtual bool HasSummary => false;

    /// <summary>Whether --report writes the report of the night to a file.</summary>
    public virtual bool HasReport => false;

    /// <summary>Whether each start leaves a trace: the verb changes the lake, the warehouse or the runs.</summary>
    public virtual bool Works => false;

    /// <summary>Does what the verb promises; errors are <see cref="ExportException"/>s.</summary>
    public abstract Task<ExitCode> InvokeAsync(CommandContext context, CancellationToken cancellationToken);
}

/// <summary>What a verb works with.</summary>
/// <param name="Overrides">Settings as KEY=VALUE.</param>
/// <param name="Output">For answers that have a format of their own; everything else goes to the reporter.</param>
internal sealed record CommandContext(
    ParseResult Parsed,
    IReadOnlyList<string> Overrides,
    TextWriter Output,
    TimeProvider Clock,
    Reporter Reporter
)
{
    private const int Narrowest = 40;

    /// <summary>Whether what is written to <see cref="Output"/> reaches nobody any more.</summary>
    public Func<bool> IsOutputLost { get; init; } = () => false;

    /// <summary>Signs in to Power BI.</summary>
    public Func<TokenCredential> SignIn { get; init; } = () => new DefaultAzureCredential();

    /// <summary>Nothing else runs in this process.</summary>
    public bool IsAlone { get; init; }

    /// <summary>Characters of a line, 0 for as many as it takes: of the terminal; where there is none, as COLUMNS says,
    /// which is how shells tell it.</summary>
    public int Width =>
        IsAlone && !Console.IsOutputRedirected ? AnsiConsole.Profile.Width
        : int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out var columns) ? Math.Max(columns, Narrowest)
        : 0;

    /// <summary>What a person types.</summary>
    public TextReader Input { get; init; } = TextReader.Null;

    /// <summary>Of the person, for files that a person opens; everything else is the same in every country.</summary>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;

    /// <summary>Whether what is written to <see cref="Output"/> may have colours.</summary>
    public bool HasColour { get; init; }

    /// <summary>Where a person sits and answers; null where nobody does.</summary>
    public IAnsiConsole? Terminal { get; init; }

    /// <summary>What nobody is shown; a token is added as soon as it is known.</summary>
    public Secrets Secrets { get; init; } = new([]);

    /// <summary>Shows what a run reports.</summary>
    public void Tell(RunEvent happened)
    {
        if (IsAlone)
            GiveBackMemory(happened);
        Reporter.Tell(happened);
    }

    /// <summary>A warehouse's own memory comes on top of .NET's: what extract and transform left unused goes back to
    /// the machine before a load.</summary>
    public static void GiveBackMemory(RunEvent happened)
    {
        if (happened is RunEvent.Started { Phase: "load" })
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive);
    }

    public Settings ReadSettings() =>
        SettingsReader.Read(Directory.GetCurrentDirectory(), Overrides) with
        {
            Secrets = Secrets,
        };
}
