using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using VPlanExport.Entities;
using VPlanExport.Model;

namespace VPlanExport.Tests.Transform;

/// <summary>Cards with random breakage, read by the page reader and by a naive model over JsonDocument.</summary>
[Trait("Tier", "unit")]
public class RandomPagesTests
{
    private static readonly Gen<JsonNode?> s_number = Gen.OneOf(
        Gen.Int[0, 500].Select(i => (JsonNode?)JsonValue.Create(i)),
        Gen.Int[0, 500].Select(i => (JsonNode?)JsonValue.Create($"{i}")),
        Gen.OneOfConst("", "NULL").Select(t => (JsonNode?)JsonValue.Create(t)),
        Gen.Const((JsonNode?)null)
    );

    private static readonly Gen<JsonNode?> s_sometimesBad = Gen.Frequency(
        (12, (IGen<JsonNode?>)s_number),
        (1, Gen.OneOfConst("x", "1e99", "2,5").Select(t => (JsonNode?)JsonValue.Create(t))),
        (1, Gen.Const(0).Select(_ => (JsonNode?)new JsonArray(1)))
    );

    private static readonly Gen<JsonNode?> s_element = Gen.Frequency(
        (1, (IGen<JsonNode?>)Gen.OneOfConst<string?>("7", "\"x\"", "[1]", "null").Select(t => JsonNode.Parse(t!))),
        (
            12,
            (IGen<JsonNode?>)
                Gen.Select(Gen.Int[0, 3], s_sometimesBad, s_sometimesBad, Gen.Bool, Gen.Bool, Gen.Int)
                    .Select(
                        (id, time, pivot, hasTime, hasPivot, order) =>
                            (JsonNode?)Object(
                                order,
                                id == 0 ? default : ("id", JsonValue.Create($"A{id}")),
                                hasTime ? ("time", time) : default,
                                hasPivot
                                    ? ("pivot", new JsonObject { ["time"] = pivot?.DeepClone(), ["card_id"] = 1 })
                                    : default
                            )
                    )
        )
    );

    private static readonly Gen<JsonNode?> s_array = Gen.Frequency(
        (
            8,
            (IGen<JsonNode?>)
                s_element.Array[0, 5].Select(e => (JsonNode?)new JsonArray([.. e.Select(n => n?.DeepClone())]))
        ),
        (1, Gen.Const((JsonNode?)null)),
        (1, Gen.Const(0).Select(_ => (JsonNode?)JsonValue.Create("none"))),
        (
            1,
            s_element
                .Array[0, 3]
                .Select(e => (JsonNode?)new JsonObject(e.Select((n, i) => KeyValuePair.Create($"{i}", n?.DeepClone()))))
        )
    );

    private static readonly Gen<string> s_card = Gen.Select(
            Gen.Int[0, 9],
            Gen.OneOfConst("a", "日本", "q\"\n"),
            s_sometimesBad,
            s_array,
            s_array,
            Gen.Int,
            Gen.Int[0, 3]
        )
        .Select(
            (id, name, position, activities, labels, order, has) =>
                Object(
                        order,
                        id == 0 ? default : ("id", JsonValue.Create($"C{id}")),
                        ("name", JsonValue.Create(name)),
                        ("position", position?.DeepClone()),
                        ("unheard_of", JsonValue.Create(1)),
                        has == 0 ? default : ("activities", activities?.DeepClone()),
                        has == 1 ? default : ("labels", labels?.DeepClone())
                    )
                    .ToJsonString()
        );

