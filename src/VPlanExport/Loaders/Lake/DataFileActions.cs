using System.Text.Json;
using System.Text.Json.Serialization;
using Parquet.Serialization.Attributes;
using VPlanExport.Dialects;

namespace VPlanExport.Loaders.Lake;

/// <summary>A data file that belongs to the table from this version on.</summary>
internal sealed class AddFile
{
    public const string ChecksumTag = "checksum";

    public static Dictionary<string, string?>? TagsOf(string? checksum) => checksum is null ? null : new() { [ChecksumTag] = checksum };

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

    /// <summary>Of the writer's own: the file's checksum.</summary>
    [JsonPropertyName("tags")]
    public Dictionary<string, string?>? Tags { get; set; }

    [JsonIgnore]
    [ParquetIgnore]
    public string? Checksum => Tags?.GetValueOrDefault(ChecksumTag);

    [JsonIgnore]
    [ParquetIgnore]
    public string? Month => PartitionValues.GetValueOrDefault(DeltaTypes.PartitionColumn);

    /// <summary>In the table's folder.</summary>
    [JsonIgnore]
    [ParquetIgnore]
    public string LocalPath => Uri.UnescapeDataString(Path);

    /// <summary>The rows the statistics tell; 0 when they do not.</summary>
    public long Rows()
    {
        if (Stats is null)
            return 0;
        using var stats = JsonDocument.Parse(Stats);
        return stats.RootElement is { ValueKind: JsonValueKind.Object } all && all.TryGetProperty("numRecords", out var rows) && rows.ValueKind == JsonValueKind.Number && rows.TryGetInt64(out var count) ? count : 0;
    }

    /// <exception cref="JsonException">The path leads out of the table's folder, or the statistics are no JSON.</exception>
    public void Check()
    {
        if (Path.Length == 0 || Uri.UnescapeDataString(Path).Split('/', '\\').Any(part => part is "" or "." or ".."))
            throw new JsonException($"'{Path}' is no path in the table's folder");
        _ = Rows();
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
