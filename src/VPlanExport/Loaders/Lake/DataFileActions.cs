using System.Text.Json;
using System.Text.Json.Serialization;
using Parquet.Serialization.Attributes;
using VPlanExport.Dialects;

namespace VPlanExport.Loaders.Lake;

/// <summary>A data file that belongs to the table from this version on.</summary>
internal sealed class AddFile
{
    /// <summary>Relative to the table's folder, as a URI.</summary>
    [JsonPropertyName("path")]
    public string Path { get; set; } = "";

    [JsonPropertyName("partitionValues")]
    public Dictionary<string, string?> PartitionValues { get; set; } = [];

    [JsonPropertyName("size")]
    public long Size { get; set; }

    [JsonPropertyName("modificationTime")]
    public long ModificationTime { get; set; }

    [JsonPropertyName("dataChange")]
    public bool DataChange { get; set; } = true;

    [JsonPropertyName("stats")]
    public string? Stats { get; set; }

    [JsonIgnore]
    [ParquetIgnore]
    public string? Month => PartitionValues.GetValueOrDefault(DeltaTypes.PartitionColumn);

    /// <summary>The rows the statistics tell; 0 when they do not.</summary>
    public long Rows()
    {
        if (Stats is null)
            return 0;
        using var stats = JsonDocument.Parse(Stats);
        return stats.RootElement.TryGetProperty("numRecords", out var rows) ? rows.GetInt64() : 0;
    }

    public RemoveFile Removed(long timestamp) =>
        new() { Path = Path, DeletionTimestamp = timestamp, ExtendedFileMetadata = true, PartitionValues = PartitionValues, Size = Size };
}

/// <summary>A data file that no longer belongs to the table; it stays on disk until vacuum.</summary>
internal sealed class RemoveFile
{
    [JsonPropertyName("path")]
    public string Path { get; set; } = "";

    [JsonPropertyName("deletionTimestamp")]
    public long? DeletionTimestamp { get; set; }

    [JsonPropertyName("dataChange")]
    public bool DataChange { get; set; } = true;

    [JsonPropertyName("extendedFileMetadata")]
    public bool? ExtendedFileMetadata { get; set; }

    [JsonPropertyName("partitionValues")]
    public Dictionary<string, string?>? PartitionValues { get; set; }

    [JsonPropertyName("size")]
    public long? Size { get; set; }
}
