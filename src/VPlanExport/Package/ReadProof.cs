using System.Text.Json.Serialization;

namespace VPlanExport.Package;

/// <summary>The proof of an entity's last read, which <c>lake.json</c> keeps for readers of the lake. Times are
/// UTC.</summary>
/// <param name="Watermark">Up to when vPlan was read; null where no read has moved it.</param>
/// <param name="Expected">vPlan's own count.</param>
/// <param name="Seen">Distinct ids read.</param>
/// <param name="Landed">Records on the pages: accepted, rejected and repeated ones.</param>
/// <param name="Minutes">Of the accepted records.</param>
/// <param name="Hours">Of the accepted records.</param>
/// <param name="UnavailableReason">Why vPlan did not give the entity; null when it did.</param>
internal sealed record ReadProof(
    [property: JsonPropertyName("watermark")] DateTime? Watermark,
    [property: JsonPropertyName("expected")] long? Expected,
    [property: JsonPropertyName("seen")] long Seen,
    [property: JsonPropertyName("landed")] long? Landed,
    [property: JsonPropertyName("accepted")] long? Accepted,
    [property: JsonPropertyName("rejected")] long? Rejected,
    [property: JsonPropertyName("repeated")] long? Repeated,
    [property: JsonPropertyName("minutes")] long? Minutes,
    [property: JsonPropertyName("hours")] decimal? Hours,
    [property: JsonPropertyName("unavailable_reason")] string? UnavailableReason
)
{
    /// <summary>The proofs by entity once a run has been added to those of the runs before it.</summary>
    public static IReadOnlyDictionary<string, ReadProof> After(
        IReadOnlyDictionary<string, ReadProof>? earlier,
        RunReport run
    )
    {
        var proofs = new SortedDictionary<string, ReadProof>(
            (earlier ?? new Dictionary<string, ReadProof>()).ToDictionary(StringComparer.Ordinal),
            StringComparer.Ordinal
        );
        foreach (var read in run.Certificates)
            proofs[read.Entity] = new ReadProof(
                read.Watermark ?? proofs.GetValueOrDefault(read.Entity)?.Watermark,
                read.Expected,
                read.Seen,
                read.Stations?.Landed,
                read.Stations?.Accepted.Rows,
                read.Stations?.Rejected,
                read.Stations?.Repeated,
                read.Stations?.Accepted.Minutes,
                read.Stations?.Accepted.Hours,
                read.UnavailableReason
            );
        return proofs;
    }
}
