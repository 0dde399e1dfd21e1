using System.Text.Json.Nodes;

namespace VPlanExport.Sandbox;

/// <summary>
/// The data the sandbox serves. Thread-safe: every member takes the one lock. Entities are named as in the API's paths
/// (`card`, `time_tracking`, `order_row`, ...); properties as in the API's JSON.
/// </summary>
public sealed class SandboxWorld
{
    private readonly Dictionary<string, Table> tables = [];
    private readonly IdSource newIds;
    private readonly bool laidOut;

    private SandboxWorld(SandboxOptions options)
    {
        Options = options;
        newIds = new IdSource((ulong)options.Seed ^ 0xA11CE5ul);
        foreach (var schema in Schemas.All)
            tables[schema.Name] = new Table(schema);
        new WorldMaker(this, options).Make();
        laidOut = true;
    }

    /// <summary>Names of all entities.</summary>
    public IReadOnlyCollection<string> Entities => tables.Keys;

    internal SandboxOptions Options { get; }

    internal string NextId() => newIds.Next();

    internal Lock Gate { get; } = new();

    /// <summary>Lays out the data for these options, without a server.</summary>
    public static SandboxWorld Create(SandboxOptions options) => new(options);

    /// <summary>Number of records, archived ones included.</summary>
    public int Count(string entity)
    {
        lock (Gate)
            return Table(entity).Count;
    }

    /// <summary>All records as they are now, in order of arrival, archived ones included.</summary>
    public IReadOnlyList<SandboxRecord> Records(string entity)
    {
        lock (Gate)
            return [.. Table(entity).Rows];
    }

    /// <summary>One record as it is now, or null.</summary>
    public SandboxRecord? Find(string entity, string id)
    {
        lock (Gate)
            return Table(entity).Find(id);
    }

    /// <summary>
    /// Adds a record and gives its id. `id`, `created_at` and `updated_at` are made unless given. A value of another
    /// type than the API's, and a property the API does not know, are served as they are.
    /// </summary>
    public string Add(string entity, JsonObject properties)
    {
        lock (Gate)
        {
            var id = properties["id"]?.ToString() ?? newIds.Next();
            var record = Table(entity).Schema.New(id, Now(), Now());
            foreach (var (name, value) in properties)
                if (name != "id")
                    CellParser.Put(record, name, value);
            Insert(record);
            return id;
        }
    }

    /// <summary>Changes properties of a record; `updated_at` becomes the clock's time unless given.</summary>
    public void Edit(string entity, string id, JsonObject properties) =>
        Change(
            entity,
            id,
            properties.ContainsKey("updated_at") ? null : Now(),
            record =>
            {
                foreach (var (name, value) in properties)
                    CellParser.Put(record, name, value);
            }
        );

    /// <summary>Leaves a property out of a record's JSON, without moving `updated_at`; filters still see the stored
    /// value.</summary>
    public void RemoveProperty(string entity, string id, string property) =>
        Change(entity, id, null, record => record.Override(property, null));

    /// <summary>Removes a record; it just vanishes from lists (README section 8).</summary>
    public void Delete(string entity, string id)
    {
        lock (Gate)
        {
            var record = Existing(entity, id);
            Table(entity).Remove(record);
            TouchParent(record);
        }
    }

    /// <summary>Plans an activity on a card or collection, or changes its minutes.</summary>
    public void LinkActivity(string entity, string id, string activityId, int time, int? remaining = null) =>
        SetLink(entity, id, new Link("activities", activityId, time, remaining ?? time, time));

    /// <summary>Links a record many-to-many, for example a card by `resources` or `labels`, a collection by
    /// `followers`.</summary>
    public void Link(string entity, string id, string relation, string targetId) =>
        SetLink(entity, id, new Link(relation, targetId));

    /// <summary>Takes a link away.</summary>
    public void Unlink(string entity, string id, string relation, string targetId) =>
        Change(entity, id, ChildStamp(), record => record.Links = Without(record, relation, targetId));

    /// <summary>All records as JSON, for <see cref="Restore"/>.</summary>
    public JsonObject Save()
    {
        lock (Gate)
            return new JsonObject(
                tables.Select(table =>
                    KeyValuePair.Create<string, JsonNode?>(
                        table.Key,
                        new JsonArray([.. table.Value.Rows.Select(KeptRecords.Save)])
                    )
                )
            );
    }

    /// <summary>Puts the records that <see cref="Save"/> gave in the place of all others.</summary>
    public void Restore(JsonObject kept)
    {
        lock (Gate)
            foreach (var schema in Schemas.All)
            {
                tables[schema.Name] = new Table(schema);
                foreach (var record in kept[schema.Name]?.AsArray() ?? [])
                    tables[schema.Name].Add(KeptRecords.Read(schema, record!));
            }
    }

    /// <summary>
    /// Makes lifelike edits: cards move, time entries are approved, added and now and then deleted, collections get
    /// another due date, cards are added and deleted. The same random source makes the same edits.
    /// </summary>
    public void ChangeSome(int count, Random random)
    {
        lock (Gate)
        {
            var edits = new LifelikeEdits(this, random);
            for (var i = 0; i < count; i++)
                edits.MakeOne();
        }
    }

    internal Table Table(string entity) =>
        tables.TryGetValue(entity, out var table)
            ? table
            : throw new ArgumentException($"No such entity: {entity}", nameof(entity));

    internal long Now() => Options.Clock.GetUtcNow().ToUnixTimeSeconds();

    internal void Insert(SandboxRecord record)
    {
        Table(record.Schema.Name).Add(record);
        TouchParent(record);
    }

    internal void Change(string entity, string id, long? stamp, Action<SandboxRecord> change)
    {
        lock (Gate)
        {
            var old = Existing(entity, id);
            var record = old.Copy();
            if (stamp is { } seconds)
                record.Updated = seconds;
            change(record);
            Table(entity).Replace(old, record);
            if (stamp is not null)
                TouchParent(record);
        }
    }

    private void SetLink(string entity, string id, Link link) =>
        Change(
            entity,
            id,
            ChildStamp(),
            record =>
                record.Links = [
                    .. Without(record, link.Relation, link.TargetId),
                    link with
                    {
                        Position = record.Links.Count(other => other.Relation == link.Relation),
                    },
                ]
        );

    private long? ChildStamp() => Options.ChildChangesMoveParent ? Now() : null;

    private void TouchParent(SandboxRecord record)
    {
        if (!Options.ChildChangesMoveParent || !laidOut || record.Schema.TouchedParent is not { } key)
            return;
        if (record[key].Text is { } parent && Table(record.Schema.TouchedEntity!).Find(parent) is not null)
            Change(record.Schema.TouchedEntity!, parent, Now(), _ => { });
    }

    private SandboxRecord Existing(string entity, string id) =>
        Table(entity).Find(id) ?? throw new KeyNotFoundException($"No {entity} with id {id}");

    private static List<Link> Without(SandboxRecord record, string relation, string targetId) =>
        [.. record.Links.Where(link => link.Relation != relation || link.TargetId != targetId)];
}
