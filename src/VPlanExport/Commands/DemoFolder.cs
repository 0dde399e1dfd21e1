using VPlanExport.Configuration;
using VPlanExport.Runs;
using VPlanExport.Sandbox;
using VPlanExport.Storage;

namespace VPlanExport.Commands;

/// <summary>The folder that a demo fills.</summary>
/// <param name="Path">Absolute.</param>
internal sealed record DemoFolder(string Path)
{
    private const string Marker = ".vplan-demo";

    private static readonly string[] Made = ["appsettings.json", "warehouse.duckdb", "warehouse.duckdb.wal"];

    private string Work => Inside("work");

    /// <summary>A new or empty folder, or one that an earlier demo made: what that one left is removed.</summary>
    /// <exception cref="ConfigurationException">The folder holds something else.</exception>
    /// <exception cref="LockedException">Another demo works in it.</exception>
    public static async Task<DemoFolder> PrepareAsync(string given, TimeProvider clock, CancellationToken cancellationToken)
    {
        var folder = new DemoFolder(System.IO.Path.GetFullPath(given));
        if (File.Exists(folder.Path))
            throw new ConfigurationException($"--out names {folder.Path}, which is a file. Give an empty or new folder.");
        if (File.Exists(folder.Inside(Marker)))
            await folder.ClearAsync(clock, cancellationToken);
        else if (Directory.Exists(folder.Path) && Directory.EnumerateFileSystemEntries(folder.Path).Any())
            throw new ConfigurationException($"--out names {folder.Path}, which holds files that no demo made. Give an empty or new folder.");
        Directory.CreateDirectory(folder.Path);
        File.WriteAllText(folder.Inside(Marker), "Made by vplan-export demo, which removes its own files here when it is run again.\n");
        File.WriteAllText(folder.Inside("appsettings.json"), """
            {
              "Lake": { "Location": "./lake" },
              "Warehouse": { "ConnectionString": "Data Source=./warehouse.duckdb" },
              "Runs": { "WorkFolder": "./work" }
            }

            """);
        return folder;
    }

    /// <summary>Settings for a demo's runs: the sandbox's address and key, never the operator's own.</summary>
    public Settings Settings(IReadOnlyList<string> overrides, Uri baseUrl, SandboxOptions options)
    {
        var settings = SettingsReader.Read(Path,
        [
            .. overrides,
            $"VPlan:BaseUrl={baseUrl}",
            $"VPlan:ApiEnv={options.ApiEnv}",
            $"Lake:Location={Inside("lake")}",
            "Lake:ConnectionString=",
            "Lake:ConnectionStringFile=",
            "Warehouse:Kind=duckdb",
            "Warehouse:ConnectionStringFile=",
            $"Warehouse:ConnectionString=Data Source={Inside("warehouse.duckdb")}",
            $"Runs:WorkFolder={Work}",
        ]);
        return settings with { VPlan = settings.VPlan with { ApiKey = options.ApiKey, ApiKeyNext = "" } };
    }

    private async Task ClearAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        await using var alone = await RunLock.AcquireAsync(new FolderStore(Work), "vplan-export demo", clock, cancellationToken);
        foreach (var file in Made)
            File.Delete(Inside(file));
        foreach (var folder in new[] { Inside("lake"), Work }.Where(Directory.Exists))
            Directory.Delete(folder, recursive: true);
    }

    private string Inside(string name) => System.IO.Path.Combine(Path, name);
}
