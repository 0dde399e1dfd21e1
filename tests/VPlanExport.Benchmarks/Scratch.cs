using VPlanExport.Configuration;

namespace VPlanExport.Benchmarks;

/// <summary>A folder for one measurement, and the settings of an export into it.</summary>
internal sealed class Scratch : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("vplan-export-benchmark-").FullName;

    public Settings Settings() => SettingsIn(Folder, "http://127.0.0.1/v1", "none", "none");

    public static Settings SettingsIn(string folder, string baseUrl, string apiKey, string apiEnv)
    {
        var settings = SettingsReader.Read(
            folder,
            [
                $"VPlan:BaseUrl={baseUrl}",
                $"VPlan:ApiEnv={apiEnv}",
                $"Lake:Location={Path.Combine(folder, "lake")}",
                $"Warehouse:ConnectionString=Data Source={Path.Combine(folder, "warehouse.duckdb")}",
                $"Runs:WorkFolder={Path.Combine(folder, "work")}",
            ]
        );
        return settings with { VPlan = settings.VPlan with { ApiKey = apiKey } };
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
