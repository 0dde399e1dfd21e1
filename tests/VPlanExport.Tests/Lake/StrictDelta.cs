using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;

namespace VPlanExport.Tests.Lake;

/// <summary>
/// A reader of Delta tables written from the protocol's text alone (https://github.com/delta-io/delta/blob/master/PROTOCOL.md), which refuses
/// whatever the text does not allow. It shares no code with the program; Parquet is read by DuckDB.
/// </summary>
internal static class StrictDelta
{
    private static readonly Dictionary<string, (string[] Required, string[] Optional)> s_actions = new()
    {
        ["commitInfo"] = ([], ["timestamp", "operation", "operationParameters", "engineInfo", "checksum"]),
        ["protocol"] = (["minReaderVersion", "minWriterVersion"], []),
        ["metaData"] = (["id", "format", "schemaString", "partitionColumns", "configuration"], ["name", "description", "createdTime"]),
        ["txn"] = (["appId", "version"], ["lastUpdated"]),
        ["add"] = (["path", "partitionValues", "size", "modificationTime", "dataChange"], ["stats", "tags"]),
        ["remove"] = (["path", "dataChange"], ["deletionTimestamp", "extendedFileMetadata", "partitionValues", "size"]),
    };

    private static readonly ConcurrentBag<DuckDBConnection> s_connections = [];

    public sealed record State(JsonObject MetaData, SortedDictionary<string, JsonObject> Files, Dictionary<string, long> Transactions);

