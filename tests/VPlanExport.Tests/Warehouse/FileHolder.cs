using System.Diagnostics;
using System.Runtime.CompilerServices;
using DuckDB.NET.Data;

namespace VPlanExport.Tests.Warehouse;

/// <summary>Another process that has a warehouse open: this test program, started again.</summary>
internal sealed class FileHolder : IDisposable
{
    private const string Variable = "VPLAN_TEST_HOLD_FILE";

    private readonly Process _process;

    private FileHolder(Process process) => _process = process;

    /// <summary>Holds a file for writing.</summary>
    public static FileHolder Hold(string file) => Open($"Data Source={file}");

    /// <summary>Holds a file as a program does that only reads it.</summary>
    public static FileHolder Read(string file) => Open($"Data Source={file};access_mode=READ_ONLY");

    /// <summary>What the program sees that has the file open: the first value of the answer.</summary>
    public string? Ask(string sql)
    {
        _process.StandardInput.WriteLine(sql);
        return _process.StandardOutput.ReadLine();
    }

    /// <summary>Ends the program without closing the file, as when it crashes.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static FileHolder Open(string connectionString)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(FileHolder).Assembly.Location])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment[Variable] = connectionString;
        var process = Process.Start(start)!;
        process.StandardOutput.ReadLine().Should().Be("held");
        return new FileHolder(process);
    }

    [ModuleInitializer]
    internal static void HoldWhenAsked()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { } connectionString)
            return;
        using (var connection = new DuckDBConnection(connectionString))
        {
            connection.Open();
            Console.Out.WriteLine("held");
            while (Console.In.ReadLine() is { } sql)
            {
                using var command = connection.CreateCommand();
                command.CommandText = sql;
                Console.Out.WriteLine(command.ExecuteScalar());
            }
        }
        Environment.Exit(0);
    }
}
