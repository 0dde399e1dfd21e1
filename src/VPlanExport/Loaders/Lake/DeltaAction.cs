using System.Text.Json.Serialization;
using Parquet.Serialization.Attributes;

namespace VPlanExport.Loaders.Lake;

/// <summary>
/// One line of a commit, one row of a checkpoint: exactly one of its properties is set. Names and shapes are those of the Delta protocol
/// (https://github.com/delta-io/delta/blob/master/PROTOCOL.md#actions); both serializers read them from here.
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

    /// <summary>True when whoever decided by the table's rows or schema has to look again.</summary>
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
