using System.Globalization;
using System.IO.Compression;
using System.Text.Json;

namespace VPlanExport.Benchmarks;

/// <summary>
/// Made-up pages of time-tracking records as vPlan sends them: 40 users, 30 activities, 80,000 cards of which some thousand are worked on
/// at a time, a note on three of ten, two years in order of <c>created_at</c>.
/// </summary>
internal static class LandedTimeEntries
{
    public const int PageRows = 1000;
    private const int Cards = 80_000;
    private const int CardsAtATime = 3_000;
    private static readonly DateTime s_first = new(2024, 1, 1, 6, 0, 0, DateTimeKind.Utc);
    private static readonly TimeSpan s_span = TimeSpan.FromDays(730);
    private static readonly string[] s_notes =
    [
        "Waiting for material",
        "Rework after inspection",
        "Machine 4 was down, \"again\"",
        "Samen met Jörg",
        "2e keer gelakt; zie tekening",
        "Klaar",
    ];

    /// <summary>Writes <c>page-000001.json.gz</c> and so on, unless they are there; gives the number of bytes of JSON.</summary>
    public static long Make(string folder, int rows)
    {
        var done = Path.Combine(folder, "bytes");
        if (File.Exists(done))
            return long.Parse(File.ReadAllText(done), CultureInfo.InvariantCulture);
        Directory.CreateDirectory(folder);
        var random = new Random(1);
        var (users, activities, cards) = (Ids(random, 40), Ids(random, 30), Ids(random, Cards));
        var bytes = 0L;
        for (var page = 0; page < rows / PageRows; page++)
        {
            using var file = new GZipStream(
                File.Create(Path.Combine(folder, $"page-{page + 1:000000}.json.gz")),
                CompressionLevel.Fastest
            );
            using var json = new Utf8JsonWriter(file);
            json.WriteStartObject();
            json.WriteNumber("count", rows);
            json.WriteNumber("limit", PageRows);
            json.WriteNumber("offset", 0);
            json.WriteStartArray("data");
            for (var row = page * PageRows; row < (page + 1) * PageRows; row++)
                Write(json, random, (double)row / rows, users, activities, cards);
            json.WriteEndArray();
            json.WriteEndObject();
            json.Flush();
            bytes += json.BytesCommitted;
        }
        File.WriteAllText(done, bytes.ToString(CultureInfo.InvariantCulture));
        return bytes;
    }

    private static string[] Ids(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => Id(random))];

    private static string Id(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }

    private static void Write(
        Utf8JsonWriter json,
        Random random,
        double progress,
        string[] users,
        string[] activities,
        string[] cards
    )
    {
        var start = s_first + (s_span * progress);
        var minutes = random.Next(1, 480);
        var card = (int)(progress * (Cards - CardsAtATime)) + random.Next(CardsAtATime);
        json.WriteStartObject();
        json.WriteString("id", Id(random));
        json.WriteString("card_id", cards[card]);
        json.WriteString("activity_id", activities[random.Next(activities.Length)]);
        json.WriteString("user_id", users[random.Next(users.Length)]);
        Time(json, "start", start);
        Time(json, "end", start.AddMinutes(minutes));
        json.WriteNumber("duration", minutes);
        json.WriteString(
            "status",
            random.Next(10) switch
            {
                0 => "draft",
                1 => "pending",
                2 => "rejected",
                _ => "approved",
            }
        );
        json.WriteBoolean("locked", random.Next(2) == 0);
        json.WriteString(
            "note",
            random.Next(10) < 3 ? $"{s_notes[random.Next(s_notes.Length)]} ({random.Next(10_000)})" : ""
        );
        json.WriteNull("synchronized_at");
        json.WriteNull("external_ref");
        json.WriteNull("external_note");
        json.WriteBoolean("external_failed", false);
        Time(json, "created_at", start);
        Time(json, "updated_at", start.AddMinutes(minutes + random.Next(10_000)));
        json.WriteBoolean("running", false);
        json.WriteEndObject();
    }

    private static void Time(Utf8JsonWriter json, string property, DateTime time) =>
        json.WriteString(property, time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
}
