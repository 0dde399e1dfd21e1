using VPlanExport.Commands.Output;

namespace VPlanExport.Commands;

/// <summary>Shows each check as it ends; the exit code is that of the first that failed.</summary>
internal sealed class Checks(Reporter reporter, CancellationToken cancellationToken)
{
    private readonly List<ExitCode> _failed = [];

    public ExitCode Code => _failed.FirstOrDefault();

    public async Task<bool> TryAsync(string name, Func<Task<string>> check)
    {
        try
        {
            Show(true, name, await check());
            return true;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            var failure = Failure.Of(e, cancellationToken);
            _failed.Add(failure.Code);
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
            output => output.WriteLine($"{(ok ? "ok  " : "FAIL")}  {name}: {detail.ReplaceLineEndings(" ")}")
        );
}
