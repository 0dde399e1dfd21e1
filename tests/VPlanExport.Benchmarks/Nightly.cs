using System.Text.Json.Nodes;
using VPlanExport.Commands.Output;
using VPlanExport.Entities;
using VPlanExport.Model;
using VPlanExport.Sandbox;

namespace VPlanExport.Benchmarks;

/// <summary>A warehouse of a million time entries and 100,000 cards; one percent has changed over a day since the full run.</summary>
internal static class Nightly
{
    private const int Entries = 1_000_000;
    private const int Cards = 100_000;

    /// <summary>A condition on an id takes 60 characters, as sent, of the 2,000 that a filter may have (gaps P22).</summary>
    private const int IdsInAFilter = 33;

    private static readonly TimeSpan s_latency = TimeSpan.FromMilliseconds(100);

    public static async Task<int> RunAsync()
    {
        var clock = new ShiftedClock();
        var options = new SandboxOptions
        {
            Size = SandboxSize.Medium,
            Clock = clock,
            Latency = s_latency,
        };
        await using var server = await SandboxServer.StartAsync(options, CancellationToken.None);
        Grow(server.World, "card", Cards);
        Grow(server.World, "time_tracking", Entries);
        using var scratch = new Scratch();
        Console.WriteLine(
            $"Every answer takes {s_latency.TotalMilliseconds} ms longer than the sandbox needs. By phase: seconds (CPU seconds) and MB of peak so far."
        );
        await RunAsync("Full run", server, options, scratch.Folder, clock, []);
        var recent = Touch(server.World, clock, oneOf: 10, ofTheLast: 10);
        await RunAsync(
            "Nightly run, changes in the last tenth of the history",
            server,
            options,
            scratch.Folder,
            clock,
            recent
        );
        var everywhere = Touch(server.World, clock, oneOf: 100, ofTheLast: 1);
        await RunAsync("Nightly run, changes all over the history", server, options, scratch.Folder, clock, everywhere);
        return 0;
    }

    /// <summary>Adds copies of the records there are, a little older, until there are enough.</summary>
    private static void Grow(SandboxWorld world, string entity, int count)
    {
        var samples = world.Records(entity).Select(r => (Json: r.ToJson(), Made: r.CreatedAt!.Value)).ToList();
        for (var i = world.Count(entity); i < count; i++)
        {
            var (json, made) = samples[i % samples.Count];
            json.Remove("id");
            json["created_at"] = Text(made.AddSeconds(-i % 7919));
            json["updated_at"] = Text(made);
            world.Add(entity, json);
        }
    }

    /// <summary>Edits one of so many records of the last part of each history, a second apart; gives their ids.</summary>
    private static Dictionary<string, IReadOnlyCollection<string>> Touch(
        SandboxWorld world,
        ShiftedClock clock,
        int oneOf,
        int ofTheLast
    )
    {
        clock.Ahead += TimeSpan.FromHours(6);
        var changed = new Dictionary<string, IReadOnlyCollection<string>>();
        foreach (var (entity, property) in new[] { ("card", "description"), ("time_tracking", "note") })
        {
            var history = world.Records(entity).OrderBy(r => r.CreatedAt).ToList();
            var some = history
                .Skip(history.Count - (history.Count / ofTheLast))
                .Where((_, i) => i % oneOf == 0)
                .ToList();
            foreach (var record in some)
            {
                clock.Ahead += TimeSpan.FromSeconds(1);
                world.Edit(entity, record.Id, new JsonObject { [property] = $"changed at {clock.GetUtcNow():O}" });
            }
            changed[entity] = [.. some.Select(r => r.Id)];
        }
        return changed;
    }

