using VPlanExport.Model;

namespace VPlanExport.Entities;

/// <summary>Every entity that is exported, in the order in which rows refer to each other.</summary>
internal static class Catalog
{
    public static readonly IReadOnlyList<Entity> All =
    [
        Boards.Entity,
        Spaces.Entity,
        Stages.Entity,
        Items.Entity,
        Activities.Entity,
        Resources.Entity,
        Groups.Entity,
        Users.Entity,
        Warehouses.Entity,
        Projects.Entity,
        Relations.Entity,
        Orders.Entity,
        Collections.Entity,
        Cards.Entity,
        CardRelations.Entity,
        TimeEntries.Entity,
        Schedules.Entity,
        Absences.Entity,
        StageCapacities.Entity,
    ];

    /// <summary>Tables that every run makes of the others' rows.</summary>
    public static readonly IReadOnlyList<Table> Computed = [PlannedDays.Fact, PlanHistory.Cards, PlanHistory.Changes];

    /// <summary>Every table of the star, dim_date included; one that two entities fill stands where the first has
    /// it.</summary>
    public static readonly IReadOnlyList<Table> Tables =
    [
        Calendar.Dim,
        .. All.SelectMany(e => e.Tables).DistinctBy(t => t.Name),
        .. Computed,
    ];

    /// <summary>Another number when an entity is declared differently.</summary>
    public static long Shape => SurrogateKey.Of("catalog", string.Join(',', All.Select(e => e.SchemaHash)));

    public static Table Table(string name) => Tables.Single(t => t.Name == name);

    /// <summary>Of an entity that is served one list per parent: the column of its main table that refers to the
    /// parent.</summary>
    public static string ParentKey(Entity entity) =>
        entity.Main.Columns.Single(c => c.References == Named(entity.Endpoint.Per!.Entity).Main.Name).Name;

    /// <summary>The entity of that name; a <see cref="ConfigurationException"/> lists the names there are.</summary>
    public static Entity Named(string name) =>
        All.FirstOrDefault(e => string.Equals(e.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ConfigurationException(
            $"There is no entity '{name}'. Use one of: {string.Join(", ", All.Select(e => e.Name))}."
                + NearestName.Question(name, All.Select(e => e.Name))
        );
}
