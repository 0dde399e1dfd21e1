using VPlanExport.Commands.Output;

namespace VPlanExport.Commands;

/// <summary>Shows each check as it ends; the exit code is that of the first that failed.</summary>
/// <param name="hasColour">Whether what shows it knows colours.</param>
/// <param name="width">Characters of a line; 0 for as many as it takes.</param>
internal sealed class Checks(Reporter reporter, bool hasColour, int width, CancellationToken cancellationToken)
{
    private const string Green = "32";
    private const string Red = "31";
    private const string Margin = "      ";

    private readonly List<(string Name, ExitCode Code)> _failed = [];
    private int _made;

    public ExitCode Code => _failed.FirstOrDefault().Code;

    /// <summary>A sentence about all of them, for people.</summary>
    public void Sum() =>
        reporter.Conclude(
            _failed.Count == 0
                ? $"{_made} of {_made} checks hold."
                : $"{_failed.Count} of {_made} checks failed: {string.Join(", ", _failed.Select(f => f.Name))}."
        );

    public async Task<bool> TryAsync(string name, Func<Task<string>> check)
    {
        _made++;
        try
        {
            Show(true, name, await check());
            return true;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            var failure = Failure.Of(e, cancellationToken);
            _failed.Add((name, failure.Code));
            Show(false, name, failure.Message);
            return false;
        }
    }

    private void Show(bool ok, string name, string detail) =>
        reporter.Show(
            "check",
            new
            {
                ok,
                name,
                detail,
            },
            output => Write(output, ok, $"{name}: {detail.ReplaceLineEndings(" ")}")
        );

    private void Write(TextWriter output, bool ok, string text)
    {
        foreach (var (i, line) in TextTable.Wrap(text, Math.Max(width - Margin.Length, 0)).Index())
            output.WriteLine(i == 0 ? $"{Mark(ok)}  {line}" : $"{Margin}{line}");
    }

    private string Mark(bool ok) => ok ? Coloured("ok  ", Green) : Coloured("FAIL", Red);

    private string Coloured(string text, string colour) => hasColour ? $"\e[{colour}m{text}\e[0m" : text;
}
