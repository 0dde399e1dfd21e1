using System.Text.Json;

namespace VPlanExport.Sandbox;

/// <summary>What `include=` adds to a card; its shape is not documented (A:`retrieve-single-card-3589220e0`), the names
/// follow the parameter.</summary>
internal static class Inclusions
{
    public static void Write(Utf8JsonWriter json, SandboxWorld world, SandboxRecord card, string name)
    {
        if (name == "time_tracking_total")
        {
            json.WriteNumber(
                name,
                world
                    .Table("time_tracking")
                    .Children("card_id", card.Id)
                    .Sum(entry => entry[TimeEntries.Duration].Number)
            );
            return;
        }
        json.WriteStartObject(name);
        foreach (var type in Planned(world, card).GroupBy(plan => plan.Type))
            json.WriteNumber(type.Key, name == "resource_type_time" ? type.Sum(plan => plan.Time) : type.Count());
        json.WriteEndObject();
    }

    private static IEnumerable<(string Type, int Time)> Planned(SandboxWorld world, SandboxRecord card) =>
        from link in card.Links
        where link.Relation == "activities"
        let activity = world.Table("activity").Find(link.TargetId)
        where activity is not null
        select (activity[Activities.ResourceType].Text ?? "", link.Time);
}
