using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Globalization;
using VPlanExport.Configuration;
using VPlanExport.Extract.OAuth;

/// <summary>
/// Runs in the program itself before its Main, when a test has started it so (DOTNET_STARTUP_HOOKS): it ends the program by
/// SIGKILL at a moment of a refresh, or refreshes many times instead of what the program does. The runtime asks for this
/// name outside any namespace.
/// </summary>
internal static class StartupHook
{
    public const string Variable = "DOTNET_STARTUP_HOOKS";

    /// <summary>The name of a step.</summary>
    public const string KillAt = "VPLAN_TEST_KILL_AT";

    /// <summary>Milliseconds after a refresh has begun.</summary>
    public const string KillAfter = "VPLAN_TEST_KILL_AFTER";

    /// <summary>So many refreshes.</summary>
    public const string Refresh = "VPLAN_TEST_REFRESH";

    private static EventListener? s_listener;

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(KillAt) is { } step)
            s_listener = new StepListener(passed => KillIf(passed == step));
        if (Environment.GetEnvironmentVariable(KillAfter) is { } milliseconds)
            s_listener = new StepListener(passed =>
                KillLater(passed, double.Parse(milliseconds, CultureInfo.InvariantCulture))
            );
        if (Environment.GetEnvironmentVariable(Refresh) is { } times)
            Environment.Exit(RefreshAsync(int.Parse(times, CultureInfo.InvariantCulture)).GetAwaiter().GetResult());
    }

    private static void KillIf(bool isThere)
    {
        if (isThere)
            Process.GetCurrentProcess().Kill();
    }

    private static void KillLater(string passed, double milliseconds)
    {
        if (passed != nameof(RefreshSteps.Step.Wanted))
            return;
        var since = Stopwatch.StartNew();
        new Thread(() =>
        {
            SpinWait.SpinUntil(() => since.Elapsed.TotalMilliseconds >= milliseconds);
            Process.GetCurrentProcess().Kill();
        }).Start();
    }

    /// <summary>As readers of which each token is refused.</summary>
    private static async Task<int> RefreshAsync(int times)
    {
        var settings = SettingsReader.Read(".", []);
        var client = new OAuthClient(
            settings.VPlan,
            settings.Runs.WorkFolder.Open(TimeProvider.System),
            TimeProvider.System,
            settings.Secrets,
            Console.Error.WriteLine
        );
        using var tokens = client.Open(CancellationToken.None);
        for (var i = 0; i < times; i++)
            await tokens.GoOnWithoutAsync(await tokens.CurrentAsync(CancellationToken.None), CancellationToken.None);
        return 0;
    }

    private sealed class StepListener(Action<string> passed) : EventListener
    {
        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "VPlanExport-OAuth")
                EnableEvents(eventSource, EventLevel.LogAlways);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.Payload is [string step, ..])
                passed(step);
        }
    }
}
