using System.Globalization;
using System.Text.Json.Nodes;
using VPlanExport.Model;
using VPlanExport.Sandbox;

namespace VPlanExport.Tests.Support;

/// <summary>What the warehouse must hold of a vPlan: for each table some columns and, as text, the values of every live row.</summary>
internal sealed class VPlanRows
{
    private static readonly TimeZoneInfo Amsterdam = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");

    private readonly SandboxWorld _vplan;
    private readonly Dictionary<string, (string[] Columns, IReadOnlyList<string> Rows)> _tables = [];

    private VPlanRows(SandboxWorld vplan, IReadOnlyList<JsonObject> cards)
    {
        _vplan = vplan;
        Add("dim_board", ["board_id", "name"], "board", r => [r.Id, r.Text("name")]);
        Add("dim_status", ["status_id", "board_key", "name"], "status", r => [r.Id, Key(r, "board"), r.Text("name")]);
        Add("dim_label", ["label_id", "board_key", "name"], "label", r => [r.Id, Key(r, "board"), r.Text("name")]);
        Add("dim_stage", ["stage_id", "board_key", "name"], "stage", r => [r.Id, Key(r, "board"), r.Text("name")]);
        Add("dim_space", ["space_id", "name"], "space", r => [r.Id, r.Text("name")]);
        Add(
            "dim_item",
            ["item_id", "code", "description", "unit"],
            "item",
            r => [r.Id, r.Text("code"), r.Text("description"), r.Text("unit")]
        );
        Add(
            "dim_activity",
            ["activity_id", "name", "code", "item_key"],
            "activity",
            r => [r.Id, r.Text("description"), r.Text("code"), Key(r, "item")]
        );
        Add("dim_group", ["group_id", "name"], "group", r => [r.Id, r.Text("name")]);
        Add(
            "dim_warehouse",
            ["warehouse_id", "name", "code"],
            "warehouse",
            r => [r.Id, r.Text("name"), r.Text("code")]
        );
        Add("dim_project", ["project_id", "name", "code"], "project", r => [r.Id, r.Text("name"), r.Text("code")]);
        Add(
            "dim_relation",
            ["relation_id", "name", "relation_type", "email"],
            "relation",
            r => [r.Id, r.Text("name"), r.Text("type"), r.Text("email")]
        );
        Add(
            "dim_order",
            [
                "order_id",
                "code",
                "status",
                "relation_key",
                "project_key",
                "item_key",
                "warehouse_key",
                "collection_key",
                "promised_date",
                "delivered_date",
            ],
            "order",
            r =>
                [
                    r.Id,
                    r.Text("code"),
                    r.Text("status"),
                    Key(r, "relation"),
                    Key(r, "project"),
                    Key(r, "item"),
                    Key(r, "warehouse"),
                    Key(r, "collection"),
                    r.Text("promised_date"),
                    r.Text("delivered_date"),
                ]
        );
        Add(
            "fact_order_row",
            ["order_row_id", "order_key", "activity_key", "description", "unit", "delivered_date"],
            "order_row",
            r =>
                [
                    r.Id,
                    Key(r, "order"),
                    Key(r, "activity"),
                    r.Text("description"),
                    r.Text("unit"),
                    r.Text("delivered_date"),
                ]
        );
        Add(
            "fact_card_relation",
            ["card_relation_id", "card_key", "related_card_key", "relation_type", "status"],
            "card_relation",
            r => [r.Id, Key(r, "card"), Key("card", r["related_card_id"]), r.Text("type"), r.Text("status")]
        );
        Add(
            "dim_resource",
            ["resource_id", "name", "resource_type", "archived_at"],
            "resource",
            r => [r.Id, r.Text("name"), r.Text("type"), Moment(r, "archived_at")]
        );
        Add(
            "dim_user",
            ["user_id", "full_name", "email", "resource_key", "archived_at"],
            "user",
            r => [r.Id, r.Text("fullname"), r.Text("email"), Key(r, "resource"), Moment(r, "archived_at")]
        );
        Add(
            "dim_collection",
            ["collection_id", "name", "description", "board_key", "due_date"],
            "collection",
            r => [r.Id, r.Text("name"), r.Text("description"), Key(r, "board"), r.Text("due_date")]
        );
        Add(
            "dim_card",
            ["card_id", "name", "description", "collection_key", "stage_key", "status_key", "start_date"],
            "card",
            r =>
                [
                    r.Id,
                    r.Text("name"),
                    r.Text("description"),
                    Key(r, "collection"),
                    Key(r, "stage"),
                    Key(r, "status"),
                    r.Text("start_date"),
                ]
        );
        Add(
            "fact_time_entry",
            [
                "time_entry_id",
                "card_key",
                "activity_key",
                "user_key",
                "started_at",
                "work_date",
                "minutes",
                "status",
                "note",
            ],
            "time_tracking",
            r =>
                [
                    r.Id,
                    Key(r, "card"),
                    Key(r, "activity"),
                    Key(r, "user"),
                    Moment(r, "start"),
                    Day(r, "start"),
                    r.Text("duration"),
                    r.Text("status"),
                    r.Text("note"),
                ]
        );
        Add(
            "fact_resource_day",
            ["resource_key", "date", "hours_available", "hours_work", "hours_leave", "hours_absence"],
            "schedule",
            r =>
                [
                    Key(r, "resource"),
                    r.Text("date"),
                    Hours(r, "hours_available"),
                    Hours(r, "hours_work"),
                    Hours(r, "hours_leave"),
                    Hours(r, "hours_absence"),
                ]
        );
        Add(
            "fact_absence",
            ["absence_id", "resource_key", "absence_type", "start_date", "end_date", "minutes_per_day"],
            "schedule_deviation",
            r => [r.Id, Key(r, "resource"), r.Text("type"), r.Text("start_date"), r.Text("end_date"), r.Text("time")]
        );
        AddCustomFields();
        AddCards(cards);
        AddLinks("bridge_space_board", "space", "boards", "board");
        AddLinks("bridge_group_resource", "group", "resources", "resource");
        AddLinks("bridge_card_resource", "card", "resources", "resource");
        AddLinks("bridge_card_label", "card", "labels", "label");
        AddLinks("fact_collection_activity", "collection", "activities", "activity");
        AddLinks("bridge_collection_label", "collection", "labels", "label");
    }