    /// <summary>The newest state, from every version of the log.</summary>
    public static State Read(string table)
    {
        var versions = Directory.EnumerateFiles(Path.Combine(table, "_delta_log"), "*.json").Order(StringComparer.Ordinal).ToList();
        var state = new State([], new(StringComparer.Ordinal), []);
        for (var i = 0; i < versions.Count; i++)
        {
            Path.GetFileName(versions[i]).Should().Be(i.ToString("D20", CultureInfo.InvariantCulture) + ".json");
            var actions = File.ReadAllText(versions[i]).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!.AsObject()).ToList();
            state = Apply(state, actions, isFirst: i == 0);
        }
        CheckFiles(table, state);
        return state;
    }

    /// <summary>The rows as text, column by column in the schema's order with the partition column last; sorted.</summary>
    public static List<string> Rows(string table, params string[] without)
    {
        var state = Read(table);
        var columns = Columns(state.MetaData).Where(c => !without.Contains(c.Name)).ToList();
        var partition = state.MetaData["partitionColumns"]!.AsArray().Select(p => (string)p!).SingleOrDefault();
        var rows = new List<string>();
        foreach (var (path, add) in state.Files)
        {
            var selected = string.Join(", ", columns.Select(c => $"coalesce({(c.Name == partition ? Literal(add["partitionValues"]![partition]) : c.Name)}::VARCHAR, '-')"));
            rows.AddRange(Query($"SELECT concat_ws('|', {selected}) FROM read_parquet('{FilePath(table, path)}', hive_partitioning = false)"));
        }
        return [.. rows.Order(StringComparer.Ordinal)];
    }

    /// <summary>The names of the table's columns.</summary>
    public static List<string> Names(string table) => [.. Columns(Read(table).MetaData).Select(c => c.Name)];

    public static List<string> Query(string sql)
    {
        var connection = s_connections.TryTake(out var idle) ? idle : Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        var rows = new List<string>();
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
                rows.Add(Convert.ToString(reader.GetValue(0), CultureInfo.InvariantCulture)!);
        }
        s_connections.Add(connection);
        return rows;
    }

    private static DuckDBConnection Connect()
    {
        var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SET TimeZone = 'UTC'; SET threads = 1";
        command.ExecuteNonQuery();
        return connection;
    }

    private static State Apply(State state, List<JsonObject> actions, bool isFirst)
    {
        actions.ForEach(CheckAction);
        var named = actions.Select(a => a.Single()).ToLookup(a => a.Key, a => a.Value!.AsObject());
        named["protocol"].Count().Should().Be(isFirst ? 1 : 0);
        named["metaData"].Count().Should().BeInRange(isFirst ? 1 : 0, 1);
        named["add"].Concat(named["remove"]).Select(a => (string)a["path"]!).Should().OnlyHaveUniqueItems();
        foreach (var remove in named["remove"])
            state.Files.Remove((string)remove["path"]!).Should().BeTrue("only files of the table are removed");
        foreach (var add in named["add"])
            state.Files.Add((string)add["path"]!, add);
        foreach (var txn in named["txn"])
            state.Transactions[(string)txn["appId"]!] = (long)txn["version"]!;
        return state with { MetaData = named["metaData"].SingleOrDefault() ?? state.MetaData };
    }

    private static void CheckAction(JsonObject action)
    {
        var (name, body) = action.Should().ContainSingle().Subject;
        s_actions.Should().ContainKey(name);
        var (required, optional) = s_actions[name];
        var properties = body!.AsObject().Select(p => p.Key).ToList();
        required.Should().BeSubsetOf(properties);
        properties.Should().BeSubsetOf(required.Concat(optional));
        if (name == "protocol")
            ((int)body["minReaderVersion"]!, (int)body["minWriterVersion"]!).Should().Be((1, 2));
    }

    private static void CheckFiles(string table, State state)
    {
        var columns = Columns(state.MetaData);
        var partitions = state.MetaData["partitionColumns"]!.AsArray().Select(p => (string)p!).ToList();
        foreach (var (path, add) in state.Files)
        {
            var file = FilePath(table, path);
            new FileInfo(file).Length.Should().Be((long)add["size"]!);
            add["partitionValues"]!.AsObject().Select(p => p.Key).Should().Equal(partitions);
            var stored = Query($"SELECT column_name || ' ' || column_type FROM (DESCRIBE SELECT * FROM read_parquet('{file}', hive_partitioning = false))");
            stored.Should().BeSubsetOf(columns.Where(c => !partitions.Contains(c.Name)).Select(c => $"{c.Name} {DuckType(c.Type)}"));
            CheckStats(file, JsonNode.Parse((string)add["stats"]!)!.AsObject(), columns, stored.Select(s => s.Split(' ')[0]).ToHashSet());
        }
    }

    private static void CheckStats(string file, JsonObject stats, List<(string Name, string Type)> columns, HashSet<string> stored)
    {
        stats.Select(p => p.Key).Should().Equal("numRecords", "minValues", "maxValues", "nullCount");
        var expected = new List<string> { $"count(*) = {stats["numRecords"]}" };
        foreach (var (name, type) in columns.Where(c => stored.Contains(c.Name)))
        {
            expected.Add($"count(*) - count({name}) = {stats["nullCount"]![name]}");
            if (stats["minValues"]![name] is { } min)
                expected.Add($"count(*) FILTER ({name} < {Literal(min)}::{DuckType(type)} OR {name} > {Literal(stats["maxValues"]![name]!)}::{DuckType(type)}) = 0");
        }
        Query($"SELECT concat_ws(' ', {string.Join(", ", expected.Select(e => $"CASE WHEN {e} THEN NULL ELSE {Literal(e)} END"))}) FROM read_parquet('{file}')").Should().Equal("");
    }

    private static List<(string Name, string Type)> Columns(JsonObject metaData)
    {
        var schema = JsonNode.Parse((string)metaData["schemaString"]!)!;
        ((string)schema["type"]!).Should().Be("struct");
        foreach (var field in schema["fields"]!.AsArray())
            field!.AsObject().Select(p => p.Key).Should().BeEquivalentTo("name", "type", "nullable", "metadata");
        return [.. schema["fields"]!.AsArray().Select(f => ((string)f!["name"]!, (string)f["type"]!))];
    }

    private static string DuckType(string delta) => delta switch
    {
        "long" => "BIGINT",
        "integer" => "INTEGER",
        "boolean" => "BOOLEAN",
        "date" => "DATE",
        "timestamp" => "TIMESTAMP WITH TIME ZONE",
        "string" => "VARCHAR",
        _ when delta.StartsWith("decimal(", StringComparison.Ordinal) => delta.ToUpperInvariant(),
        _ => throw new JsonException($"unknown Delta type {delta}"),
    };

    private static string Literal(JsonNode? value) => value is null ? "NULL" : $"'{value.ToString().Replace("'", "''", StringComparison.Ordinal)}'";

    private static string FilePath(string table, string path) => Path.Combine(table, Uri.UnescapeDataString(path));
}
