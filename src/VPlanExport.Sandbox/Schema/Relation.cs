namespace VPlanExport.Sandbox;

/// <summary>A related record, with the link that led to it when it is many-to-many.</summary>
internal readonly record struct Related(SandboxRecord Record, Link? Link = null);

/// <summary>What `with` can load and `has` can ask: a name, the entity at the other end, and how to get
/// there.</summary>
internal abstract record Relation(string Name, string Target)
{
    /// <summary>Written as one object or null instead of an array.</summary>
    public virtual bool IsSingle => false;

    public bool Embedded { get; init; }

    public abstract IEnumerable<Related> Of(SandboxRecord owner, SandboxWorld world);
}

/// <summary>The record a foreign key of the owner points at.</summary>
internal sealed record ToOne(string Name, string Target, string Key) : Relation(Name, Target)
{
    public override bool IsSingle => true;

    public override IEnumerable<Related> Of(SandboxRecord owner, SandboxWorld world)
    {
        owner.Schema.TryField(Key, out var key);
        if (owner[key!].Text is { } id && world.Table(Target).Find(id) is { } found)
            yield return new Related(found);
    }
}

/// <summary>The records whose foreign key points at the owner.</summary>
internal sealed record ToMany(string Name, string Target, string Key) : Relation(Name, Target)
{
    public override IEnumerable<Related> Of(SandboxRecord owner, SandboxWorld world) =>
        world.Table(Target).Children(Key, owner.Id).Select(child => new Related(child));
}

/// <summary>The one record whose foreign key points at the owner, such as the order of a collection.</summary>
internal sealed record ToOneFrom(string Name, string Target, string Key) : Relation(Name, Target)
{
    public override bool IsSingle => true;

    public override IEnumerable<Related> Of(SandboxRecord owner, SandboxWorld world) =>
        world.Table(Target).Children(Key, owner.Id).Take(1).Select(child => new Related(child));
}

/// <summary>The records the owner is linked to, many-to-many.</summary>
internal sealed record Linked(string Name, string Target) : Relation(Name, Target)
{
    public override IEnumerable<Related> Of(SandboxRecord owner, SandboxWorld world)
    {
        foreach (var link in owner.Links)
            if (link.Relation == Name && world.Table(Target).Find(link.TargetId) is { } found)
                yield return new Related(found, link);
    }
}

/// <summary>The records that are linked to the owner by their relation <paramref name="Forward"/>.</summary>
internal sealed record LinkedFrom(string Name, string Target, string Forward) : Relation(Name, Target)
{
    public override IEnumerable<Related> Of(SandboxRecord owner, SandboxWorld world) =>
        from record in world.Table(Target).Rows
        where record.Links.Any(link => link.Relation == Forward && link.TargetId == owner.Id)
        select new Related(record);
}

/// <summary>A relation the API knows and this tenant never fills, such as an order's address (no endpoint,
/// A:`344687m0`).</summary>
internal sealed record Unfilled(string Name, bool Single) : Relation(Name, "item")
{
    public override bool IsSingle => Single;

    public override IEnumerable<Related> Of(SandboxRecord owner, SandboxWorld world) => [];
}
