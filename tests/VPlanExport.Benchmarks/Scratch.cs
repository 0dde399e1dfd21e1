using VPlanExport.Configuration;

namespace VPlanExport.Benchmarks;

/// <summary>A folder for one measurement, and the settings of an export into it.</summary>
internal sealed class Scratch : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("vplan-export-benchmark-").FullName;

    public Settings Settings(string baseUrl = "http://127.0.0.1/v1", string apiKey = "none", string apiEnv = "none")
    {
        var settings = SettingsReader.Read(
            Folder,
            [
                $"VPlan:BaseUrl={baseUrl}",
                $"VPlan:ApiEnv={apiEnv}",
                $"Lake:Location={Path.Combine(Folder, "lake")}",
                $"Warehouse:ConnectionString=Data Source={Path.Combine(Folder, "warehouse.duckdb")}",
                $"Runs:WorkFolder={Path.Combine(Folder, "work")}",
            ]
        );
        return settings with { VPlan = settings.VPlan with { ApiKey = apiKey } };
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
