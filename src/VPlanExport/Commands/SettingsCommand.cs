using System.CommandLine;
using VPlanExport.Commands.Output;
using VPlanExport.Configuration;
using VPlanExport.Runs;

namespace VPlanExport.Commands;

/// <summary>Which settings are in force, and where they come from.</summary>
internal sealed class SettingsCommand : CliCommand
{
    private readonly Option<bool> _changed = new("--changed") { Description = "Only what is not the default." };

    public SettingsCommand() =>
        Command = new Command(
            "settings",
            "Which settings are in force: each with its value and where that comes from (default, appsettings.json, "
                + "environment or --set). Secrets are stars."
        )
        {
            _changed,
        };

    public override Command Command { get; }

    public override string Example => "vplan-export settings --changed";

    /// <summary>Shows them also when they contradict each other, and then says what is wrong.</summary>
    public override Task<ExitCode> InvokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var all = SettingsReader.InForce(Directory.GetCurrentDirectory(), context.Overrides);
        IReadOnlyList<SettingInForce> shown = context.Parsed.GetValue(_changed)
            ? [.. all.Where(s => s.Origin != SettingInForce.Default)]
            : all;
        context.Reporter.Show(
            "settings",
            new { settings = shown },
            output =>
                TextTable.Write(
                    output,
                    ["key", "value", "origin"],
                    shown.Select(s => new[] { s.Key, s.Value, s.Origin })
                )
        );
        foreach (var warning in context.ReadSettings().Misspelt)
            context.Reporter.Tell(new RunEvent.Warning(warning));
        return Task.FromResult(ExitCode.Ok);
    }
}
