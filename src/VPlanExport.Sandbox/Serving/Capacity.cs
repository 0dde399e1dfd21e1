using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace VPlanExport.Sandbox;

/// <summary>
/// `GET /board/{id}/capacity/...`: available and off minutes per bucket, as `{data:[...]}` without paging
/// (A:`capacity-stage-3589178e0`). A bucket is labelled with its first day, and resource types are listed per stage:
/// both undocumented.
/// </summary>
internal sealed class Capacity(SandboxWorld world, SandboxRecord board)
{
    private const int LongestRange = 800;
    private readonly Dictionary<string, Dictionary<long, SandboxRecord>> daysByResource = [];

    public ApiResponse Write(string kind, IQueryCollection query)
    {
        var (from, to) = (Day(query, "date_range_start"), Day(query, "date_range_end"));
        if (to.DayNumber - from.DayNumber > LongestRange)
            throw ApiException.BadRequest("Date range too long");
        var frame = ListQuery.Text(query, "time_frame") ?? "day";
        var owners = Owners(kind, ListQuery.Text(query, "stage_id"));
        var buckets = Enumerable
            .Range(from.DayNumber, Math.Max(0, to.DayNumber - from.DayNumber + 1))
            .Select(DateOnly.FromDayNumber)
            .GroupBy(day => Bucket(day, frame))
            .Select(group => (group.Key, First: group.First(), Last: group.Last()))
            .ToList();
        return ApiResponse.Ok(json => WriteBuckets(json, kind, owners, buckets));
    }

    public static DateOnly Day(IQueryCollection query, string name) =>
        DateOnly.TryParseExact(
            ListQuery.Text(query, name),
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? day
            : throw ApiException.BadRequest($"Invalid {name}", "a date YYYY-MM-DD is needed");

    public static DateOnly Bucket(DateOnly day, string frame) =>
        frame switch
        {
            "day" => day,
            "week" => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
            "month" => new DateOnly(day.Year, day.Month, 1),
            "quarter" => new DateOnly(day.Year, (day.Month - 1) / 3 * 3 + 1, 1),
            "year" => new DateOnly(day.Year, 1, 1),
            _ => throw ApiException.BadRequest($"Invalid time_frame: {frame}"),
        };

    private List<Owner> Owners(string kind, string? stage) =>
        kind switch
        {
            "stage" => [.. StagesOf(stage).Select(record => new Owner(record.Id, null, ResourcesOf(record)))],
            "resource" => [.. Active().Select(record => new Owner(record.Id, null, [record]))],
            "group" =>
            [
                .. world
                    .Table("group")
                    .Rows.Select(record => new Owner(
                        record.Id,
                        null,
                        [.. Active().Where(r => record.Linked("resources").Contains(r.Id))]
                    )),
            ],
            "resource_type/stage" =>
            [
                .. from record in StagesOf(stage)
                from type in ResourcesOf(record).GroupBy(r => r[Resources.Type].Text)
                select new Owner(record.Id, type.Key, [.. type]),
            ],
            _ => throw ApiException.NotFound($"capacity/{kind}"),
        };

    private IEnumerable<SandboxRecord> StagesOf(string? only) =>
        world.Table("stage").Children("board_id", board.Id).Where(stage => only is null || stage.Id == only);

    private IEnumerable<SandboxRecord> Active() =>
        world.Table("resource").Rows.Where(resource => resource[Resources.Schema.ArchivedAt!].IsNull);

    /// <summary>Resources that know one of the stage's activities.</summary>
    private List<SandboxRecord> ResourcesOf(SandboxRecord stage)
    {
        var activities = stage.Linked("activities");
        return [.. Active().Where(resource => resource.Linked("activities").Intersect(activities).Any())];
    }

    private void WriteBuckets(
        Utf8JsonWriter json,
        string kind,
        List<Owner> owners,
        List<(DateOnly Date, DateOnly First, DateOnly Last)> buckets
    )
    {
        json.WriteStartObject();
        json.WriteStartArray("data");
        foreach (var (date, first, last) in buckets)
        {
            json.WriteStartObject();
            json.WriteString("date", date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            json.WriteStartArray(kind.Split('/')[^1]);
            foreach (var owner in owners)
                WriteOwner(json, kind, owner, Minutes(owner, first, last));
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteOwner(Utf8JsonWriter json, string kind, Owner owner, (long Available, long Off) minutes)
    {
        json.WriteStartObject();
        json.WriteString("id", owner.Id);
        if (owner.ResourceType is not null)
            json.WriteString("resource_type", owner.ResourceType);
        json.WriteNumber("time_available", minutes.Available);
        if (kind is "resource" or "group")
            json.WriteNumber("time_off", minutes.Off);
        json.WriteEndObject();
    }

    private (long Available, long Off) Minutes(Owner owner, DateOnly first, DateOnly last)
    {
        var (available, off) = (0L, 0L);
        foreach (var member in owner.Members)
        {
            var days = DaysOf(member.Id);
            for (var day = first.DayNumber; day <= last.DayNumber; day++)
            {
                if (!days.TryGetValue(day, out var row))
                    continue;
                available += row[Schedules.HoursAvailable].Number * 60 / 1000;
                off += (row[Schedules.HoursLeave].Number + row[Schedules.HoursAbsence].Number) * 60 / 1000;
            }
        }
        return (available, off);
    }

    private Dictionary<long, SandboxRecord> DaysOf(string resource)
    {
        if (daysByResource.TryGetValue(resource, out var known))
            return known;
        var days = new Dictionary<long, SandboxRecord>();
        foreach (var row in world.Table("schedule").Children("resource_id", resource))
            days[row[Schedules.Date].Number] = row;
        return daysByResource[resource] = days;
    }

    private sealed record Owner(string Id, string? ResourceType, IReadOnlyList<SandboxRecord> Members);
}
