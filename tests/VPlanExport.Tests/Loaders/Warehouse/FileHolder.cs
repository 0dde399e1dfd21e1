using System.Diagnostics;
using System.Runtime.CompilerServices;
using DuckDB.NET.Data;

namespace VPlanExport.Tests.Loaders.Warehouse;

/// <summary>Another process that has a warehouse open: this test program, started again.</summary>
internal sealed class FileHolder : IDisposable
{
    private const string Variable = "VPLAN_TEST_HOLD_FILE";

    private readonly Process _process;

    private FileHolder(Process process) => _process = process;

    public static FileHolder Hold(string file)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(FileHolder).Assembly.Location]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment[Variable] = file;
        var process = Process.Start(start)!;
        process.StandardOutput.ReadLine().Should().Be("held");
        return new FileHolder(process);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    [ModuleInitializer]
    internal static void HoldWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { } file)
            return;
        using (var connection = new DuckDBConnection($"Data Source={file}"))
        {
            connection.Open();
            Console.Out.WriteLine("held");
            Console.In.ReadToEnd();
        }
        Environment.Exit(0);
    }
}
