namespace VPlanExport.Commands.Output;

/// <summary>How variables of the environment are set in the shell that the program was started from.</summary>
internal abstract record ShellText(string And)
{
    public static readonly ShellText Posix = new PosixShell();
    public static readonly ShellText PowerShell = new PowerShellShell();
    public static readonly ShellText Cmd = new CmdShell();

    /// <summary>cmd alone sets PROMPT on Windows, and elsewhere PowerShell alone sets PSModulePath.</summary>
    public static ShellText Of(bool isWindows, Func<string, string?> environment) =>
        isWindows
            ? environment("PROMPT") is null
                ? PowerShell
                : Cmd
            : environment("PSModulePath") is null
                ? Posix
                : PowerShell;

    public static ShellText Current() => Of(OperatingSystem.IsWindows(), Environment.GetEnvironmentVariable);

    /// <summary>One line that sets settings for what is run after it.</summary>
    /// <param name="settings">Keys as in appsettings.json.</param>
    public string Set(params (string Key, object Value)[] settings) =>
        Joined(settings.Select(s => (s.Key.Replace(":", "__", StringComparison.Ordinal), $"{s.Value}")));

    protected abstract string Joined(IEnumerable<(string Name, string Value)> variables);

    private sealed record PosixShell() : ShellText("&&")
    {
        protected override string Joined(IEnumerable<(string Name, string Value)> variables) =>
            "export " + string.Join(' ', variables.Select(v => $"{v.Name}={Quoted(v.Value)}"));

        private static string Quoted(string value) =>
            value.All(c => char.IsAsciiLetterOrDigit(c) || "-_./:=+@".Contains(c, StringComparison.Ordinal))
                ? value
                : $"'{value.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }

    // Windows PowerShell has no &&.
    private sealed record PowerShellShell() : ShellText(";")
    {
        protected override string Joined(IEnumerable<(string Name, string Value)> variables) =>
            string.Join(
                "; ",
                variables.Select(v => $"$env:{v.Name} = '{v.Value.Replace("'", "''", StringComparison.Ordinal)}'")
            );
    }

    private sealed record CmdShell() : ShellText("&&")
    {
        protected override string Joined(IEnumerable<(string Name, string Value)> variables) =>
            string.Join(" & ", variables.Select(v => $"set \"{v.Name}={v.Value}\""));
    }
}
