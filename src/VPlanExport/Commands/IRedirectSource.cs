using System.Text;
using VPlanExport.Extract.OAuth;
using VPlanExport.Storage;

namespace VPlanExport.Commands;

/// <summary>Gives the address at which the browser ends after a consent.</summary>
internal interface IRedirectSource : IAsyncDisposable
{
    /// <summary>What a person does with that address.</summary>
    string Hint { get; }

    /// <summary>Waits for it.</summary>
    /// <param name="address">What the person opens.</param>
    Task<string> ReadAsync(string address, CancellationToken cancellationToken);

    /// <summary>Removes it from where it was.</summary>
    /// <returns>A warning; null when nothing is left.</returns>
    Task<string?> ForgetAsync();
}

/// <summary>A person pastes it. On a terminal it is not shown, and no shell's history holds it.</summary>
internal sealed class PastedRedirect(TextReader input) : IRedirectSource
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);

    private bool IsTerminal => ReferenceEquals(input, Console.In) && !Console.IsInputRedirected;

    public string Hint =>
        "Then paste the whole address at which the browser ends, whether its page opens or not, and press Enter. "
        + "It is not shown.";

    public Task<string> ReadAsync(string address, CancellationToken cancellationToken) =>
        IsTerminal ? ReadKeysAsync(cancellationToken) : ReadLineAsync(cancellationToken);

    public Task<string?> ForgetAsync() => Task.FromResult<string?>(null);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The console's reader blocks whatever its token says.</summary>
    private async Task<string> ReadLineAsync(CancellationToken cancellationToken) =>
        await Task.Run(input.ReadLine, cancellationToken).WaitAsync(cancellationToken)
        ?? throw new ConfigurationException(
            "The input ended before it held an address. Where nobody can type, give the address in a file: "
                + "vplan-export connect --redirected-file FILE"
        );

    private static async Task<string> ReadKeysAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (true)
        {
            while (!Console.KeyAvailable)
                await Task.Delay(Poll, cancellationToken);
            var key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter)
                return line.ToString();
            if (key.Key == ConsoleKey.Backspace)
                line.Length = Math.Max(0, line.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                line.Append(key.KeyChar);
        }
    }
}

/// <summary>A file that someone writes, for machines without a terminal. Text that is still being written is not
/// taken.</summary>
internal sealed class RedirectFile(string path, TimeProvider clock) : IRedirectSource
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);
    private readonly string _path = Path.GetFullPath(HomeFolder.Expanded(path));

    public string Hint =>
        $"Then write the whole address at which the browser ends into {_path}, within ten minutes. Stopped "
        + "meanwhile, the same command goes on.";

    public async Task<string> ReadAsync(string address, CancellationToken cancellationToken)
    {
        var before = "";
        while (true)
        {
            var text = Text();
            if (text == before && Redirected.Parse(text) is not null)
                return text;
            before = text;
            await Task.Delay(Poll, clock, cancellationToken);
        }
    }

    public Task<string?> ForgetAsync()
    {
        try
        {
            File.Delete(_path);
            return Task.FromResult<string?>(null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Task.FromResult<string?>(
                $"{_path} holds a code that was used, and cannot be removed: {e.Message} Remove it."
            );
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private string Text()
    {
        if (Directory.Exists(_path))
            throw new ConfigurationException(
                $"--redirected-file names {_path}, which is a folder. Give a file; it need not be there yet."
            );
        try
        {
            return File.Exists(_path) ? File.ReadAllText(_path) : "";
        }
        catch (IOException)
        {
            // It is being written.
            return "";
        }
        catch (UnauthorizedAccessException e)
        {
            throw new ConfigurationException(
                $"--redirected-file names {_path}, which cannot be read: {e.Message} Correct the file's rights.",
                e
            );
        }
    }
}
