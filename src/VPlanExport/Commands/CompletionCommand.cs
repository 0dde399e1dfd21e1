using System.CommandLine;

namespace VPlanExport.Commands;

/// <summary>What a shell runs so that the tab key completes commands and options: it asks the program itself.</summary>
internal sealed class CompletionCommand : CliCommand
{
    private readonly Argument<string> _shell = new Argument<string>("shell")
    {
        Description = "The shell that the script is for.",
    }.AcceptOnlyFromAmong("bash", "zsh", "pwsh");

    public CompletionCommand() =>
        Command = new Command(
            "completion",
            "Writes a script by which the tab key completes commands and options. bash: source <(vplan-export "
                + "completion bash); zsh: the same after compinit; pwsh: vplan-export completion pwsh | Out-String | "
                + "Invoke-Expression."
        )
        {
            _shell,
        };

    public override Command Command { get; }

    public override string Example => "vplan-export completion bash";

    public override Task<ExitCode> InvokeAsync(CommandContext context, CancellationToken cancellationToken)
    {
        context.Output.Write(
            context.Parsed.GetRequiredValue(_shell) switch
            {
                "bash" => Bash,
                "zsh" => Zsh,
                _ => PowerShell,
            }
        );
        return Task.FromResult(ExitCode.Ok);
    }

    private const string Bash = """
        _vplan_export() {
            local IFS=$'\n' word="${COMP_WORDS[COMP_CWORD]}"
            COMPREPLY=($(compgen -W "$(vplan-export "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "$word"))
        }
        complete -o default -F _vplan_export vplan-export

        """;

    private const string Zsh = """
        _vplan_export() {
            local -a found
            found=("${(@f)$(vplan-export "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
            compadd -- $found
        }
        compdef _vplan_export vplan-export

        """;

    private const string PowerShell = """
        Register-ArgumentCompleter -Native -CommandName vplan-export -ScriptBlock {
            param($word, $line, $position)
            vplan-export "[suggest:$position]" "$line" 2>$null | Where-Object { $_ -like "$word*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }

        """;
}
