namespace VPlanExport.Sandbox;

/// <summary>Edits made before each request is answered, so that data changes while pages are read.</summary>
public sealed class EditSchedule
{
    private readonly Action<SandboxWorld, RequestInfo> edit;
    private readonly Lock turn = new();

    private EditSchedule(Action<SandboxWorld, RequestInfo> edit) => this.edit = edit;

    /// <summary>No edits.</summary>
    public static EditSchedule None { get; } = new((_, _) => { });

    /// <summary>Calls <paramref name="edit"/> before each request, one request at a time.</summary>
    public static EditSchedule Before(Action<SandboxWorld, RequestInfo> edit) => new(edit);

    /// <summary>Edits, inserts and deletes cards, time entries and collections: <paramref name="perRequest"/> before
    /// each request.</summary>
    public static EditSchedule Random(int seed, int perRequest)
    {
        var random = new Random(seed);
        return new EditSchedule((world, _) => world.ChangeSome(perRequest, random));
    }

    internal void Apply(SandboxWorld world, RequestInfo request)
    {
        if (ReferenceEquals(this, None))
            return;
        lock (turn)
            edit(world, request);
    }
}