    public IEnumerable<string> Tables => _tables.Keys;

    public (string[] Columns, IReadOnlyList<string> Rows) this[string table] => _tables[table];

    /// <summary>Planned minutes are only in what vPlan serves: the cards are asked for, without edits or faults meanwhile.</summary>
    public static async Task<VPlanRows> OfAsync(SandboxServer server)
    {
        var (edits, faults) = (server.Edits, server.Faults);
        (server.Edits, server.Faults) = (EditSchedule.None, FaultSchedule.None);
        var rows = new VPlanRows(server.World, await CardsAsync(server));
        (server.Edits, server.Faults) = (edits, faults);
        return rows;
    }

    /// <summary>How each card is planned now: key, start, end, due, stage, status, planned and remaining minutes.</summary>
    public static async Task<IReadOnlyList<string>> PlansAsync(SandboxServer server)
    {
        string? Minutes(JsonObject card, string property) =>
            Activities(card).Sum(a => (long)a[property]!).ToString(CultureInfo.InvariantCulture);
        return Lines(
            (await CardsAsync(server)).Select(c =>
                new[]
                {
                    Key("card", c["id"]),
                    c["start_date"]?.ToString(),
                    c["end_date"]?.ToString(),
                    server.World.Find("collection", c["collection_id"]?.ToString() ?? "")?.Text("due_date"),
                    Key("stage", c["stage_id"]),
                    Key("status", c["status_id"]),
                    Minutes(c, "time"),
                    Minutes(c, "time_remaining"),
                }
            )
        );
    }

