namespace VPlanExport.Sandbox;

/// <summary>What the makers share: the world to fill, the numbers, the days, and one source of chance and one of
/// ids.</summary>
internal sealed class Workshop(SandboxWorld world, SandboxOptions options)
{
    public Sizes Sizes { get; } = Sizes.Of(options.Size);

    public Timeline Time { get; } = new(options);

    /// <summary>Whether some texts are to be hard on those who read them.</summary>
    public bool HasOddTexts { get; } = options.HasOddTexts;

    public Random Random { get; } = new(options.Seed);

    public IdSource Ids { get; } = new((ulong)options.Seed);

    public SandboxRecord New(EntitySchema schema, long created) => New(schema, created, created);

    public SandboxRecord New(EntitySchema schema, long created, long updated) =>
        schema.New(Ids.Next(), Time.Past(created), Time.Past(Math.Max(created, updated)));

    public SandboxRecord Add(SandboxRecord record)
    {
        world.Table(record.Schema.Name).Add(record);
        return record;
    }

    public IReadOnlyList<SandboxRecord> All(EntitySchema schema) => world.Table(schema.Name).Rows;

    public IReadOnlyList<SandboxRecord> Children(EntitySchema schema, string key, string parent) =>
        world.Table(schema.Name).Children(key, parent);

    public SandboxRecord Find(EntitySchema schema, string id) => world.Table(schema.Name).Find(id)!;

    public T Pick<T>(IReadOnlyList<T> list) => list[Random.Next(list.Count)];

    public bool Chance(int percent) => Random.Next(100) < percent;

    /// <summary>A second of an ordinary office morning or afternoon on a day.</summary>
    public long OfficeHour(DateOnly day) => DutchTime.ToUtc(day, Random.Next(8 * 60, 17 * 60)) + Random.Next(60);
}
