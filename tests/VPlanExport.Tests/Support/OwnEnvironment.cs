using System.Collections;
using System.Runtime.CompilerServices;
using VPlanExport.Configuration;

namespace VPlanExport.Tests.Support;

/// <summary>Takes the settings that the developer's shell holds from the tests and from every process that they start.</summary>
internal static class OwnEnvironment
{
    [ModuleInitializer]
    internal static void Clear()
    {
        // The program itself, which a test has started with a hook of these tests, keeps what it was given.
        if (Environment.GetEnvironmentVariable(StartupHook.Variable) is not null)
            return;
        string[] others =
        [
            "VPLAN_EXPORT_FOLDER",
            "TRACEPARENT",
            "TRACESTATE",
            "APPLICATIONINSIGHTS_CONNECTION_STRING",
            "COLUMNS",
        ];
        var sections = Setting.All.Select(s => s.Key.Split(':')[0]).Distinct().ToList();
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>())
        {
            if (
                others.Contains(name)
                || name.StartsWith("OTEL_", StringComparison.Ordinal)
                || sections.Any(s =>
                    name.StartsWith($"{s}__", StringComparison.OrdinalIgnoreCase)
                    || name.StartsWith($"{s}:", StringComparison.OrdinalIgnoreCase)
                )
            )
                Environment.SetEnvironmentVariable(name, null);
        }
        Directory.SetCurrentDirectory(AppContext.BaseDirectory);
    }
}