    private static async Task<IReadOnlyList<JsonObject>> CardsAsync(SandboxServer server)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-Api-Key", TestExport.SecretKey);
        http.DefaultRequestHeaders.Add("X-Api-Env", "sandbox");
        var page = await http.GetStringAsync(
            $"{server.BaseUrl}/card?with=activities&limit=1000",
            TestContext.Current.CancellationToken
        );
        return [.. JsonNode.Parse(page)!["data"]!.AsArray().Select(card => card!.AsObject())];
    }

    private void AddCards(IReadOnlyList<JsonObject> cards)
    {
        _tables["fact_card"] = (
            ["card_id", "planned_minutes", "activity_count", "start_date", "end_date", "completed_date"],
            Lines(
                cards.Select(c =>
                    new[]
                    {
                        c["id"]!.ToString(),
                        Activities(c).Sum(a => (long)a["time"]!).ToString(CultureInfo.InvariantCulture),
                        Activities(c).Count().ToString(CultureInfo.InvariantCulture),
                        c["start_date"]?.ToString(),
                        c["end_date"]?.ToString(),
                        Day(c["completed_at"]),
                    }
                )
            )
        );
        _tables["fact_card_activity"] = (
            ["card_key", "activity_key", "planned_minutes", "remaining_minutes"],
            Lines(
                cards.SelectMany(c =>
                    Activities(c)
                        .Select(a =>
                            new[]
                            {
                                Key("card", c["id"]),
                                Key("activity", a["id"]),
                                a["time"]?.ToString(),
                                a["time_remaining"]?.ToString(),
                            }
                        )
                )
            )
        );
    }

    private void AddCustomFields()
    {
        _tables["dim_custom_field"] = (
            ["custom_field_id", "board_key", "name", "field_type", "scope"],
            Lines(
                from board in _vplan.Records("board")
                from field in board["custom_fields"]!.AsArray()
                select new[]
                {
                    field["id"]!.ToString(),
                    Key("board", board["id"]),
                    field["name"]!.ToString(),
                    field["type"]!.ToString(),
                    field["scope"]!.ToString(),
                }
            )
        );
        _tables["fact_custom_field_value"] = (
            ["owner_type", "card_key", "collection_key", "custom_field_key", "field_name", "value_text"],
            Lines(
                from owner in (string[])["card", "collection"]
                from record in _vplan.Records(owner)
                from field in record["custom_fields"]!.AsArray()
                select new[]
                {
                    owner,
                    Key("card", owner == "card" ? record["id"] : null),
                    Key("collection", owner == "collection" ? record["id"] : null),
                    Key("custom_field", field["id"]),
                    field["name"]!.ToString(),
                    (field["value"] is JsonObject chosen ? chosen["description"] : field["value"])!.ToString(),
                }
            )
        );
    }

    private void AddLinks(string table, string entity, string relation, string target) =>
        _tables[table] = (
            [$"{entity}_key", $"{target}_key"],
            Lines(
                from record in _vplan.Records(entity)
                from id in record.Linked(relation)
                where _vplan.Find(target, id) is not null
                select new[] { Key(entity, record.Id), Key(target, id) }
            )
        );

    private void Add(string table, string[] columns, string entity, Func<SandboxRecord, string?[]> row) =>
        _tables[table] = (columns, Lines(_vplan.Records(entity).Select(row)));

    private static IReadOnlyList<string> Lines(IEnumerable<string?[]> rows) =>
        [.. rows.Select(r => string.Join(" | ", r.Select(v => v ?? "NULL"))).Order(StringComparer.Ordinal)];

    private static IEnumerable<JsonNode> Activities(JsonObject card) => card["activities"]!.AsArray().Select(a => a!);

    private static string Key(SandboxRecord record, string target) => Key(target, record.Text($"{target}_id"));

    private static string Key(string entity, JsonNode? id) =>
        (id is null ? SurrogateKey.Unknown : SurrogateKey.Of(entity, id.ToString())).ToString(
            CultureInfo.InvariantCulture
        );

    private static string? Hours(SandboxRecord record, string property) =>
        record.Text(property) is { } text
            ? decimal.Parse(text, CultureInfo.InvariantCulture).ToString("0.0000", CultureInfo.InvariantCulture)
            : null;

    private static string? Moment(SandboxRecord record, string property) =>
        record.Text(property) is { } text
            ? Utc(text).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
            : null;

    private static string? Day(SandboxRecord record, string property) => Day(record[property]);

    private static string? Day(JsonNode? moment) =>
        moment is null
            ? null
            : TimeZoneInfo
                .ConvertTimeFromUtc(Utc(moment.ToString()), Amsterdam)
                .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTime Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).UtcDateTime;
}
