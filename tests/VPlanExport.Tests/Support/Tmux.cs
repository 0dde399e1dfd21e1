using System.Diagnostics;

namespace VPlanExport.Tests.Support;

/// <summary>A real terminal, with the program in it.</summary>
internal sealed class Tmux : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private readonly string _socket = $"vplan-{Guid.NewGuid():N}";

    private Tmux() { }

    /// <summary>Starts the program with these words, and a shell's line after it.</summary>
    public static Tmux Start(int columns, int rows, string folder, params string[] words)
    {
        Assert.SkipUnless(IsThere(), "This test needs tmux.");
        var terminal = new Tmux();
        var program = Path.Combine(AppContext.BaseDirectory, "vplan-export.dll");
        terminal.Ask(
            "-f",
            "/dev/null",
            "new-session",
            "-d",
            "-x",
            $"{columns}",
            "-y",
            $"{rows}",
            "-c",
            folder,
            $"env -u NO_COLOR -u PAGER dotnet exec '{program}' {string.Join(' ', words.Select(w => $"'{w}'"))}; echo it has ended $?; sleep 600"
        );
        return terminal;
    }

    public void Type(params string[] keys) => Ask(["send-keys", .. keys]);

    /// <summary>What the screen shows once it shows a text.</summary>
    public async Task<string> SeenAsync(string text, bool withColours = false)
    {
        var watch = Stopwatch.StartNew();
        string screen;
        do
        {
            screen = withColours ? Ask("capture-pane", "-p", "-e") : Ask("capture-pane", "-p");
            if (screen.Contains(text, StringComparison.Ordinal))
                return screen;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        } while (watch.Elapsed < Longest);
        throw new TimeoutException($"'{text}' has not come. The screen:\n{screen}");
    }

    public void Dispose() => Ask("kill-server");

    private static bool IsThere() =>
        Environment
            .GetEnvironmentVariable("PATH")!
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, "tmux")));

    private string Ask(params string[] words)
    {
        using var process = Process.Start(
            new ProcessStartInfo("tmux", ["-L", _socket, .. words]) { RedirectStandardOutput = true }
        )!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
