namespace VPlanExport.Sandbox;

/// <summary>A many-to-many link from a record to <paramref name="TargetId"/>; minutes are set on planned activities
/// only.</summary>
/// <param name="Relation">Name of the relation as `with` knows it.</param>
/// <param name="TargetId">Id of the linked record.</param>
/// <param name="Time">Planned minutes, or -1 when the link carries none.</param>
/// <param name="Remaining">Minutes left.</param>
/// <param name="Original">Minutes first planned.</param>
/// <param name="Position">Order among its siblings.</param>
internal sealed record Link(
    string Relation,
    string TargetId,
    int Time = -1,
    int Remaining = 0,
    int Original = 0,
    int Position = 0
);
