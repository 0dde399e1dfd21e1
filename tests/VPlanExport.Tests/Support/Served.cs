using System.Globalization;
using System.Text.Json.Nodes;
using VPlanExport.Model;
using VPlanExport.Sandbox;

namespace VPlanExport.Tests.Support;

/// <summary>What vPlan answers to a plain client that asks for everything, and the rows it should have become.</summary>
internal sealed class Served
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam");
    private readonly Dictionary<string, List<JsonObject>> _records = [];

    public static async Task<Served> AskAsync(SandboxServer vplan)
    {
        (vplan.Faults, vplan.Edits) = (FaultSchedule.None, EditSchedule.None);
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("X-Api-Key", House.SecretKey);
        http.DefaultRequestHeaders.Add("X-Api-Env", "sandbox");
        var served = new Served();
        foreach (var (entity, query) in new[] { ("board", "&archived=true"), ("stage", ""), ("activity", "&archived=true"), ("resource", "&archived=true"), ("user", "&archived=true"), ("collection", "&with=labels"), ("card", "&with=activities,resources,labels"), ("time_tracking", "") })
        {
            var page = JsonNode.Parse(await http.GetStringAsync($"{vplan.BaseUrl}/{entity}?limit=1000{query}"))!;
            served._records[entity] = [.. page["data"]!.AsArray().Select(r => r!.AsObject())];
            ((int)page["count"]!).Should().Be(served._records[entity].Count, "a test's vPlan fits on a page");
        }
        return served;
    }

    public List<JsonObject> this[string entity] => _records[entity];

    /// <summary>What is compared, how the warehouse is asked for it, and the rows expected. Only live rows count.</summary>
    public IEnumerable<(string What, string Sql, List<string> Expected)> Facts()
    {
        foreach (var entity in new[] { "board", "stage", "activity", "resource", "user", "collection" })
            yield return ($"ids of {entity}", $"SELECT {entity}_id FROM dw.dim_{entity} WHERE NOT is_deleted AND NOT is_inferred AND {entity}_key <> -1", [.. this[entity].Select(r => (string)r["id"]!)]);
        yield return ("archived resources", "SELECT resource_id FROM dw.dim_resource WHERE archived_at IS NOT NULL AND NOT is_deleted", [.. this["resource"].Where(r => r["archived_at"] is not null).Select(r => (string)r["id"]!)]);
        yield return ("collections", "SELECT concat_ws('|', collection_id, name, coalesce(due_date::VARCHAR, '')) FROM dw.dim_collection WHERE NOT is_deleted AND NOT is_inferred AND collection_key <> -1",
            Rows("collection", r => [r["id"], r["name"], r["due_date"]]));
        yield return ("cards", "SELECT concat_ws('|', card_id, name, coalesce(description, ''), coalesce(start_date::VARCHAR, ''), coalesce(end_date::VARCHAR, ''), stage_key, status_key) FROM dw.dim_card WHERE NOT is_deleted AND NOT is_inferred AND card_key <> -1",
            Rows("card", r => [r["id"], r["name"], r["description"], r["start_date"], r["end_date"], Key("stage", r["stage_id"]), Key("status", r["status_id"])]));
        yield return ("planned minutes of cards", "SELECT concat_ws('|', card_id, planned_minutes, activity_count, resource_count) FROM dw.fact_card WHERE NOT is_deleted",
            Rows("card", r => [r["id"], Links(r, "activities").Sum(a => (int)(a["time"] ?? a["pivot"]!["time"])!), Links(r, "activities").Count(), Links(r, "resources").Count()]));
        yield return ("activities of cards", "SELECT concat_ws('|', card_key, activity_key, planned_minutes) FROM dw.fact_card_activity WHERE NOT is_deleted",
            LinkRows("card", "activities", "activity", a => "|" + (a["time"] ?? a["pivot"]!["time"])));
        yield return ("resources of cards", "SELECT concat_ws('|', card_key, resource_key) FROM dw.bridge_card_resource WHERE NOT is_deleted", LinkRows("card", "resources", "resource", _ => ""));
        yield return ("labels of cards", "SELECT concat_ws('|', card_key, label_key) FROM dw.bridge_card_label WHERE NOT is_deleted", LinkRows("card", "labels", "label", _ => ""));
        yield return ("labels of collections", "SELECT concat_ws('|', collection_key, label_key) FROM dw.bridge_collection_label WHERE NOT is_deleted", LinkRows("collection", "labels", "label", _ => ""));
        yield return ("time entries", "SELECT concat_ws('|', time_entry_id, minutes, card_key, activity_key, user_key, work_date::VARCHAR, status, coalesce(note, '')) FROM dw.fact_time_entry WHERE NOT is_deleted",
            Rows("time_tracking", r => [r["id"], r["duration"], Key("card", r["card_id"]), Key("activity", r["activity_id"]), Key("user", r["user_id"]), Day(r["start"]), r["status"], r["note"]]));
    }

    private List<string> Rows(string entity, Func<JsonObject, object?[]> fields) => [.. this[entity].Select(r => string.Join('|', fields(r)))];

    private List<string> LinkRows(string entity, string relation, string target, Func<JsonObject, string> more) =>
        [.. this[entity].SelectMany(r => Links(r, relation).Select(l => $"{Key(entity, r["id"])}|{Key(target, l["id"])}{more(l)}"))];

    private static IEnumerable<JsonObject> Links(JsonObject record, string relation) => record[relation]!.AsArray().Select(l => l!.AsObject());

    private static long Key(string entity, JsonNode? id) => id is null ? Keys.Unknown : Keys.Of(entity, (string)id!);

    private static string Day(JsonNode? moment) =>
        TimeZoneInfo.ConvertTime(DateTimeOffset.Parse((string)moment!, CultureInfo.InvariantCulture), Zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
