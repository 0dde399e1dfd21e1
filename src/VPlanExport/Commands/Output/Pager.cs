using System.ComponentModel;
using System.Diagnostics;

namespace VPlanExport.Commands.Output;

/// <summary>Shows a text that is longer than the screen by the program that the variable PAGER names, else by less; an
/// empty PAGER shows it as it is.</summary>
internal static class Pager
{
    private const string Variable = "PAGER";

    /// <summary>Ends at once when the text fits, and leaves it on the screen.</summary>
    private const string Usual = "less -FRSX";

    /// <summary>The command that this account's variable names, or the usual one.</summary>
    public static string Command =>
        Environment.GetEnvironmentVariable(Variable) ?? (OperatingSystem.IsWindows() ? "more" : Usual);

    /// <param name="height">Lines of the screen.</param>
    /// <param name="command">As a shell takes it; empty for none.</param>
    /// <returns>Whether it was shown; otherwise the caller shows it.</returns>
    public static async Task<bool> ShowAsync(
        string text,
        int height,
        string command,
        CancellationToken cancellationToken
    )
    {
        if (command == "" || text.Count(c => c == '\n') < height)
            return false;
        try
        {
            using var pager = Process.Start(
                OperatingSystem.IsWindows()
                    ? new ProcessStartInfo("cmd", ["/c", command]) { RedirectStandardInput = true }
                    : new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardInput = true }
            )!;
            await FeedAsync(pager, text);
            await pager.WaitForExitAsync(cancellationToken);
            return pager.ExitCode != NotFound;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    /// <summary>As shells end when there is no such program.</summary>
    private const int NotFound = 127;

    /// <summary>Someone who leaves the pager early has read enough.</summary>
    private static async Task FeedAsync(Process pager, string text)
    {
        try
        {
            await pager.StandardInput.WriteAsync(text);
            pager.StandardInput.Close();
        }
        catch (IOException) when (pager.HasExited || pager.WaitForExit(TimeSpan.FromSeconds(1)))
        {
            // The rest has no reader.
        }
    }
}