    private static async Task RunAsync(
        string what,
        SandboxServer server,
        SandboxOptions options,
        string folder,
        ShiftedClock clock,
        Dictionary<string, IReadOnlyCollection<string>> changed
    )
    {
        var before = server.Requests.Count;
        var night = await NightlyRun.MeasureAsync(folder, server, options, clock.Ahead);
        Console.WriteLine();
        Console.WriteLine(
            $"{what}: {night.Seconds:0.0} s, {night.CpuSeconds:0.0} CPU s, {night.PeakMb:0} MB; {night.PhasesText}"
        );
        var lines = RequestsOf(server, before, changed, clock);
        TextTable.Write(
            Console.Out,
            ["list", ">in vPlan", ">changed", ">read", ">requests", ">least"],
            [
                .. lines.Select(l =>
                    (string[])
                        [
                            l.Entity.Endpoint.Path,
                            l.Entity.Endpoint.Unnest is null ? $"{server.World.Count(l.Entity.Name):N0}" : "",
                            $"{changed.GetValueOrDefault(l.Entity.Name)?.Count ?? 0:N0}",
                            $"{night.Work.Rows![l.Entity.Name]:N0}",
                            $"{l.Sent}",
                            $"{l.Least}",
                        ]
                ),
                [
                    "sum, without the connection test",
                    "",
                    "",
                    "",
                    $"{lines.Sum(l => l.Sent)}",
                    $"{lines.Sum(l => l.Least)}",
                ],
            ]
        );
    }

    /// <summary>Requests sent for each entity since the first <paramref name="before"/>, and the least possible.</summary>
    public static List<(Entity Entity, int Sent, int Least)> RequestsOf(
        SandboxServer server,
        int before,
        Dictionary<string, IReadOnlyCollection<string>> changed,
        TimeProvider clock
    )
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var requests = server.Requests.Skip(before).Select(r => r.PathAndQuery.Split('?')[0]).ToList();
        return
        [
            .. Catalog.All.Select(e =>
                (e, requests.Count(path => IsOf(e.Endpoint.Path, path)), Least(e, server.World, changed, today))
            ),
        ];
    }

    private static bool IsOf(string endpoint, string path) =>
        endpoint.Split('/') is var names
        && path.Split('/') is var parts
        && parts.Length == names.Length
        && names.Zip(parts).All(pair => pair.First == "{id}" || pair.First == pair.Second);

    /// <summary>
    /// The cheaper of two ways: the pages of all rows; or those of the rows that changed or that the lookback's question is about, each row once, and the
    /// questions about rows that can only be asked for by id. At least one for each list there is: two with an archive, one for each parent where there is no
    /// other way. Only all rows when nothing is said of changes.
    /// </summary>
    private static int Least(
        Entity entity,
        SandboxWorld world,
        Dictionary<string, IReadOnlyCollection<string>> changed,
        DateOnly today
    )
    {
        if (entity.Endpoint.Per is { } per)
            return world.Count(per.Entity);
        var lists = entity.Endpoint.Archived == ArchivedRows.None ? 1 : 2;
        var whole = Math.Max(lists, Questions(world.Count(entity.Name), 1000));
        if (changed.Count == 0)
            return whole;
        var (asked, byId) = LookedBackOn(entity, world, today);
        asked.UnionWith(changed.GetValueOrDefault(entity.Name) ?? []);
        return Math.Min(
            whole,
            Math.Max(lists, Questions(asked.Count, 1000)) + Questions(byId.Except(asked).Count(), IdsInAFilter)
        );
    }

    private static int Questions(int rows, int most) => (rows + most - 1) / most;

    private static (HashSet<string> Asked, List<string> ById) LookedBackOn(
        Entity entity,
        SandboxWorld world,
        DateOnly today
    )
    {
        var (asked, byId) = (new HashSet<string>(), new List<string>());
        if (entity.Endpoint.Lookback is not { } lookback)
            return (asked, byId);
        var from = Day(today.AddDays(-lookback.Days));
        foreach (var record in world.Records(entity.Name))
        {
            if (
                lookback.Dates.Any(date => string.CompareOrdinal(record.Text(date), from) >= 0)
                || (lookback.Open is { } open && open.Values.Contains(record.Text(open.Property)))
            )
                asked.Add(record.Id);
            else if (lookback.EmptyWhileOpen is { } empty && record.Text(empty) is null)
                byId.Add(record.Id);
        }
        return (asked, byId);
    }

    private static string Day(DateOnly day) =>
        day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
