using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace VPlanExport.Sandbox;

/// <summary>`GET /time_tracking/export` (J): minutes by group between two days. The shape of the reply is not
/// documented; this is ours.</summary>
internal static class TimeSummary
{
    public static ApiResponse Write(SandboxWorld world, IQueryCollection query)
    {
        var (start, end) = (Capacity.Day(query, "start"), Capacity.Day(query, "end"));
        var key = KeyOf(world, ListQuery.Text(query, "group_by") ?? "days");
        var groups = world
            .Table("time_tracking")
            .Rows.Where(entry => Day(entry) is { } day && day >= start && day <= end)
            .GroupBy(key)
            .OrderBy(group => group.Key, StringComparer.Ordinal);
        return ApiResponse.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("data");
            foreach (var group in groups)
            {
                json.WriteStartObject();
                json.WriteString("group", group.Key);
                json.WriteNumber("duration", group.Sum(entry => entry[TimeEntries.Duration].Number));
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static Func<SandboxRecord, string?> KeyOf(SandboxWorld world, string groupBy) =>
        groupBy switch
        {
            "days" => entry => Day(entry)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            "weeks" => entry =>
                Capacity.Bucket(Day(entry)!.Value, "week").ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            "activities" => entry => entry[TimeEntries.ActivityId].Text,
            "users" => entry => entry[TimeEntries.UserId].Text,
            "statuses" => entry => entry[TimeEntries.Status].Text,
            "collections" => entry => Card(world, entry)?[Cards.CollectionId].Text,
            "boards" => entry => Card(world, entry)?[Cards.BoardId].Text,
            _ => throw ApiException.BadRequest($"Invalid group_by: {groupBy}"),
        };

    private static SandboxRecord? Card(SandboxWorld world, SandboxRecord entry) =>
        entry[TimeEntries.CardId].Text is { } id ? world.Table("card").Find(id) : null;

    private static DateOnly? Day(SandboxRecord entry) =>
        entry[TimeEntries.Start] is { IsNull: false } start
            ? DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeSeconds(start.Number).UtcDateTime)
            : null;
}
