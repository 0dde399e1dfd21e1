namespace VPlanExport.Package;

/// <summary>A record in the quarantine: it, or elements of it, broke the row contract.</summary>
/// <param name="Id">What tells the record from the others, as its key is made of it; empty when it has none.</param>
/// <param name="Page">The number of the landed page.</param>
/// <param name="Rules">The version of the value contract that rejected it.</param>
/// <param name="Privacy">How personal data was treated when it was landed, as a fingerprint.</param>
/// <param name="List">Set when what was landed is a page of this array's elements rather than the record.</param>
/// <param name="Landed">The record, or the page of its elements, as landed; null when it may not be tried again: the
/// record has been read since without the array.</param>
internal sealed record QuarantinedRecord(
    string Entity,
    string Id,
    string RunId,
    int Page,
    DateTime ReadAt,
    int Rules,
    long Privacy,
    string? List,
    string? Landed,
    IReadOnlyList<QuarantinedRow> Rows
)
{
    private const string LeftOut = "(landed when Privacy:PersonalData was another)";

    /// <summary>The rules have changed since it was rejected, and it is the newest that was read of the
    /// record.</summary>
    public bool IsDueUnder(int rules) => Rules < rules && Landed is not null;

    /// <summary>What may be kept and shown of it where personal data is treated in this way: of what was landed
    /// otherwise, no values. 0 when personal data is kept.</summary>
    public QuarantinedRecord Under(long privacy) =>
        privacy == 0 || privacy == Privacy
            ? this
            : this with
            {
                Landed = null,
                Rows = [.. Rows.Select(row => row with { Value = LeftOut, Raw = LeftOut })],
            };
}

/// <summary>A row that is missing in the sinks.</summary>
/// <param name="Field">The property's path in the record, such as <c>activities[].time</c>.</param>
/// <param name="Raw">The record's or the element's JSON.</param>
internal sealed record QuarantinedRow(string Table, string Field, string Value, string Reason, string Raw);