    [Fact]
    public void Random_cards_become_the_rows_a_naive_reader_makes() =>
        s_card
            .Array[0, 12]
            .Sample(
                cards =>
                {
                    var reading = ParsedRecords.Of(Cards.Entity, cards);
                    var model = cards.Select(c => new NaiveCard(JsonDocument.Parse(c).RootElement)).ToList();
                    var kept = model.Where(c => !c.IsRejected).ToList();

                    reading
                        .Rows(Cards.Dim)
                        .Select(r => (r["card_id"], r["name"], r["position"]))
                        .Should()
                        .Equal(kept.Select(c => ((object?)c.Id, (object?)c.Name, (object?)c.Position)));
                    reading
                        .Rows(Cards.Fact)
                        .Select(r => (r["planned_minutes"], r["activity_count"]))
                        .Should()
                        .Equal(kept.Select(c => ((object?)c.Planned, (object?)c.Activities?.Count)));
                    reading
                        .Rows(Cards.ActivityFact)
                        .Select(r => (r["card_key"], r["activity_key"], r["planned_minutes"]))
                        .Should()
                        .Equal(
                            kept.SelectMany(c =>
                                (c.Activities ?? []).Select(a =>
                                    (
                                        (object?)SurrogateKey.Of("card", c.Id!),
                                        (object?)SurrogateKey.Of("activity", a.Id),
                                        (object?)a.Minutes
                                    )
                                )
                            )
                        );
                    reading
                        .Rows(Cards.LabelBridge)
                        .Select(r => (r["card_key"], r["label_key"]))
                        .Should()
                        .Equal(
                            kept.SelectMany(c =>
                                (c.Labels ?? [])
                                    .Select(l => l.Id)
                                    .Distinct()
                                    .Select(l =>
                                        ((object?)SurrogateKey.Of("card", c.Id!), (object?)SurrogateKey.Of("label", l))
                                    )
                            )
                        );
                    reading
                        .Rows(Cards.ActivityFact)
                        .Select(r => r["card_activity_key"])
                        .Distinct()
                        .Should()
                        .HaveCount(
                            kept.DistinctBy(c => c.Id)
                                .Sum(c => kept.Where(k => k.Id == c.Id).SelectMany(k => k.Links()).Distinct().Count())
                        );
                    reading.Reader.Rejects.Should().HaveCount(model.Sum(c => c.IsRejected ? 1 : c.BadElements));
                    reading
                        .Reader.References.Single(r => r.Dimension == "dim_activity")
                        .Members.Values.Should()
                        .BeEquivalentTo(kept.SelectMany(c => c.Activities ?? []).Select(a => a.Id).Distinct());
                },
                iter: 500
            );

    private static JsonObject Object(int order, params (string? Name, JsonNode? Value)[] properties)
    {
        var shuffled = properties.Where(p => p.Name is not null).ToArray();
        new Random(order).Shuffle(shuffled);
        return new JsonObject(shuffled.Select(p => KeyValuePair.Create(p.Name!, p.Value)));
    }

    /// <summary>A card read with no thought of speed.</summary>
    private sealed class NaiveCard
    {
        public NaiveCard(JsonElement card)
        {
            Id = card.TryGetProperty("id", out var id) ? id.GetString() : null;
            Name = card.GetProperty("name").GetString();
            var (position, isPositionBad) = Number(card, "position");
            Position = (int?)position;
            Activities = Elements(card, "activities", withMinutes: true, out var areActivitiesBad);
            Labels = Elements(card, "labels", withMinutes: false, out var areLabelsBad);
            IsRejected = Id is null || isPositionBad || areActivitiesBad || areLabelsBad;
        }

        public string? Id { get; }

        public string? Name { get; }

        public int? Position { get; }

        public List<(string Id, long? Minutes)>? Activities { get; }

        public List<(string Id, long? Minutes)>? Labels { get; }

        public bool IsRejected { get; }

        public int BadElements { get; private set; }

        public long? Planned => Activities?.Sum(a => a.Minutes ?? 0);

        /// <summary>The activities, numbered when they repeat.</summary>
        public IEnumerable<(string, int)> Links() =>
            (Activities ?? []).GroupBy(a => a.Id).SelectMany(g => g.Select((_, i) => (g.Key, i)));

        private List<(string, long?)>? Elements(JsonElement card, string name, bool withMinutes, out bool isBad)
        {
            isBad = false;
            if (!card.TryGetProperty(name, out var array) || array.ValueKind == JsonValueKind.Null)
                return null;
            isBad = array.ValueKind == JsonValueKind.String;
            var elements = array.ValueKind switch
            {
                JsonValueKind.Array => array.EnumerateArray().ToList(),
                JsonValueKind.Object => array.EnumerateObject().Select(p => p.Value).ToList(),
                _ => [],
            };
            var kept = new List<(string, long?)>();
            foreach (var element in elements.Where(e => e.ValueKind != JsonValueKind.Null))
            {
                var isRow = element.ValueKind == JsonValueKind.Object && element.TryGetProperty("id", out _);
                var (minutes, isBroken) = isRow && withMinutes ? Minutes(element) : (null, false);
                if (isRow && !isBroken)
                    kept.Add((element.GetProperty("id").GetString()!, minutes));
                else if (withMinutes || element.ValueKind != JsonValueKind.Object)
                    BadElements++;
            }
            return kept;
        }

        private static (long?, bool) Minutes(JsonElement element)
        {
            var (flat, isBad) = Number(element, "time");
            return flat is not null || isBad || !element.TryGetProperty("pivot", out var pivot)
                ? (flat, isBad)
                : Number(pivot, "time");
        }

        private static (long?, bool) Number(JsonElement element, string name)
        {
            if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
                return (null, false);
            if (value.ValueKind == JsonValueKind.Array)
                return (null, true);
            var text = value.ToString();
            return text is "" or "NULL" ? (null, false)
                : long.TryParse(text, out var number) ? (number, false)
                : (null, true);
        }
    }
}
