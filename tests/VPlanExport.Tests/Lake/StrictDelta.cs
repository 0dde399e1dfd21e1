using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using DuckDB.NET.Data;
using VPlanExport.Storage;

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
        ["metaData"] = (
            ["id", "format", "schemaString", "partitionColumns", "configuration"],
            ["name", "description", "createdTime"]
        ),
        ["txn"] = (["appId", "version"], ["lastUpdated"]),
        ["add"] = (["path", "partitionValues", "size", "modificationTime", "dataChange"], ["stats", "tags"]),
        ["remove"] = (["path", "dataChange"], ["deletionTimestamp", "extendedFileMetadata", "partitionValues", "size"]),
    };

    private static readonly ConcurrentBag<DuckDBConnection> s_connections = [];

    /// <summary>What was found right: a file's content, with its statistics and the table's schema.</summary>
    private static readonly ConcurrentDictionary<string, bool> s_checked = [];

    public sealed record State(
        JsonObject MetaData,
        SortedDictionary<string, JsonObject> Files,
        Dictionary<string, long> Transactions
    );

    /// <summary>The newest state, from every version of the log.</summary>
    public static State Read(string table)
    {
        var versions = Directory
            .EnumerateFiles(Path.Combine(table, "_delta_log"), "*.json")
            .Order(StringComparer.Ordinal)
            .ToList();
        var first = int.Parse(Path.GetFileNameWithoutExtension(versions[0]), CultureInfo.InvariantCulture);
        var state = first == 0 ? new State([], new(StringComparer.Ordinal), []) : OfCheckpoint(table, first);
        for (var i = first == 0 ? 0 : 1; i < versions.Count; i++)
        {
            Path.GetFileName(versions[i])
                .Should()
                .Be((first + i).ToString("D20", CultureInfo.InvariantCulture) + ".json");
            var actions = File.ReadAllText(versions[i])
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(l => JsonNode.Parse(l)!.AsObject())
                .ToList();
            state = Apply(state, actions, isFirst: i == 0);
        }
        CheckFiles(table, state);
        return state;
    }

    /// <summary>The state that a log begins with whose earlier versions were removed.</summary>
    private static State OfCheckpoint(string table, int version)
    {
        var file = Path.Combine(table, "_delta_log", $"{version:D20}.checkpoint.parquet");
        List<JsonObject> Actions(string kind) =>
            [
                .. Query($"SELECT to_json({kind}) FROM read_parquet('{file}') WHERE {kind} IS NOT NULL")
                    .Select(json => JsonNode.Parse(json)!.AsObject()),
            ];
        return new State(
            Actions("metaData").Single(),
            new(Actions("add").ToDictionary(add => (string)add["path"]!), StringComparer.Ordinal),
            Actions("txn").ToDictionary(txn => (string)txn["appId"]!, txn => (long)txn["version"]!)
        );
    }

    /// <summary>The rows as text, column by column in the schema's order with the partition column last; sorted.</summary>
    public static List<string> Rows(string table, params string[] without) => Rows(table, Read(table), without);

    public static List<string> Rows(string table, State state, params string[] without) =>
        [.. Query(RowsSql(table, state, without)).Order(StringComparer.Ordinal)];

    /// <summary>A query for the rows as text, in a column named row.</summary>
    public static string RowsSql(string table, State state, params string[] without)
    {
        var columns = Columns(state.MetaData).Where(c => !without.Contains(c.Name)).ToList();
        var partition = PartitionColumn(state);
        var parts = state
            .Files.GroupBy(f => partition is null ? null : Literal(f.Value["partitionValues"]![partition]))
            .Select(part =>
            {
                var selected = columns.Select(c =>
                    $"coalesce({(c.Name == partition ? part.Key : c.Name)}::VARCHAR, '-')"
                );
                return $"SELECT concat_ws('|', {string.Join(", ", selected)}) AS row FROM {Parquet(table, part.Select(f => f.Key))}";
            });
        return state.Files.Count == 0 ? "SELECT '' AS row WHERE false" : string.Join(" UNION ALL ", parts);
    }

    public static string? PartitionColumn(State state) =>
        state.MetaData["partitionColumns"]!.AsArray().Select(p => (string)p!).SingleOrDefault();

    /// <summary>The names of the table's columns.</summary>
    public static List<string> Names(State state) => [.. Columns(state.MetaData).Select(c => c.Name)];

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
        var files = new List<(string File, JsonObject Stats)>();
        var found = new List<string>();
        foreach (var (path, add) in state.Files)
        {
            var content = File.ReadAllBytes(FilePath(table, path));
            content.Should().HaveCount((int)add["size"]!);
            add["partitionValues"]!.AsObject().Select(p => p.Key).Should().Equal(partitions);
            var whole = $"{Checksum.Of(content)} {add["stats"]} {state.MetaData["schemaString"]}";
            if (s_checked.ContainsKey(whole))
                continue;
            found.Add(whole);
            files.Add((FilePath(table, path), JsonNode.Parse((string)add["stats"]!)!.AsObject()));
        }
        if (files.Count == 0)
            return;
        var allowed = columns
            .Where(c => !partitions.Contains(c.Name))
            .Select(c => $"{c.Name} {DuckType(c.Type)}")
            .ToList();
        foreach (var (stored, alike) in BySchema(files))
        {
            stored.Should().BeSubsetOf(allowed);
            CheckStats(alike, columns.Where(c => stored.Contains($"{c.Name} {DuckType(c.Type)}")).ToList());
        }
        found.ForEach(whole => s_checked.TryAdd(whole, true));
    }

    /// <summary>The files by what is stored in them, as "name TYPE" of each column.</summary>
    private static IEnumerable<(string[] Stored, List<(string File, JsonObject Stats)> Files)> BySchema(
        List<(string File, JsonObject Stats)> files
    )
    {
        var schemas = Query(
                $"SELECT file_name || '|' || string_agg(name || ' ' || duckdb_type, '|') FROM parquet_schema({List(files.Select(f => f.File))}) WHERE num_children IS NULL GROUP BY file_name"
            )
            .Select(s => s.Split('|', 2))
            .ToDictionary(s => s[0], s => s[1]);
        return files.GroupBy(f => schemas[f.File]).Select(g => (g.Key.Split('|'), g.ToList()));
    }

    private static void CheckStats(
        List<(string File, JsonObject Stats)> files,
        List<(string Name, string Type)> columns
    )
    {
        foreach (var (_, stats) in files)
            stats.Select(p => p.Key).Should().Equal("numRecords", "minValues", "maxValues", "nullCount");
        var found = string.Join(
            ", ",
            columns.Select((c, i) => $"count({c.Name}) AS n{i}, min({c.Name}) AS low{i}, max({c.Name}) AS high{i}")
        );
        var told = string.Join(", ", columns.Select((c, i) => $"nulls{i}, min{i}, max{i}"));
        var wrong = string.Join(
            ", ",
            columns.Select(
                (c, i) =>
                    $"CASE WHEN rows - n{i} IS DISTINCT FROM nulls{i} THEN 'nullCount of {c.Name}' END, CASE WHEN low{i} < min{i}::{DuckType(c.Type)} OR high{i} > max{i}::{DuckType(c.Type)} THEN 'values of {c.Name}' END"
            )
        );
        Query(
                $"""
                WITH found AS (SELECT filename, count(*) AS rows, {found} FROM read_parquet({List(
                    files.Select(f => f.File)
                )}, filename = true, hive_partitioning = false) GROUP BY filename),
                    told (file, records, {told}) AS (VALUES {string.Join(
                    ", ",
                    files.Select(f => $"({Literal(f.File)}, {Told(f.Stats, columns)})")
                )})
                SELECT concat_ws(' ', file, CASE WHEN rows IS DISTINCT FROM records THEN 'numRecords' END, {wrong}) AS message
                FROM told LEFT JOIN found ON filename = file WHERE message <> file
                """
            )
            .Should()
            .BeEmpty();
    }

    private static string Told(JsonObject stats, List<(string Name, string Type)> columns) =>
        string.Join(
            ", ",
            columns
                .Select(c =>
                    $"{stats["nullCount"]![c.Name]?.ToString() ?? "NULL"}, {Literal(stats["minValues"]![c.Name])}, {Literal(stats["maxValues"]![c.Name])}"
                )
                .Prepend($"{stats["numRecords"]}")
        );

    private static List<(string Name, string Type)> Columns(JsonObject metaData)
    {
        var schema = JsonNode.Parse((string)metaData["schemaString"]!)!;
        ((string)schema["type"]!).Should().Be("struct");
        foreach (var field in schema["fields"]!.AsArray())
            field!.AsObject().Select(p => p.Key).Should().BeEquivalentTo("name", "type", "nullable", "metadata");
        return [.. schema["fields"]!.AsArray().Select(f => ((string)f!["name"]!, (string)f["type"]!))];
    }

    private static string DuckType(string delta) =>
        delta switch
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

    /// <remarks>A statement ends at a NUL, which text may hold.</remarks>
    private static string Literal(JsonNode? value) =>
        value is null
            ? "NULL"
            : $"'{value.ToString().Replace("'", "''", StringComparison.Ordinal).Replace("\0", "' || chr(0) || '", StringComparison.Ordinal)}'";

    private static string Parquet(string table, IEnumerable<string> paths) =>
        $"read_parquet({List(paths.Select(p => FilePath(table, p)))}, hive_partitioning = false)";

    private static string List(IEnumerable<string> files) => $"[{string.Join(", ", files.Select(f => Literal(f)))}]";

    private static string FilePath(string table, string path) => Path.Combine(table, Uri.UnescapeDataString(path));
}
