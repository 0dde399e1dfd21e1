using System.Text.Json;
using System.Text.Json.Serialization;
using Parquet.Serialization.Attributes;
using VPlanExport.Dialects;

namespace VPlanExport.Lake.Delta;

/// <summary>
/// One line of a commit, one row of a checkpoint: exactly one of its properties is set. Names and shapes are those of
/// the Delta protocol (https://github.com/delta-io/delta/blob/master/PROTOCOL.md#actions); both serializers read them
/// from here.
/// </summary>
internal sealed class DeltaAction
{
    [JsonPropertyName("commitInfo")]
    [ParquetIgnore]
    public CommitInfo? CommitInfo { get; set; }

    [JsonPropertyName("protocol")]
    public Protocol? Protocol { get; set; }

    [JsonPropertyName("metaData")]
    public MetaData? MetaData { get; set; }

    [JsonPropertyName("txn")]
    public Txn? Txn { get; set; }

    [JsonPropertyName("remove")]
    public RemoveFile? Remove { get; set; }

    [JsonPropertyName("add")]
    public AddFile? Add { get; set; }

    /// <summary>True when a decision by the table's rows or schema has to be taken again.</summary>
    [JsonIgnore]
    [ParquetIgnore]
    public bool ChangesTable => Add is not null || Remove is not null || MetaData is not null || Protocol is not null;
}

internal sealed class CommitInfo
{
    /// <summary>Milliseconds since 1970.</summary>
    [JsonPropertyName("timestamp")]
    public long Timestamp { get; set; }

    [JsonPropertyName("operation")]
    public string Operation { get; set; } = "MERGE";

    [JsonPropertyName("operationParameters")]
    public Dictionary<string, string> OperationParameters { get; set; } = [];

    [JsonPropertyName("engineInfo")]
    public string EngineInfo { get; set; } = "vplan-export";

    /// <summary>Of the commit's other lines; null in another program's commit.</summary>
    [JsonPropertyName("checksum")]
    public string? Checksum { get; set; }
}

internal sealed class Protocol
{
    [JsonPropertyName("minReaderVersion")]
    public int MinReaderVersion { get; set; }

    [JsonPropertyName("minWriterVersion")]
    public int MinWriterVersion { get; set; }
}

internal sealed class Txn
{
    [JsonPropertyName("appId")]
    public string AppId { get; set; } = "";

    [JsonPropertyName("version")]
    public long Version { get; set; }

    [JsonPropertyName("lastUpdated")]
    public long? LastUpdated { get; set; }
}

internal sealed class Format
{
    [JsonPropertyName("provider")]
    public string Provider { get; set; } = "parquet";

    [JsonPropertyName("options")]
    public Dictionary<string, string> Options { get; set; } = [];
}

internal sealed class MetaData
{
    [JsonPropertyName("id")]
    public string Id { get; set; } = "";

    [JsonPropertyName("name")]
    public string? Name { get; set; }

    [JsonPropertyName("description")]
    public string? Description { get; set; }

    [JsonPropertyName("format")]
    public Format Format { get; set; } = new();

    [JsonPropertyName("schemaString")]
    public string SchemaString { get; set; } = "";

    [JsonPropertyName("partitionColumns")]
    public List<string> PartitionColumns { get; set; } = [];

    [JsonPropertyName("configuration")]
    public Dictionary<string, string> Configuration { get; set; } = [];

    [JsonPropertyName("createdTime")]
    public long? CreatedTime { get; set; }
}

/// <summary>A data file that belongs to the table from this version on.</summary>
internal sealed class AddFile
{
    public const string ChecksumTag = "checksum";

    public static Dictionary<string, string?>? TagsOf(string? checksum) =>
        checksum is null ? null : new() { [ChecksumTag] = checksum };

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
        return
            stats.RootElement is { ValueKind: JsonValueKind.Object } all
            && all.TryGetProperty("numRecords", out var rows)
            && rows.ValueKind == JsonValueKind.Number
            && rows.TryGetInt64(out var count)
            ? count
            : 0;
    }

    /// <exception cref="JsonException">The path leads out of the table's folder, or the statistics are no
    /// JSON.</exception>
    public void Check()
    {
        if (Path.Length == 0 || Uri.UnescapeDataString(Path).Split('/', '\\').Any(part => part is "" or "." or ".."))
            throw new JsonException($"'{Path}' is no path in the table's folder");
        _ = Rows();
    }

    public RemoveFile Removed(long timestamp) =>
        new()
        {
            Path = Path,
            DeletionTimestamp = timestamp,
            ExtendedFileMetadata = true,
            PartitionValues = PartitionValues,
            Size = Size,
        };
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
